/* SPDX-License-Identifier: ISC */

/*
 * Options and hooks whose effect is what happens to sessions, windows and clients: each is
 * set, what it is about is done, and what came of it is looked at.
 */

#include <sys/stat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "e2e/lib-rmux.h"

static void
windows(struct term *t)
{
	(void)t;
	mux("set-option -g renumber-windows on");
	mux("new-window -d 'exec cat'");
	mux("new-window -d 'exec cat'");
	ok(mux_until("0\n1\n2", "list-windows -F '#{window_index}'"), "three windows");
	mux("send-keys -t :1 C-d");
	ok(mux_until("0\n1", "list-windows -F '#{window_index}'"),
	    "renumber-windows: also when a program ended");
	mux("kill-window -t :1");
}

static struct term *
destroyed(struct term *t)
{
	static const struct {
		const char	*how, *kill, *want;
	} cases[] = {
		{ "next", "b", "c" }, { "next", "c", "d" }, { "previous", "d", "a" },
	};
	size_t	i;

	mux("rename-session -t main a");
	mux("new-session -d -s c \\; new-session -d -s b \\; new-session -d -s d");
	mux("switch-client -t b");
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		mux("set-option -t %s detach-on-destroy %s", cases[i].kill, cases[i].how);
		mux("kill-session -t %s", cases[i].kill);
		ok(mux_until(cases[i].want, "list-clients -F '#{client_session}'"),
		    "detach-on-destroy %s goes from %s to %s", cases[i].how, cases[i].kill,
		    cases[i].want);
	}
	mux("new-session -d -s b");
	mux("switch-client -t b");
	mux("set-option -t b detach-on-destroy no-detached");
	mux("kill-session -t b");
	ok(mux_until("a", "list-clients -F '#{client_session}'"),
	    "no-detached: a session without clients is one to go to");
	mux("rename-session -t a main");
	return (t);
}

static struct term *
unattached(struct term *t)
{
	struct term	*u;

	mux("new-session -d -t main -s other");
	mux("set-option -t other destroy-unattached keep-last");
	u = mux_client(70, 20, "attach-session -t other");
	see(u, "$", "a client of the second session of a group");
	term_type(u, "\002d");
	term_ended(u);
	term_free(u);
	ok(mux_until("main", "list-sessions -F '#{session_name}'"),
	    "destroy-unattached keep-last ends it");
	mux("new-session -d -s alone");
	mux("set-option -t alone destroy-unattached keep-last");
	u = mux_client(70, 20, "attach-session -t alone");
	see(u, "$", "a client of a session of its own");
	term_type(u, "\002d");
	term_ended(u);
	term_free(u);
	ok(mux_until("alone\nmain", "list-sessions -F '#{session_name}' | sort"),
	    "that one stays");
	mux("kill-session -t alone");
	return (t);
}

static void
prefix(struct term *t)
{
	mux("bind-key x set-option -g @x prefixed");
	mux("bind-key -n x set-option -g @x plain");
	term_type(t, "\002");
	ok(mux_until("1", "list-clients -F '#{client_prefix}'"), "the prefix was pressed");
	term_type(t, "x");
	ok(mux_until("prefixed", "show-options -gqv @x"), "it waits for a key");
	mux("set-option -s prefix-timeout 1500");
	term_type(t, "\002");
	ok(mux_until("1", "list-clients -F '#{client_prefix}'"), "the prefix again");
	ok(mux_until("0", "list-clients -F '#{client_prefix}'"), "prefix-timeout: not for ever");
	term_type(t, "x");
	ok(mux_until("plain", "show-options -gqv @x"), "the next key is as any");
	mux("unbind-key -n x");
}

static void
lock(struct term *t)
{
	(void)t;
	mux("set-option -g lock-command '(kill -PIPE $(exec sh -c \"echo \\$PPID\"); touch %s); "
	    "touch %s'", mux_file("survived"), mux_file("locked"));
	mux("set-option -g lock-after-time 1");
	ok(mux_file_wait("locked"), "lock-after-time runs lock-command");
	ok(access(mux_file("survived"), F_OK) != 0, "SIGPIPE ends what it runs");
	mux("set-option -g lock-after-time 0");
}

static void
hooks(struct term *t)
{
	char	*first, *second;

	mux("set-option -s focus-events on");
	mux("set-hook -g pane-focus-in 'set-option -gF @in \"#{hook_pane}\"'");
	mux("set-hook -g pane-focus-out 'set-option -gF @out \"#{hook_pane}\"'");
	first = strdup(mux("display-message -p '#{pane_id}'"));
	second = strdup(mux("split-window -P -F '#{pane_id}' \"stty raw -echo; "
	    "printf '\\033[?1004hraw'; exec cat -v\""));
	see(t, "raw", "a second pane");
	ok(mux_until(second, "show-options -gqv @in"), "pane-focus-in: a new pane has the focus");
	ok(mux_until(first, "show-options -gqv @out"), "pane-focus-out: the other lost it");
	mux("select-pane -t %s", first);
	ok(mux_until(first, "show-options -gqv @in"), "the first one is chosen");
	ok(term_see(t, "^[[O"), "the program in the other is told");
	mux("kill-pane -t %s", second);

	mux("set-hook -g pane-mode-entered 'set-option -g @mode entered'");
	mux("set-hook -g pane-mode-exited 'set-option -g @mode exited'");
	mux("copy-mode");
	ok(mux_until("entered", "show-options -gqv @mode"), "pane-mode-entered");
	mux("send-keys -X cancel");
	ok(mux_until("exited", "show-options -gqv @mode"), "pane-mode-exited");

	mux("set-hook -g pane-shell-prompt 'set-option -ga @shell p'");
	mux("set-hook -g pane-command-started 'set-option -ga @shell s'");
	mux("set-hook -g pane-command-finished 'set-option -ga @shell f'");
	mux("respawn-pane -k \"printf '\\033]133;A\\007\\033]133;C\\007\\033]133;D;0\\007'; "
	    "exec cat\"");
	ok(mux_until("psf", "show-options -gqv @shell"), "hooks of a shell that marks its prompt");

	mux("set-hook -g client-created 'set-option -ga @clients c'");
	mux("set-hook -g client-closed 'set-option -ga @clients d'");
	mux("display-message -p x");
	ok(mux_until_has("cd", "show-options -gqv @clients"), "client-created, client-closed");
	mux("set-hook -gu client-created");
	mux("set-hook -gu client-closed");
	free(first);
	free(second);
}

static void
end_server(struct term *t)
{
	pid_t	pid = mux_server_pid();

	mux("kill-server");
	ok(process_gone(pid), "the server ends");
	mux_forget_server();
	term_free(t);
}

/* What was typed at prompts outlives a server. */
static struct term *
history(void)
{
	struct term	*t;
	char		 conf[800];
	struct stat	 st;

	mux_write_file("prompts", "command:old\nsearch:text\n");
	snprintf(conf, sizeof conf, "set-option -g assume-paste-time 0\n"
	    "set-option -s history-file %s\n", mux_file("link"));
	mux_write_file("conf", conf);
	ok(symlink(mux_file("prompts"), mux_file("link")) == 0, "the file is behind a link");
	t = mux_new(70, 20);
	ok(mux_until_has("1: old", "show-prompt-history -T command"), "history-file is read");
	term_type(t, "\002:");
	ok(term_see_row(t, 19, ":"), "a prompt");
	term_type(t, "set-option -g @said yes\r");
	ok(mux_until("yes", "show-options -gqv @said"), "is answered");
	end_server(t);
	is_str(mux_read_file("prompts"), "command:old\ncommand:set-option -g @said yes\n"
	    "search:text\n", "history-file is written");
	ok(lstat(mux_file("link"), &st) == 0 && S_ISLNK(st.st_mode), "the link is one still");

	/* A pipe would keep the server waiting for ever; and is not written over. */
	unlink(mux_file("link"));
	ok(mkfifo(mux_file("link"), 0600) == 0, "a pipe in the place of the file");
	t = mux_new(70, 20);
	term_type(t, "\002:");
	ok(term_see_row(t, 19, ":"), "a prompt");
	term_type(t, "set-option -g @said no\r");
	ok(mux_until("no", "show-options -gqv @said"), "is answered");
	end_server(t);
	ok(lstat(mux_file("link"), &st) == 0 && S_ISFIFO(st.st_mode), "the pipe is one still");
	return (mux_new(70, 20));
}

static void
others(struct term *t)
{
	mux("new-window -d -n w1 'exec cat'");
	mux("set-option -w -t w1 automatic-rename on");
	mux("set-option -wg automatic-rename-format 'is-#{pane_current_command}'");
	ok(mux_until_has("is-cat", "list-windows -F '#{window_name}'"),
	    "automatic-rename-format counts at once");
	mux("set-option -wgu automatic-rename-format");
	mux("set-option -wg allow-passthrough on");
	mux("respawn-pane -k -t :1 \"printf '\\033Ptmux;\\033\\033]2;unseen\\007\\033\\\\\\\\done'; "
	    "exec cat\"");
	ok(mux_until_has("done", "capture-pane -p -t :1"), "a hidden pane passes something through");
	mux("set-option -wg allow-passthrough all");
	mux("respawn-pane -k -t :1 \"printf '\\033Ptmux;\\033\\033]2;passed\\007\\033\\\\\\\\done'; "
	    "exec cat\"");
	ok(term_see_raw(t, "]2;passed"), "allow-passthrough all: it reaches the terminal");
	ok(!term_wrote(t, "]2;unseen"), "on: it did not");
	mux("kill-window -t :1");
}

static void
alerts(struct term *t)
{
	mux("set-hook -g alert-bell 'set-option -gaF @bell \"#{window_name} \"'");
	mux("new-window -d -n noisy 'read x; printf \"\\007\"; exec cat'");
	mux("respawn-pane -k \"read x; printf '\\007'; exec cat\"");
	mux("rename-window here");
	mux("send-keys Enter");
	ok(mux_until("here ", "show-options -gqv @bell"),
	    "alert-bell, where someone looks (bell-action any)");
	mux("set-option -g bell-action other");
	mux("set-option -g visual-bell on");
	mux("send-keys -t noisy Enter");
	ok(mux_until("here noisy ", "show-options -gqv @bell"), "and where nobody does");
	ok(term_see(t, "Bell in window"), "visual-bell tells it");
	ok(mux_until_has("!", "list-windows -F '#{window_flags}'"), "the window is marked");
	mux("set-hook -g alert-silence 'set-option -gF @silent \"#{window_name}\"'");
	mux("set-option -w -t noisy monitor-silence 1");
	ok(mux_until("noisy", "show-options -gqv @silent"), "monitor-silence");
	mux("set-option -g activity-action current");
	mux("set-hook -g alert-activity 'set-option -gF @active \"#{window_name}\"'");
	mux("set-option -w monitor-activity on");
	mux("send-keys text");
	ok(mux_until("here", "show-options -gqv @active"), "activity-action current");
	mux("set-option -w monitor-activity off");
	mux("kill-window -t noisy");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = history();
	windows(t);
	t = destroyed(t);
	t = unattached(t);
	prefix(t);
	lock(t);
	others(t);
	alerts(t);
	hooks(t);
	mux_expect_no_server();
	mux("set-option -s exit-unattached on");
	term_type(t, "\002d");
	ok(term_ended(t), "the last client leaves");
	ok(process_gone(mux_server_pid()), "exit-unattached: so does the server");
	return (mux_done());
}
