/* SPDX-License-Identifier: ISC */

/*
 * Clients that are not heard of any more.  One was killed and one is stopped:
 * the server cannot tell, so neither is counted after a while; the one that
 * comes back finds all as it was.
 */

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "e2e/lib-remote.h"

#define AWAY_MS	120000		/* far more than the server's patience */

static bool
listed(const char *want)
{
	struct until	u = until_ms(AWAY_MS);

	u.step = 200;
	while (strcmp(mux("list-clients -F '#{client_width}'"), want) != 0) {
		if (!until_more(&u)) {
			later_show("clients", mux("list-clients"));
			return (false);
		}
	}
	return (true);
}

int
main(void)
{
	struct term	*killed, *stopped, *left;

	remote_init(80, 24);
	mux("set-option -g window-size smallest");
	killed = remote_attach(60, 20, "-t main");
	see(killed, "[main]", "one client attaches");
	ok(remote_on_udp(killed), "it is on UDP");
	stopped = remote_attach(70, 22, "-t main");
	see(stopped, "[main]", "another attaches");
	ok(remote_no_ssh(stopped), "it is on UDP too");
	left = mux_client(90, 30, "attach-session -t main");
	see(left, "[main]", "and one that is here");
	ok(mux_until("60", "display-message -p -t main: '#{window_width}'"),
	    "the smallest says how large the window is");

	kill(term_pid(stopped), SIGSTOP);
	kill(term_pid(killed), SIGKILL);
	ok(term_ended(killed), "the smallest is killed, another stopped");
	ok(listed("90"), "after a while neither is listed");
	is_str(mux("display-message -p -t main: '#{session_attached} "
	    "#{window_width}'"), "1 90",
	    "nor counted, nor asked for its size");
	term_type(left, "echo me$((50 + 5))while\r");
	see(left, "me55while", "work goes on");

	kill(term_pid(stopped), SIGCONT);
	see(stopped, "me55while", "the one that comes back sees it");
	ok(mux_until("2 70", "display-message -p -t main: "
	    "'#{session_attached} #{window_width}'"), "and counts again");
	term_type(stopped, "echo ba$((60 + 6))ck\r");
	see(stopped, "ba66ck", "what it types arrives");
	term_free(stopped);
	term_free(killed);
	term_free(left);
	return (mux_done());
}
