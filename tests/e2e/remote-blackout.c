/* SPDX-License-Identifier: ISC */

/*
 * Nothing gets through for a while: the client says so, offers a way out, and
 * is right again as soon as a datagram can pass.
 */

#include "e2e/lib-remote.h"

static void
pause_ms(int ms)
{
	int64_t	end = now_ms() + ms;

	while (now_ms() < end)
		pump(10);
}

int
main(void)
{
	struct term	*t;
	struct until	 u;
	int64_t		 start;

	remote_init(80, 24);
	t = remote_attach(80, 24, "-t main");
	ok(term_see_cursor(t, 2, 0), "the client attaches");
	ok(remote_on_udp(t), "it is on UDP");
	relay("delay 25");

	relay("blackout on");
	term_type(t, "echo typed in the $((1 + 1))dark\r");
	mux("send-keys 'echo meanwhile over there' Enter");
	pause_ms(5000);
	ok(!term_has(t, "in the 2dark"), "in a blackout nothing arrives");
	relay("blackout off");
	start = now_ms();
	u = until();
	while ((!term_has(t, "in the 2dark") || !term_has(t,
	    "meanwhile over there")) && until_more(&u))
		;
	ok(now_ms() - start < 1000 * patience_ms() / 20000,
	    "after 5 s of blackout all is right within a second (%d ms)",
	    (int)(now_ms() - start)) ? (void)0 : term_dump(t);

	relay("blackout on");
	term_type(t, "x");
	u = until_ms(40000);
	while (!term_has(t, "nothing heard") && until_more(&u))
		;
	see(t, "nothing heard", "when nothing is heard the client says so");
	see(t, "~.", "and how to leave");
	see(t, "here.example", "and whom it tries to reach");
	/* Half of the way out: it was meant for the shell. */
	term_type(t, "~");
	relay("blackout off");
	gone(t, "nothing heard", "the notice goes when all is well");
	see(t, "x~", "a ~ typed under it arrives");
	/* The answer, not the echo: that may be a guess. */
	term_type(t, "\025echo tilde ~. in $((1 + 1))text\r");
	see(t, "tilde ~. in 2text", "then ~. is text like any other");

	relay("blackout on");
	term_type(t, "y");
	u = until_ms(40000);
	while (!term_has(t, "nothing heard") && until_more(&u))
		;
	see(t, "nothing heard", "in the next blackout it says so again");
	term_type(t, "~.");
	ok(term_ended(t), "~. leaves");
	is_int(term_status(t), 5, "with the status for a lost connection");
	ok(!term_alternate(t), "the terminal is restored");
	relay("blackout off");
	term_free(t);

	t = remote_attach(80, 24, "-t main");
	see(t, "tilde ~. in 2text", "the session went on; attaching finds it");
	return (mux_done());
}
