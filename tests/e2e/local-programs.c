/* SPDX-License-Identifier: ISC */

/*
 * The programs that people live in: each is started in a pane, shows what it
 * must, takes a key or two and leaves; those not installed are skipped.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "e2e/lib-rmux.h"

#define COLS	80
#define ROWS	24

static bool
have(const char *program)
{
	shell("command -v %s", program);
	if (mux_status() == 0)
		return (true);
	skip(1, "%s is not installed", program);
	return (false);
}

/* Start in the pane, leaving the shell as it is. */
static void
start(struct term *t, const char *command)
{
	mux("respawn-pane -k -t main:");
	term_type(t, "clear; %s; echo left-$((40+2))\r", command);
}

/*
 * All of the terminal is what the server knows of the pane, row by row, and below
 * it the status line: what was drawn piece by piece must be the whole.
 */
static void
whole(struct term *t, const char *name)
{
	struct until	 u = until();
	const char	*want, *end, *row;
	size_t		 len;
	int		 y = 0;
	bool		 same;

	do {
		want = mux("capture-pane -p");
		for (y = 0, same = true; same && y < ROWS - 1; y++) {
			if ((end = strchr(want, '\n')) == NULL)
				end = want + strlen(want);
			len = (size_t)(end - want);
			row = term_row(t, y);
			same = strlen(row) == len && memcmp(row, want, len) == 0;
			want = *end == '\n' ? end + 1 : end;
		}
		same = same && strstr(term_row(t, ROWS - 1), "[main]") != NULL;
	} while (!same && until_more(&u));
	if (!ok(same, "%s: the screen is the pane and the status line", name)) {
		diag("%s", mux("capture-pane -p"));
		term_dump(t);
	}
}

static void
left(struct term *t, const char *name)
{
	ok(term_see(t, "left-42"), "%s leaves", name);
	mux_until("0", "display-message -p '#{alternate_on}'");
	is_str(mux("display-message -p '#{alternate_on}'"), "0",
	    "%s: the screen from before is back", name);
}

static void
shells(struct term *t)
{
	if (have("bash")) {
		start(t, "PS1='bash> ' bash --norc");
		/* Not the words of the command line, which are echoed before it runs. */
		ok(term_see_row(t, 0, "bash>"), "bash shows its prompt");
		term_type(t, "echo one tow\033b\033dtwo\r");
		ok(term_see_row(t, 1, "one two"), "bash edits its line");
		whole(t, "bash");
		term_type(t, "exit\r");
		left(t, "bash");
	}
	if (have("zsh")) {
		mux_write_file("home/.zshrc", "PS1='zsh> '\n");
		start(t, "zsh");
		see(t, "zsh>", "zsh shows its prompt");
		term_type(t, "echo $ZSH_VERSION | cut -c1 && print zz-$((6*7))\r");
		see(t, "zz-42", "zsh runs a command");
		whole(t, "zsh");
		term_type(t, "exit\r");
		left(t, "zsh");
	}
	if (have("fish")) {
		start(t, "fish --no-config");
		see(t, "@", "fish shows its prompt");
		term_type(t, "echo ff-(math 6 x 7)\r");
		see(t, "ff-42", "fish runs a command");
		whole(t, "fish");
		term_type(t, "exit\r");
		left(t, "fish");
	}
}

static void
editors(struct term *t)
{
	if (have("vim")) {
		start(t, "vim -u NONE -N -i NONE vim.txt");
		see(t, "~", "vim draws its empty lines");
		see(t, "\"vim.txt\" [New", "and its message");
		ok(mux_until("1", "display-message -p '#{alternate_on}'"),
		    "on the alternate screen");
		term_type(t, "ihello from vim\033");
		see(t, "hello from vim", "text is inserted");
		whole(t, "vim");
		term_type(t, "yyp:wq\r");
		left(t, "vim");
		is_str(mux_read_file("vim.txt"),
		    "hello from vim\nhello from vim\n", "the file is right");
	}
	if (have("emacs")) {
		start(t, "emacs -nw -Q emacs.txt");
		see(t, "(Text)", "emacs draws its mode line");
		term_type(t, "hello from emacs");
		see(t, "hello from emacs", "text is inserted");
		whole(t, "emacs");
		term_type(t, "\030\023");
		ok(mux_file_wait("emacs.txt"), "it is saved");
		term_type(t, "\030\003");
		left(t, "emacs");
	}
	if (have("nano")) {
		start(t, "nano -I nano.txt");
		see(t, "GNU nano", "nano draws its title");
		term_type(t, "hello from nano");
		see(t, "hello from nano", "text is inserted");
		whole(t, "nano");
		term_type(t, "\030y\r");
		left(t, "nano");
		is_str(mux_read_file("nano.txt"), "hello from nano\n",
		    "the file is right");
	}
}

static void
viewers(struct term *t)
{
	if (have("less")) {
		start(t, "seq 1 500 | less");
		ok(term_see_row(t, 21, "22"), "less shows the first page");
		term_type(t, "G");
		see(t, "500", "G goes to the end");
		see(t, "(END)", "it says so");
		term_type(t, "/^333\r");
		term_type(t, "?^333\r");
		see(t, "333", "it finds a line");
		whole(t, "less");
		term_type(t, "q");
		left(t, "less");
	}
	if (have("htop")) {
		start(t, "htop");
		see(t, "F10", "htop draws its keys");
		see(t, "Mem", "and its meters");
		whole(t, "htop");
		term_type(t, "q");
		left(t, "htop");
	}
	if (have("mc")) {
		start(t, "mc -x /");
		see(t, "10Quit", "mc draws its keys");
		see(t, "etc", "and a list of files");
		whole(t, "mc");
		term_type(t, "\033[21~");	/* F10 */
		term_quiet(t, 100);
		if (!term_has(t, "left-42") && !term_has(t, "$ "))
			term_type(t, "\r");
		ok(term_see(t, "left-42"), "mc leaves");
	}
	if (have("man") && have("groff")) {
		start(t, "man -P cat ls | head -n 5");
		see(t, "left-42", "man runs");
	}
	if (have("git")) {
		shell("cd %s && rm -rf repo && git init -q repo && cd repo && "
		    "git -c user.name=a -c user.email=a@b commit -q "
		    "--allow-empty -m 'the first one'", mux_dir());
		start(t, "(cd $TMPDIR/repo && git -c color.ui=always log)");
		see(t, "the first one", "git log shows a commit");
		term_type(t, "q");
		left(t, "git log");
	}
}

static void
nested(struct term *t)
{
	if (have("tmux")) {
		/* What we type comes faster than from a keyboard; it is no paste. */
		mux_write_file("inner.conf", "set-option -g assume-paste-time 0\n");
		start(t, "unset TMUX; tmux -S $TMPDIR/inner -f $TMPDIR/inner.conf "
		    "new-session -s inner");
		see(t, "[inner]", "tmux inside draws its status line");
		/* Its prefix is reached by ours twice. */
		term_type(t, "\002");
		term_type(t, "\002");
		term_type(t, "%%");
		see(t, "│", "tmux inside splits its window");
		whole(t, "tmux");
		shell("tmux -S %s kill-server", mux_file("inner"));
		left(t, "tmux");
	}
	start(t, "TERM=$TERM script -qc 'printf \"in script\\n\"' /dev/null");
	see(t, "left-42", "script runs");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	setenv("LESSHISTFILE", "-", 1);
	unsetenv("LESS");
	unsetenv("PAGER");
	t = mux_new(COLS, ROWS);
	shells(t);
	editors(t);
	viewers(t);
	nested(t);
	return (mux_done());
}
