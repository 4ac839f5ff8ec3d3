/* SPDX-License-Identifier: ISC */

/*
 * Windows and sessions, prefix keys, the command prompt, messages; names that
 * follow the program in front.
 */

#include "e2e/lib-rmux.h"

static bool
window_is(const char *n)
{
	return (mux_until(n, "display-message -p '#{window_index}'"));
}

static void
windows(struct term *t)
{
	term_type(t, "\002c");
	see(t, "1:sh*", "C-b c makes a window, named after its program");
	see(t, "0:first-", "the last window is marked");
	term_type(t, "echo in the second\r");
	see(t, "in the second", "typing goes to it");
	term_type(t, "\002p");
	ok(window_is("0"), "C-b p selects the previous window");
	gone(t, "in the second", "its screen is shown instead");
	term_type(t, "\002n");
	ok(window_is("1"), "C-b n selects the next window");
	see(t, "in the second", "its screen is shown again");
	term_type(t, "\002l");
	ok(window_is("0"), "C-b l selects the last window");
	term_type(t, "\0021");
	ok(window_is("1"), "C-b 1 selects window 1");

	term_type(t, "exec sleep 1000\r");
	see(t, "1:sleep*", "the name follows the program in front");
	term_type(t, "\002,");
	see(t, "(rename-window)", "C-b , asks for a name");
	term_type(t, "\025mine\r");
	see(t, "1:mine*", "the name typed is taken");
	ok(mux_good("new-window -n third 'exec cat'"), "new-window takes a name");
	see(t, "2:third*", "the status line shows it");
	ok(mux_good("rename-window -t :2 other"), "rename-window renames");
	see(t, "2:other*", "the status line shows that too");
	ok(mux_good("kill-window -t mine"), "a window is killed by its name");
	gone(t, "mine", "the status line forgets it");
	mux("move-window -s :2 -t :7");
	see(t, "7:other*", "a window is moved to a free index");
	term_type(t, "\002&");
	see(t, "kill-window", "C-b & asks before killing a window");
	term_type(t, "n");
	gone(t, "kill-window", "the answer n leaves it");
	is_str(mux("display-message -p '#{session_windows}'"), "2",
	    "there are two windows");
	term_type(t, "\002&");
	see(t, "kill-window", "it asks again");
	term_type(t, "y");
	ok(mux_until("1", "display-message -p '#{session_windows}'"),
	    "the answer y kills it");
}

static void
sessions(struct term *t)
{
	ok(mux_good("new-session -d -s work -n edit 'exec cat'"),
	    "a session starts without a client");
	ok(mux_good("switch-client -t work"), "the client moves to it");
	see(t, "[work] 0:edit*", "the status line is that of the other session");
	is_str(mux("list-clients -F '#{client_session}'"), "work",
	    "list-clients knows");
	term_type(t, "\002(");
	see(t, "[main]", "C-b ( goes to the previous session");
	term_type(t, "\002)");
	see(t, "[work]", "C-b ) goes to the next session");
	term_type(t, "\002$");
	see(t, "(rename-session)", "C-b $ asks for a name");
	term_type(t, "\025job\r");
	see(t, "[job]", "the session has the new name");
	is_str(mux("list-sessions -F '#{session_name}'"), "job\nmain",
	    "list-sessions lists by name");
	mux("new-session -d -s job");
	ok(mux_status() == 1 && strstr(mux_err(), "duplicate session") != NULL,
	    "a name that is taken is refused");
	ok(mux_good("has-session -t main"), "has-session finds a session");
	mux("has-session -t nothere");
	ok(mux_status() == 1 &&
	    strstr(mux_err(), "can't find session") != NULL,
	    "has-session says that there is none");
	mux("switch-client -t main");
	see(t, "[main]", "the client is back");
	ok(mux_good("kill-session -t job"), "a session is killed");
	is_str(mux("list-sessions -F '#{session_name}'"), "main",
	    "the other is left");
}

/* C-b :, then this. */
static void
command(struct term *t, const char *line)
{
	term_type(t, "\002:");
	term_see_row(t, 23, ":");
	term_type(t, "%s", line);
}

static void
prompt(struct term *t)
{
	int	x, y;

	term_type(t, "\002:");
	ok(term_see_cursor(t, 1, 23), "C-b : opens a prompt in the status line");
	ok(term_row(t, 23)[0] == ':', "with a colon");
	term_type(t, "display-message hallo");
	see(t, "hallo", "what is typed is shown");
	term_type(t, "\177\177\177\177\177Hello");
	see(t, "display-message Hello", "it can be edited");
	term_type(t, "\r");
	ok(term_see_row(t, 23, "Hello"), "Enter runs the command: a message");
	see(t, "[main]", "the message goes after its time");
	command(t, "split-window -h\r");
	see(t, "│", "a command of the prompt changes the window");
	command(t, "no-such-thing\r");
	see(t, "nknown command: no-such-thing", "an error is a message");
	see(t, "[main]", "it goes after its time");
	command(t, "kill-pane\033");
	term_quiet(t, 20);
	see(t, "[main]", "Escape leaves the prompt");
	is_str(mux("display-message -p '#{window_panes}'"), "2",
	    "without running the command");
	command(t, "\033[A");
	see(t, ":no-such-thing", "Up brings the last line back");
	term_type(t, "\003");
	see(t, "[main]", "C-c leaves the prompt too");
	mux("kill-pane");
	gone(t, "│", "one pane is left");
	term_cursor(t, &x, &y);

	ok(mux_good("display-message -d 500 'for you'"),
	    "a command sends a message to the client");
	see(t, "for you", "it is shown");
	gone(t, "for you", "and goes");
}

static void
keys(struct term *t)
{
	ok(mux_good("bind-key X display-message bound"), "a key is bound");
	term_type(t, "\002X");
	see(t, "bound", "it works behind the prefix");
	ok(mux_good("bind-key -n M-x display-message 'without prefix'"),
	    "a key is bound without the prefix");
	term_type(t, "\033x");
	see(t, "without prefix", "it works at once");
	ok(mux_good("unbind-key X"), "the key is unbound");
	/* The server read the name of the key's table after freeing it. */
	gone(t, "without prefix", "the message goes");
	term_type(t, "\002Xecho a''lone\r");
	see(t, "alone", "a key without a binding ends the prefix and is lost");
	ok(mux_good("set-option -g prefix C-a"), "the prefix is changed");
	ok(mux_good("bind-key C-a send-prefix"), "send-prefix is bound");
	term_type(t, "\001c");
	ok(mux_until("2", "display-message -p '#{session_windows}'"),
	    "the new prefix works");
	term_type(t, "cat -v\r\001\001\r");
	see(t, "^A", "the prefix pressed twice reaches the program");
	term_type(t, "\002\r");
	see(t, "^B", "the old one is a key like others");
	mux("kill-window");
	mux("set-option -g prefix C-b");
	ok(strstr(mux("list-keys"), "bind-key") != NULL, "list-keys lists");
	ok(strstr(mux("list-keys -T prefix c"), "new-window") != NULL,
	    "list-keys of one key shows its command");
	ok(strstr(mux("list-commands"), "split-window") != NULL,
	    "list-commands lists");
	term_type(t, "\002?");
	see(t, "C-b", "C-b ? lists keys");
	term_type(t, "q");
	term_type(t, "\002r");
	see(t, "[main]", "q leaves the list");
}

/* A command in the status line, and one that prints nothing, ended the server. */
static void
status_job(struct term *t)
{
	ok(mux_good("set-option -g status-right '#(echo 0utput | tr 0 o)#(true)'"),
	    "the status line has the output of commands");
	ok(mux_good("set-option -g status-interval 1"), "every second");
	see(t, "output", "it is there");
	mux("set-option -gu status-right");
	mux("set-option -gu status-interval");
}

/* A line that cannot be chosen has no key, and takes no room for one. */
static void
menus(struct term *t)
{
	/* By a key: the command itself waits until the menu is gone. */
	mux("bind-key M display-menu -x 0 -y 10 -T '' 'Swap Left' l '' '-Swap Marked' s ''");
	term_type(t, "\002M");
	see(t, "│ Swap Left (l) │", "the widest line with a key makes the width");
	see(t, "│ Swap Marked   │", "and not one that is disabled");
	term_type(t, "q");
	gone(t, "Swap Marked", "q closes it");
}

/* The lists show what is in the windows, that of the list itself too. */
static void
leave_mode(struct term *t)
{
	term_type(t, "q");
	ok(mux_until("0", "display-message -p -t tree: '#{pane_in_mode}'"), "q leaves it");
}

static void
trees(struct term *t)
{
	char	*host = strdup(shell("hostname"));

	is_str(mux("display-message -p '#{pane_title}'"), host,
	    "a new pane has the name of the host for title");
	free(host);
	ok(mux_good("new-session -d -s tree -n left 'echo in the left; cat'"),
	    "a session");
	ok(mux_good("split-window -d -h -t tree: 'echo in the right; cat'"),
	    "with two panes");
	mux("switch-client -t tree");
	see(t, "in the right", "it is shown");
	mux("choose-tree -Zw -t tree:");
	see(t, "left* (2 panes)", "the line of a window, as tmux formats it");
	see(t, "│ 1:", "the preview has a box for each pane");
	see(t, "in the right", "and what it shows");
	leave_mode(t);
	mux("choose-tree -Zs -t tree:");
	see(t, "│ 0:left │", "that of a session one for each window");
	leave_mode(t);
	mux("set-buffer -b chosen 'text of the buffer'");
	mux("choose-buffer -Z -t tree: -f '#{==:#{buffer_name},chosen}'");
	see(t, ": text of the buffer", "a buffer with its sample");
	leave_mode(t);
	mux("choose-client -Z -t tree:");
	see(t, ": session tree", "a client with its session");
	term_type(t, "q");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = mux_new(80, 24);
	windows(t);
	sessions(t);
	prompt(t);
	keys(t);
	status_job(t);
	menus(t);
	trees(t);
	return (mux_done());
}
