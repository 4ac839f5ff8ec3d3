/* SPDX-License-Identifier: ISC */

/*
 * Start, attach, detach, attach again: the shell of the session lives on, and
 * the terminal is as it was before.
 */

#include <signal.h>
#include <unistd.h>

#include "e2e/lib-rmux.h"

static void
starts(void)
{
	struct term	*t;
	char		 pid[32];

	/* From a shell, so that what is left behind can be seen. */
	t = term_run(80, 24, NULL, "echo before; '%s' -S '%s' -f /dev/null "
	    "new-session -s main -n first; echo after $?; exec cat",
	    mux_program(), mux_socket());
	see(t, "$", "a new session shows the prompt of its shell");
	mux_server_pid();
	ok(term_see(t, "[main"), "the status line names the session");
	ok(term_see(t, "0:first*"), "the status line names the window");
	ok(term_find(t, "[main", NULL) == 23, "the status line is the last row");
	ok(term_alternate(t), "the client draws on the alternate screen");
	ok(term_see_cursor(t, 2, 0), "the cursor is behind the prompt");

	term_type(t, "echo one two; MARK=here\r");
	ok(term_see_row(t, 1, "one two"), "what a command prints is seen");
	snprintf(pid, sizeof pid, "%s", mux("display-message -p '#{pane_pid}'"));

	term_type(t, "\002d");
	see(t, "after 0", "detaching ends the client with status 0");
	see(t, "[detached (from session main)]", "the client says so");
	ok(!term_alternate(t), "the terminal's own screen is back");
	ok(term_has(t, "before"), "what was on it before is still there");
	ok(term_cursor_shown(t), "the cursor is shown");
	ok(term_mouse(t) == 0, "the mouse is let go");
	is_str(mux("list-sessions -F '#{session_name} #{session_attached}'"),
	    "main 0", "the session lives on with nobody attached");
	term_free(t);

	t = mux_client(80, 24, "attach-session");
	ok(term_see_row(t, 1, "one two"), "attaching shows the screen again");
	term_type(t, "echo $MARK\r");
	ok(term_see_row(t, 3, "here"), "it is the same shell");
	is_str(mux("display-message -p '#{pane_pid}'"), pid,
	    "the shell's process is the same");
	is_str(mux("list-clients -F '#{client_session} #{client_width}x"
	    "#{client_height}'"), "main 80x24", "list-clients knows the client");
	if (mux_is_rmux())
		ok(strstr(mux("status"), ": main, local, received ") != NULL,
		    "status tells that it is a local one");

	term_type(t, "exit\r");
	ok(term_ended(t), "the client ends with the last shell");
	is_int(term_status(t), 0, "its status is 0");
	see(t, "[exited]", "it says that the session is over");
	ok(process_gone(mux_server_pid()), "the server ends with its last session");
	mux("list-sessions");
	ok(mux_status() == 1, "a command without a server fails");
	ok(strstr(mux_err(), "no server running") != NULL ||
	    strstr(mux_err(), "error connecting") != NULL,
	    "it says that no server is running");
	term_free(t);
}

static void
detached(void)
{
	ok(mux_good("new-session -d -s one -x 90 -y 30 'exec cat'"),
	    "a session starts without a terminal");
	mux_server_pid();
	is_str(mux("display-message -p -t one: '#{window_width}x"
	    "#{window_height}'"), "90x30", "it has the size that was asked for");
	ok(mux_good("new-session -d -s two 'exec cat' \\; rename-session 2nd"),
	    "several commands run in one go");
	is_str(mux("list-sessions -F '#{session_name}'"), "2nd\none",
	    "both sessions are there");
	ok(mux_good("kill-session -t one"), "one is killed");
	ok(mux_good("kill-session -t 2nd"), "and the other");
	ok(process_gone(mux_server_pid()), "the server goes with them");
	mux_forget_server();
}

/*
 * What the kernel echoes is on the screen before the server has had a part in it,
 * and what it does not echo is not.
 */
static void
echo_at_once(void)
{
	struct term	*t;

	if (!mux_is_rmux())
		return;
	mux("new-session -d -s one 'echo ready; cat; stty -echo; echo off; exec cat'");
	t = mux_client(80, 24, "attach-session");
	see(t, "ready", "a program whose terminal echoes");
	term_type(t, "line\r");
	ok(term_see_row(t, 2, "line"), "it does, and the program answers");
	term_type(t, "ab");
	ok(term_see_row(t, 3, "ab"), "text is seen");
	ok(mux_until_has("ab", "capture-pane -p"), "and has arrived");
	kill(mux_server_pid(), SIGSTOP);
	term_type(t, "cd");
	ok(term_see_row(t, 3, "abcd"), "so sure is its echo that no answer is awaited");
	kill(mux_server_pid(), SIGCONT);
	term_type(t, "\r\004");
	see(t, "off", "the echo is switched off");
	term_type(t, "shown\r");
	see(t, "shown", "the program shows what it read");
	kill(mux_server_pid(), SIGSTOP);
	term_forget(t);
	term_type(t, "hidden");
	term_quiet(t, 100);
	ok(!term_has(t, "hid"), "nothing is foretold without echo");
	kill(mux_server_pid(), SIGCONT);
	term_type(t, "\r");
	see(t, "hidden", "it arrived all the same");
	mux("kill-server");
	ok(term_ended(t), "the client goes with the server");
	term_free(t);
	mux_forget_server();
}

int
main(void)
{
	mux_init();
	detached();
	echo_at_once();
	starts();
	mux_expect_no_server();
	return (mux_done());
}
