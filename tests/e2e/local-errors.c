/* SPDX-License-Identifier: ISC */

/*
 * Bad input and bad surroundings are answered with a sentence that names the
 * thing, and are never fatal.
 */

#include <sys/stat.h>
#include <string.h>
#include <unistd.h>

#include "e2e/lib-rmux.h"

/* The last command failed and said this. */
static bool
said(const char *what)
{
	if (mux_status() != 0 && strstr(mux_err(), what) != NULL)
		return (true);
	later("status %d", mux_status());
	later_show("stderr", mux_err());
	later_show("want", what);
	return (false);
}

static void
commands(void)
{
	bool	ours = mux_is_rmux();

	mux("splt-window");
	ok(said("unknown command: splt-window"),
	    "an unknown command is named");
	ok(!ours || said("split-window"), "and the nearest one suggested");
	mux("set-option -g stauts off");
	ok(said("stauts"), "an unknown option is named");
	ok(!ours || said("status"), "and the nearest one suggested");
	mux("set-option -g udp-port 70000-80000");
	ok(!ours || said("70000-80000"), "ports that are none are refused");
	shell("'%s' -S '%s' -p 60x new-session -d", mux_program(),
	    mux_file("s9"));
	ok(!ours || said("60x"), "also on the command line");
	mux("set-buffer $(head -c 70000 /dev/zero | tr '\\0' x)");
	ok(said("too long"), "so is a command that is too long");
	mux("new-window -Q");
	ok(said("-Q"), "an unknown flag is named");
	mux("select-pane -t main:9.9");
	ok(said("can't find"), "a target that is not there is named");
	mux("kill-session -t nobody");
	ok(said("can't find session: nobody"), "so is a session");
	mux("select-layout no-such-layout");
	ok(said("layout"), "a layout that is none");
	mux("bind-key C-nothing display-message x");
	ok(said("C-nothing"), "a key that is none");
	mux("display-message 'unclosed");
	ok(mux_status() != 0, "a string without end");
	mux("source-file %s", mux_file("nofile"));
	ok(said("nofile"), "a file that is not there is named");
	mux("load-buffer %s", mux_file("nofile"));
	ok(said("nofile"), "so is one to load");
	mux("save-buffer %s/no/where", mux_dir());
	ok(mux_status() != 0, "saving what there is not fails");
	if (mux_is_rmux() && access("/dev/full", W_OK) == 0) {
		mux("list-sessions >/dev/full");
		ok(said("No space left"), "output that cannot be written");
	}
	mux("list-sessions -F");
	ok(mux_status() != 0, "a flag without its value");
	mux("attach-session -t main </dev/null");
	ok(said("not a terminal"), "attaching without a terminal");
}

static void
files(void)
{
	mux_write_file("bad.conf", "set -g @first 1\nno-such-command\n"
	    "set -g status maybe\n\nset -g @last 1\n");
	mux("source-file %s", mux_file("bad.conf"));
	ok(said("bad.conf:2:"), "an error in a file comes with file and line");
	mux_write_file("worse.conf", "set -g @first 1\n\nset -g status "
	    "maybe\nset -g @last 1\n");
	mux("source-file %s", mux_file("worse.conf"));
	ok(said("maybe"), "a value that is none is named");
	is_str(mux("show-options -gqv @first"), "1", "what is good before it "
	    "is done");
	is_str(mux("show-options -gqv @last"), "1", "and what is good behind");
	mux_write_file("brace.conf", "bind x {\n display-message x\n");
	mux("source-file %s", mux_file("brace.conf"));
	ok(said("brace.conf:"), "a brace without end comes with the file");
	mux_write_file("loop.conf", "");
	shell("echo 'source-file %s' >%s", mux_file("loop.conf"),
	    mux_file("loop.conf"));
	mux("source-file %s", mux_file("loop.conf"));
	ok(mux_status() != 0, "a file that reads itself is stopped");
	is_str(mux("display-message -p alive"), "alive", "the server lives");
}

/* A server that starts with a bad configuration. */
static void
startup(void)
{
	struct term	*t;

	t = term_run(80, 24, NULL, "'%s' -S '%s' -f '%s' new-session",
	    mux_program(), mux_file("s2"), mux_file("bad.conf"));
	see(t, "bad.conf:2:", "errors of the configuration are shown at once");
	term_type(t, "q");
	ok(term_see(t, "$"), "q leaves them, and the session is there");
	shell("'%s' -S '%s' kill-server", mux_program(), mux_file("s2"));
	term_ended(t);
	term_free(t);
	t = term_run(80, 24, NULL, "'%s' -S '%s' -f '%s' new-session",
	    mux_program(), mux_file("s2"), mux_file("worse.conf"));
	see(t, "worse.conf:3:", "so are errors of its commands");
	term_type(t, "q");
	ok(term_see(t, "$"), "q leaves them too");
	shell("'%s' -S '%s' kill-server", mux_program(), mux_file("s2"));
	term_ended(t);
	term_free(t);
}

static void
sockets(void)
{
	char	longer[300];

	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	shell("'%s' -S '%s/%s' new-session -d", mux_program(), mux_dir(),
	    longer);
	ok(said("too long"), "a socket path that is too long is refused");
	shell("'%s' -S /nowhere/at/all/s new-session -d", mux_program());
	ok(said("/nowhere/at/all"), "a directory that is not there is named");
	shell("'%s' -S '%s' list-sessions", mux_program(), mux_file("none"));
	ok(mux_status() == 1 && (strstr(mux_err(), "no server running") !=
	    NULL || strstr(mux_err(), "error connecting") != NULL),
	    "without a server a command says so");
	mux_write_file("notsock", "text");
	shell("'%s' -S '%s' new-session -d", mux_program(),
	    mux_file("notsock"));
	ok(mux_status() != 0 || !mux_is_rmux(),
	    "a file that is no socket is not taken");
	is_str(mux_read_file("notsock"), "text", "nor touched");
	if (geteuid() == 0) {
		shell("mkdir -m 777 '%s'; TMUX_TMPDIR='%s' '%s' -L x "
		    "new-session -d", mux_file("open"), mux_file("open"),
		    mux_program());
		ok(mux_status() == 0, "the directory of sockets is ours");
		ok(strncmp(shell("stat -c %%a '%s'/*-0", mux_file("open")),
		    "700", 3) == 0, "and for us only");
		shell("TMUX_TMPDIR='%s' '%s' -L x kill-server",
		    mux_file("open"), mux_program());
		shell("chmod 777 '%s'/*-0", mux_file("open"));
		shell("TMUX_TMPDIR='%s' '%s' -L x new-session -d",
		    mux_file("open"), mux_program());
		ok(mux_status() != 0 && *mux_err() != '\0',
		    "one that others may write to is refused");
	}
}

static void
surroundings(void)
{
	static const char *const bad_term[] = { "TERM=no-such-terminal", NULL };
	static const char *const no_term[] = { "TERM", NULL };
	static const char *const dumb[] = { "TERM=dumb", NULL };
	static const char *const no_utf8[] = { "LC_ALL=C", "LANG", NULL };
	static const char *const no_locale[] = { "LC_ALL=xx_YY.UTF-8", NULL };
	struct term		*t;

	/* tmux refuses both; we say it and draw as any terminal would. */
	t = mux_client_env(80, 24, bad_term, "attach-session");
	see(t, mux_is_rmux() ? "[main]" : "no-such-terminal",
	    "an unknown TERM is no reason to give up");
	term_type(t, "\002d");
	ok(term_ended(t) && term_has(t, "no-such-terminal"),
	    "but it is named") ? (void)0 : term_dump(t);
	term_free(t);
	t = mux_client_env(80, 24, no_term, "attach-session");
	see(t, mux_is_rmux() ? "[main]" : "TERM", "nor is a missing one");
	term_type(t, "\002d");
	ok(term_ended(t) && term_has(t, "TERM"), "but it is said") ?
	    (void)0 : term_dump(t);
	term_free(t);
	t = mux_client_env(80, 24, dumb, "attach-session");
	ok(term_ended(t) && term_status(t) != 0,
	    "a terminal that cannot clear is refused") ? (void)0 :
	    term_dump(t);
	term_free(t);
	mux("send-keys \"clear; printf '\\\\303\\\\244\\\\342\\\\202\\\\254 "
	    "utf8\\\\n'\" Enter");
	t = mux_client_env(80, 24, no_utf8, "attach-session");
	see(t, "utf8", "without a UTF-8 locale the client attaches");
	ok(term_see(t, "$"), "and shows the screen");
	term_type(t, "\002d");
	ok(term_ended(t), "it detaches");
	if (mux_is_rmux())
		see(t, "locale is not UTF-8", "and it is said");
	term_free(t);
	t = mux_client_env(80, 24, no_locale, "attach-session");
	see(t, "utf8", "with a locale that is not installed it attaches too");
	term_type(t, "\002d");
	ok(term_ended(t), "it detaches");
	term_free(t);
}

static void
shells(void)
{
	struct term	*t;

	ok(mux_good("new-window -d -n gone '/no/such/program'"),
	    "a window whose program is not there");
	ok(mux_until("1", "display-message -p -t main: '#{session_windows}'"),
	    "closes again");
	mux("set-option -g default-shell /no/such/shell");
	ok(mux_status() != 0 && strstr(mux_err(), "/no/such/shell") != NULL,
	    "a shell that is not there is refused and named");
	is_str(mux("display-message -p alive"), "alive", "the server lives");

	t = term_run(80, 24, (const char *const []){ "SHELL=/no/such/shell",
	    NULL }, "'%s' -S '%s' -f /dev/null new-session", mux_program(),
	    mux_file("s3"));
	ok(term_see(t, "$") || term_see(t, "#"),
	    "with a SHELL that is not there another is taken");
	shell("'%s' -S '%s' kill-server", mux_program(), mux_file("s3"));
	ok(term_ended(t), "its server ends");
	term_free(t);
}

/* What programs print can be anything. */
static void
garbage(struct term *t)
{
	static const char *const all[] = {
		"head -c 3000000 /dev/urandom",
		"printf '\\033]0;'; head -c 3000000 /dev/zero | tr '\\0' x",
		"printf '\\033['; i=0; while [ $i -lt 20000 ]; do printf "
		    "'1;2;3;4;5;6;7;8;9;'; i=$((i+1)); done",
		"printf 'e'; i=0; while [ $i -lt 30000 ]; do printf "
		    "'\\314\\201\\314\\202\\314\\203'; i=$((i+1)); done",
		"printf '\\033P'; head -c 2000000 /dev/zero | tr '\\0' q",
		"printf '\\033[999999999;999999999H\\033[99999999999999999999b"
		    "\\033[2147483647@\\033[4294967295L\\033[-1;-1r'",
	};
	size_t	i;

	for (i = 0; i < sizeof all / sizeof all[0]; i++) {
		mux("respawn-pane -k -t main:0 %s", "sh");
		mux_write_file("garbage.sh", all[i]);
		mux("respawn-pane -k -t main:0 'sh %s; printf "
		    "\"\\\\033\\\\\\\\\\\\033c\\\\030\\\\033cnumber %zu done\"; "
		    "exec cat'", mux_file("garbage.sh"), i);
		ok(term_see(t, "number %zu done", i),
		    "garbage %zu from a program does no harm", i);
	}
	is_str(mux("display-message -p alive"), "alive", "the server lives");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = mux_new(80, 24);
	commands();
	files();
	startup();
	sockets();
	surroundings();
	shells();
	garbage(t);
	return (mux_done());
}
