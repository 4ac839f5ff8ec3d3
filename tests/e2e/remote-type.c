/* SPDX-License-Identifier: ISC */

/*
 * Attached over UDP: what is typed arrives once and in order, over a network
 * that loses a fifth of all datagrams both ways, and the screen is that of a
 * local client in the end.
 */

#include "e2e/lib-remote.h"

static const char	script[] =
    "clear\r"
    "for i in 1 2 3 4 5 6 7 8 9; do printf '\\033[3%dmcolour %d \\033[0m\\n' "
    "$i $i; done\r"
    "printf '\\033[5;30H\\033[1mbold\\033[0m \\033[4munder\\033[0m "
    "\\346\\274\\242\\345\\255\\227 e\\314\\201\\n'\r"
    "seq 1 60 | tail -n 40\r"
    "printf '\\033[2;10r\\033[10;1H\\n\\n\\n\\033[r\\033[12;1H'\r"
    "echo the end of the script\r";

/* The first cell that differs; false if none does. */
static bool
difference(struct term *a, struct term *b, int rows, int *col, int *row)
{
	struct term_cell	x, y;

	for (*row = 0; *row < rows; (*row)++) {
		for (*col = 0; *col < 80; (*col)++) {
			term_cell(a, *col, *row, &x);
			term_cell(b, *col, *row, &y);
			if (!term_same_cell(&x, &y, true))
				return (true);
		}
	}
	return (false);
}

static bool
same_screens(struct term *a, struct term *b, int rows)
{
	struct until		u = until();
	struct term_cell	x, y;
	int			row, col;

	while (difference(a, b, rows, &col, &row)) {
		if (until_more(&u))
			continue;
		term_cell(a, col, row, &x);
		term_cell(b, col, row, &y);
		later("at %d,%d: '%s' fg %ld bg %ld bold %d underline %d "
		    "reverse %d, and '%s' fg %ld bg %ld bold %d underline %d "
		    "reverse %d", col, row, x.text, x.fg, x.bg, x.bold,
		    x.underline, x.reverse, y.text, y.fg, y.bg, y.bold,
		    y.underline, y.reverse);
		later("one: %s", term_screen(a));
		later("other: %s", term_screen(b));
		return (false);
	}
	return (true);
}

int
main(void)
{
	struct term		*t, *local;
	struct relay_stats	 s;
	char			 line[128], got[128];
	const char		*p;

	remote_init(80, 24);
	t = remote_attach(80, 24, "-t main");
	ok(term_see_cursor(t, 2, 0), "attaching shows the shell over there");
	see(t, "[main]", "and the status line");
	ok(remote_on_udp(t), "datagrams go both ways and ssh is let go");
	is_str(mux("list-clients -F '#{client_width}x#{client_height}'"),
	    "80x24", "the server knows the client and its size");
	term_type(t, "echo hello over there\r");
	ok(term_see_row(t, 1, "hello over there"), "a command runs");
	term_resize(t, 90, 30);
	ok(mux_until("90x29", "display-message -p '#{window_width}x"
	    "#{window_height}'"), "a new size of the terminal reaches it");
	term_resize(t, 80, 24);
	ok(mux_until("80x23", "display-message -p '#{window_width}x"
	    "#{window_height}'"), "and the old one again");

	/* A fifth lost each way, a tenth of a second each way, reordering. */
	relay("loss 0.2");
	relay("delay 100");
	relay("jitter 40");
	relay("dup 0.05");
	mux("send-keys 'clear; echo GO; cat >%s' Enter", mux_file("typed"));
	ok(term_see_row(t, 0, "GO"), "a program waits for keys");
	for (p = "The quick brown fox jumps over the lazy dog 0123456789"; *p !=
	    '\0'; p++) {
		struct until u = until_ms(40);
		term_send(t, p, 1);
		while (now_ms() < u.end)
			pump(5);
	}
	term_type(t, "\r\004");
	ok(mux_file_wait("typed"), "the program over there runs");
	snprintf(line, sizeof line, "The quick brown fox jumps over the lazy "
	    "dog 0123456789\n");
	{
		struct until u = until();
		for (;;) {
			snprintf(got, sizeof got, "%s", mux_read_file("typed"));
			if (*got != '\0' || !until_more(&u))
				break;
		}
	}
	is_str(got, line, "with loss and delay each key arrives once, in order");
	ok(term_see_row(t, 1, "The quick brown fox jumps over the lazy dog "
	    "0123456789"), "and is on the screen once, in order");

	/* The same script here and there. */
	local = mux_client(80, 24, "attach-session -t main");
	see(local, "[main]", "a local client attaches to the same session");
	term_type(t, "%s", script);
	see(local, "the end of the script", "a script runs over the bad network");
	see(t, "the end of the script", "its end is seen");
	ok(same_screens(local, t, 23),
	    "the screen over the bad network equals the local one");
	mux("split-window -h");
	mux("send-keys 'seq 1 1000' Enter");
	see(t, "│1000", "a flood in a new pane comes to its end");
	ok(same_screens(local, t, 23), "the screens are equal once more");
	s = relay_stats();
	ok(s.lost > 0, "datagrams were lost indeed (%ld of %ld)", s.lost,
	    s.up + s.down);

	/* Strangers. */
	relay("loss 0");
	relay("delay 5");
	relay("jitter 0");
	relay("dup 0");
	relay("forge 500");
	relay("replay 500");
	term_type(t, "clear; echo still $((40+2))\r");
	see(t, "still 42", "forged and replayed datagrams change nothing");
	ok(same_screens(local, t, 23), "nor the screen");
	mux("kill-pane -t 0");
	term_free(local);

	term_type(t, "\002d");
	ok(term_ended(t), "C-b d detaches");
	see(t, "[detached (from session main)]", "the client says so");
	is_int(term_status(t), 0, "its status is 0");
	ok(mux_until("", "list-clients"), "the server knows it at once");
	term_free(t);
	t = remote_attach(80, 24, "-t main");
	see(t, "still 42", "attaching again finds everything");
	term_kill(t, 9);
	ok(term_ended(t), "a client is killed with -9");
	term_free(t);
	t = remote_attach(80, 24, "-t main");
	see(t, "still 42", "and again");
	term_type(t, "exit\r");
	ok(term_ended(t), "the end of the last shell ends the client");
	see(t, "[exited]", "which says so");
	mux_expect_no_server();
	term_free(t);
	return (mux_done());
}
