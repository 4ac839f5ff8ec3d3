/* SPDX-License-Identifier: ISC */

/*
 * What a program draws in a pane is what the terminal shows: the same output
 * once straight into a terminal, once through a pane of the same size, cell
 * for cell; then what a screen does not show (title, clipboard, cursor).
 */

#include "e2e/lib-rmux.h"

#define COLS	70
#define ROWS	20

static const struct {
	const char	*name, *text;
} pictures[] = {
	{ "text and newlines", "one\r\ntwo\r\n\tthree\r\nfour\b\b\bxx\r\n" },
	{ "sixteen colours", "\033[31mred\033[42mon green\033[94mbright"
	    "\033[103mand on\033[0mplain\r\n" },
	{ "256 and direct colours", "\033[38;5;208morange\033[48;5;17mblue"
	    "\033[38;2;10;200;90mtrue\033[48;2;90;10;200mcolour\033[m x\r\n" },
	{ "attributes", "\033[1mbold\033[22m \033[3mitalic\033[23m \033[4m"
	    "under\033[24m \033[7mreverse\033[27m \033[9mstruck\033[29m "
	    "\033[5mblink\033[25m plain\r\n" },
	{ "wide characters", "漢字かな交じり文\r\n한국어 x\r\n\033[3;5H漢\033[3;7Hx"
	    "\033[4;70H漢\r\n" },
	{ "combining characters", "e\xcc\x81 a\xcc\x88o\xcc\x82 n\xcc\x83\r\n" },
	{ "line drawing", "\033(0lqqqk\r\nx   x\r\nmqqqj\033(B\r\n" },
	{ "moves", "\033[5;10Hhere\033[2A\033[3Dup\033[10Bdown\033[1;1Hhome"
	    "\033[20;1Hlast\033[12Gcol\033[7drow" },
	{ "erasing", "aaaaaaaaaa\r\nbbbbbbbbbb\r\ncccccccccc\033[2;4H\033[K"
	    "\033[1;4H\033[1K\033[3;3H\033[4X" },
	{ "erasing with a colour", "\033[44m\033[2J\033[5;5H\033[41m\033[K"
	    "\033[0mx" },
	{ "inserting and deleting", "abcdefgh\033[1;3H\033[2@\033[1;7H\033[2P"
	    "\r\n1\r\n2\r\n3\r\n4\033[3;1H\033[2Lnew\033[2;1H\033[M" },
	{ "a scroll region", "\033[3;8r\033[8;1Ha\r\nb\r\nc\r\nd\033[3;1H"
	    "\033M\033Mtop\033[r\033[20;1Hend" },
	{ "wrapping", "0123456789012345678901234567890123456789012345678901234"
	    "567890123456789abcdefghij\r\n\033[?7l\033[5;60Hcut off here "
	    "at the edge\033[?7h" },
	{ "insert mode", "world\033[1;1H\033[4hhello \033[4l" },
	{ "tabs", "a\tb\tc\r\n\033[3gx\ty\r\n\033[5G\033H\r\tz\r\n" },
	{ "repetition", "ab\033[20bc" },
	{ "runs that end at the edge", "\033[2;41H=============================="
	    "\033[3;1Hnext\033[4;42H-----------------------------\r\nlast" },
	{ "saving the cursor", "\033[5;5H\0337\033[31m\033[10;10Hx\0338y" },
	{ "the alternate screen and back", "before\033[?1049h\033[2Jinside"
	    "\033[?1049l after" },
	{ "scrolling", "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n10\r\n"
	    "11\r\n12\r\n13\r\n14\r\n15\r\n16\r\n17\r\n18\r\n19\r\n20\r\n21\r\n"
	    "22\033[2S\033[5;1H\033[1T" },
};

static bool
same(struct term *want, struct term *got, bool colours)
{
	struct term_cell	a, b;
	int			x, y;

	for (y = 0; y < ROWS; y++) {
		for (x = 0; x < COLS; x++) {
			term_cell(want, x, y, &a);
			term_cell(got, x, y, &b);
			if (!term_same_cell(&a, &b, colours))
				return (false);
		}
	}
	return (true);
}

static void
show(struct term *t, int x, int y)
{
	struct term_cell	c;

	term_cell(t, x, y, &c);
	diag("  '%s' fg %ld bg %ld bold %d ul %d rev %d", c.text, c.fg, c.bg,
	    c.bold, c.underline, c.reverse);
}

static void
show_difference(struct term *want, struct term *got)
{
	struct term_cell	a, b;
	int			x, y, n = 0;

	diag("want:");
	term_dump(want);
	diag("got:");
	term_dump(got);
	for (y = 0; y < ROWS; y++) {
		for (x = 0; x < COLS && n < 6; x++) {
			term_cell(want, x, y, &a);
			term_cell(got, x, y, &b);
			if (term_same_cell(&a, &b, true))
				continue;
			diag("at %d,%d want, got:", x, y);
			show(want, x, y);
			show(got, x, y);
			n++;
		}
	}
}

static void
differential(struct term *t)
{
	struct term	*plain;
	struct until	 u;
	size_t		 i;
	FILE		*f;

	for (i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
		if (!mux_is_rmux() && strcmp(pictures[i].name,
		    "combining characters") == 0)
			continue;
		f = fopen(mux_file("picture"), "w");
		fputs(pictures[i].text, f);
		fclose(f);
		plain = term_run(COLS, ROWS, NULL, "stty raw -echo; cat %s; "
		    "exec sleep 1000", mux_file("picture"));
		mux("respawn-pane -k 'stty raw -echo; cat %s; exec sleep 1000'",
		    mux_file("picture"));
		u = until_ms(patience_ms() / 4);
		/* Both may be empty still: then what is there is compared in
		 * the next turn; a wrong one never becomes right. */
		term_quiet(plain, 30);
		while (!same(plain, t, true) && until_more(&u))
			;
		if (ok(same(plain, t, false), "%s: each cell is right",
		    pictures[i].name))
			ok(same(plain, t, true),
			    "%s: so are attributes and colours",
			    pictures[i].name);
		if (!same(plain, t, true))
			show_difference(plain, t);
		term_free(plain);
	}
}

/* Something for a terminal to do; %d: a small number; else by its letter. */
static void
put_piece(FILE *f, unsigned long r)
{
	static const char *const pieces[] = { "word ", "b c", "\r\n",
	    "\033[%y;%xH", "\033[3%dm", "\033[4%dm", "\033[0m", "\033[1m",
	    "\033[K", "\033[%dP", "\033[%d@", "\033[%dL\r", "\033[%dM\r",
	    "\033[%dX", "\033[%t;%br\033[%bH\n\n\033M\033[r", "\033M", "\033[J",
	    "longer text that goes on ", "\t", "\033[%dS", "x" };
	const char		*p;
	size_t			 n = sizeof pieces / sizeof pieces[0];

	for (p = pieces[(r >> 33) % n]; *p != '\0'; p++) {
		if (*p != '%') {
			putc(*p, f);
			continue;
		}
		switch (*++p) {
		case 'd':
			fprintf(f, "%d", (int)(r >> 45) % 6 + 1);
			break;
		case 'x':
			fprintf(f, "%d", (int)(r >> 50) % COLS + 1);
			break;
		case 'y':
			fprintf(f, "%d", (int)(r >> 40) % ROWS + 1);
			break;
		case 't':
			fprintf(f, "%d", (int)(r >> 40) % 10 + 1);
			break;
		case 'b':
			fprintf(f, "%d", (int)(r >> 50) % 8 + 12);
			break;
		}
	}
}

/*
 * Random output (no wide characters: what is left of one cut in half differs from
 * terminal to terminal), drawn in steps, so that what the client had drawn before
 * matters.
 */
static void
random_pictures(struct term *t)
{
	struct term		*plain;
	struct until		 u;
	unsigned long		 r = 12345;
	int			 round, i;
	FILE			*f, *a, *b;

	shell("mkfifo %s %s", mux_file("fifo"), mux_file("fifo2"));
	/* Read and write: opening does not wait for the reader then. */
	a = fopen(mux_file("fifo"), "r+");
	b = fopen(mux_file("fifo2"), "r+");
	setvbuf(a, NULL, _IONBF, 0);
	setvbuf(b, NULL, _IONBF, 0);
	mux("respawn-pane -k 'stty raw -echo; while read f; do cat $f; done "
	    "<%s; exec cat'", mux_file("fifo"));
	plain = term_run(COLS, ROWS, NULL, "stty raw -echo; while read f; do "
	    "cat $f; done <%s", mux_file("fifo2"));
	for (round = 0; round < 25; round++) {
		f = fopen(mux_file("piece"), "w");
		for (i = 0; i < 60; i++) {
			r = r * 6364136223846793005ul + 1442695040888963407ul;
			put_piece(f, r);
		}
		fprintf(f, "\033[1;1H\033[0m<%d>", round);
		fclose(f);
		fprintf(a, "%s\n", mux_file("piece"));
		fprintf(b, "%s\n", mux_file("piece"));
		term_see(plain, "<%d>", round);
		term_see(t, "<%d>", round);
		u = until_ms(patience_ms() / 4);
		while (!same(plain, t, true) && until_more(&u))
			;
		if (!same(plain, t, true))
			break;
	}
	fclose(a);
	fclose(b);
	is_int(round, 25, "25 random pictures, one upon the other, are right");
	if (round != 25)
		show_difference(plain, t);
	term_free(plain);
}

static void
beyond_cells(struct term *t)
{
	struct until	u;
	int		bells;

	mux("set-option -g set-titles on");
	mux("set-option -g set-titles-string 'T:#{pane_title}'");
	mux("set-option -s set-clipboard on");
	mux("respawn-pane -k \"printf '\\\\033]2;my title\\\\007'; exec cat\"");
	ok(term_see_title(t, "T:my title"), "the title reaches the terminal");
	is_str(mux("display-message -p '#{pane_title}'"), "my title",
	    "and formats");
	mux("respawn-pane -k \"printf '\\\\033]52;c;Y29waWVk\\\\007'; "
	    "exec cat\"");
	ok(term_see_raw(t, "Y29waWVk"), "the clipboard reaches the terminal");
	mux("respawn-pane -k \"printf '\\\\033[?25lhidden'; exec cat\"");
	u = until();
	while (term_cursor_shown(t) && until_more(&u))
		;
	ok(!term_cursor_shown(t), "a program hides the cursor");
	mux("respawn-pane -k \"printf '\\\\033[6 qbar'; exec cat\"");
	see(t, "bar", "a program changes the cursor's shape");
	u = until();
	while (term_cursor_shape(t) != 3 && until_more(&u))
		;
	is_int(term_cursor_shape(t), 3, "it is a bar in the terminal");
	ok(term_cursor_shown(t), "the next program has a cursor again");
	bells = term_bells(t);
	mux("respawn-pane -k \"printf 'ding\\\\007'; exec cat\"");
	see(t, "ding", "a program rings");
	u = until();
	while (term_bells(t) == bells && until_more(&u))
		;
	ok(term_bells(t) > bells, "the terminal's bell rings");
	mux("respawn-pane -k \"printf '\\\\033[?1000h\\\\033[?1006hmouse'; "
	    "exec cat -v\"");
	see(t, "mouse", "a program asks for the mouse");
	u = until();
	mux("set-option -g mouse on");
	while (term_mouse(t) == 0 && until_more(&u))
		;
	term_click(t, 5, 3);
	see(t, "^[[<0;6;4M", "a click is passed to it");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = mux_new(COLS, ROWS);
	mux("set-option -g status off");
	mux("set-option -s -a terminal-features ',xterm*:RGB'");
	mux("set-option -g default-terminal screen-256color");
	ok(mux_until("20", "display-message -p '#{pane_height}'"),
	    "without a status line a pane has the whole terminal");
	term_type(t, "\002d");
	term_ended(t);
	term_free(t);
	t = mux_client(COLS, ROWS, "attach-session");
	see(t, "$", "the client is attached");
	differential(t);
	random_pictures(t);
	beyond_cells(t);
	return (mux_done());
}
