/* SPDX-License-Identifier: ISC */

/*
 * A password is never shown, not for one frame, however eagerly the client
 * guesses: neither what it drew nor any byte that it wrote has it.
 */

#include "e2e/lib-remote.h"

static void
type_slowly(struct term *t, const char *text)
{
	int64_t	end;

	for (; *text != '\0'; text++) {
		term_send(t, text, 1);
		for (end = now_ms() + 30; now_ms() < end; )
			pump(2);
	}
}

int
main(void)
{
	struct term	*t;
	struct until	 u;
	const char	*p;
	int64_t		 start;
	int		 i, found = 0;

	remote_init(80, 24);
	mux("set-option -g predict always");
	t = remote_attach(80, 24, "-t main");
	ok(term_see_cursor(t, 2, 0), "the client attaches");
	ok(remote_on_udp(t), "it is on UDP");
	relay("delay 150");

	/* Teach it that this pane echoes. */
	term_type(t, "cat\r");
	type_slowly(t, "all that is typed here is echoed\r");
	see(t, "typed here is echoed", "a line is echoed");
	start = now_ms();
	term_type(t, "w");
	u = until();
	while (!term_has(t, "w") && until_more(&u))
		;
	diag("an echo was on the screen after %d ms at 300 ms round trip",
	    (int)(now_ms() - start));
	term_type(t, "\025\004");
	term_quiet(t, 400);

	term_forget(t);
	term_type(t, "clear; stty -echo; read secret; stty echo; echo got "
	    "$secret | tr Q q\r");
	/* At once: nothing of the far side can have come yet. */
	type_slowly(t, "QZQZQZQZQZ");
	term_quiet(t, 600);
	type_slowly(t, "QZQZ\r");
	see(t, "got qZqZ", "the program got the password");
	/* The command line itself was shown and has no two of them in a row. */
	p = term_raw(t, NULL);
	for (i = 0; p[i] != '\0'; i++) {
		if (p[i] == 'Q' && p[i + 1] == 'Z')
			found++;
	}
	is_int(found, 0, "no byte of it was ever drawn");
	/* One at a time they would be drawn with moves between them: look for
	 * Q, which only the command line has, twice at most (echo, redraw). */
	found = 0;
	for (i = 0; p[i] != '\0'; i++)
		found += p[i] == 'Q';
	ok(found <= 4, "nor any single character of it (%d)", found);
	return (mux_done());
}
