/* SPDX-License-Identifier: ISC */

/*
 * UDP is blocked from the start: the session runs over the pipe to ssh, says
 * so, and moves to UDP when that begins to work.
 */

#include <signal.h>
#include <string.h>

#include "e2e/lib-remote.h"

int
main(void)
{
	struct term		*t;
	struct relay_stats	 before, after;
	struct until		 u;

	remote_init(80, 24);
	relay("blackout on");
	t = remote_attach(80, 24, "-t main");
	see(t, "[main]", "with UDP blocked the client attaches all the same");
	see(t, "UDP does not get through", "it says that it goes over ssh");
	term_type(t, "echo over $((4 + 5)) pipe\r");
	see(t, "over 9 pipe", "a command runs");
	gone(t, "UDP does not", "the notice is a passing one");
	mux("send-keys 'clear; seq 1 3000' Enter");
	see(t, "3000", "a flood comes to its end");
	relay("blackout off");
	u = until_ms(40000);
	while (!term_has(t, "UDP works now") && until_more(&u))
		;
	see(t, "UDP works now", "when UDP works it says so");
	ok(remote_on_udp(t), "datagrams go both ways and ssh is let go");
	term_type(t, "clear; echo now $((6 * 7))\r");
	see(t, "now 42", "the session goes on over UDP");
	relay("roam");
	term_type(t, "clear; echo roamed $((6 * 8))\r");
	see(t, "roamed 48", "and can roam");
	term_type(t, "\002d");
	ok(term_ended(t), "it detaches");
	term_free(t);

	/* ssh is cut while it is the only way. */
	relay("blackout on");
	t = remote_attach(80, 24, "-t main");
	see(t, "does not get through", "attached over ssh once more");
	shell("ps -o pid= --ppid %ld | xargs -r kill -9", (long)term_pid(t));
	see(t, "ssh ended, no UDP", "ssh is killed: it says so, and the way out");
	relay("blackout off");
	term_type(t, "clear; echo survived $((6 * 9))\r");
	before = relay_stats();
	if (!see(t, "survived 54", "UDP takes over when it can")) {
		after = relay_stats();
		diag("since then %ld datagrams up, %ld down; clients: %s",
		    after.up - before.up, after.down - before.down,
		    mux("list-clients"));
	}
	gone(t, "no UDP", "and nothing is said of it any more");

	/* UDP works, and no more a moment later: ssh has not gone yet. */
	term_type(t, "\002d");
	ok(term_ended(t), "it detaches");
	term_free(t);
	before = relay_stats();
	t = remote_attach(80, 24, "-t main");
	for (u = until(); (after = relay_stats()).down < before.down + 1 &&
	    until_more(&u);)
		u.step = 1;
	relay("blackout on");
	before = relay_stats();
	term_type(t, "clear; echo soon $((6 * 4))\r");
	/* Two may be acknowledgements; the third asks for an answer, and ssh is kept. */
	for (u = until(); (after = relay_stats()).up < before.up + 3 && until_more(&u);)
		u.step = 1;
	if (*shell("ps -o stat= --ppid %ld | grep -v '^Z'",
	    (long)term_pid(t)) == '\0')
		diag("this machine is too slow to see it");
	else {
		u = until_ms(40000);
		while (!term_has(t, "does not get through") && until_more(&u))
			;
		see(t, "does not get through", "it is kept while UDP is silent");
		see(t, "soon 24", "and the session goes on over it");
	}

	/* A command is no window to wait in front of. */
	relay("blackout on");
	shell("FAKE_SSH_LOG=%s %s -S %s --ssh='%s' --server='%s' "
	    "--udp=127.0.0.1:%d -H there run-shell ': >%s; sleep 100' & "
	    "while ! [ -f %s ]; do sleep 0.05; done; "
	    "read pid rest <%s; kill -9 $pid; wait $!", mux_file("ssh.log"),
	    mux_program(), mux_socket(), fake_ssh(), mux_program(),
	    relay_port(), mux_file("started"), mux_file("started"),
	    mux_file("ssh.log"));
	is_int(mux_status(), 5, "a command that lost its ssh ends");
	ok(strstr(mux_err(), "ssh to there ended") != NULL, "and says why");
	return (mux_done());
}
