/* SPDX-License-Identifier: ISC */
/*
 * The emulator against another: the same random streams go to ours and to
 * libvterm, and afterwards the screens, the cursors and the main attributes
 * must agree.  Only what both claim to do alike is used; where they differ on
 * purpose (listed at the pieces), it is kept out of the streams.
 */

#include "tap.h"

#include "config.h"

#ifndef HAVE_VTERM
int
main(void)
{
	plan(1);
	skip(1, "libvterm is not there");
	return (done_testing());
}
#else

#include <vterm.h>

#include "base/rng.h"
#include "term/emu.h"

#define COLS		20
#define ROWS		8
#define STREAM_MAX	4096

static struct rng_seeded	rng;

static uint32_t
below(uint32_t n)
{
	return ((uint32_t)rng_below(&rng.rng, n));
}

/*
 * Left out: REP (libvterm 0.1 lacks it), SD and SU with background, DECSC of
 * a pending wrap, tabs at the margin, IL and DL's column (xterm and we go to
 * the left margin; a CR hides it), DECSTR (it keeps the rendition), wide characters cut in two, BCE.
 */
static const char *const pieces[] = {
	"\r\n", "\r\n", "\n\r", "\r", "\b", "a", "bc", "hello", "Hello, world",
	"0123456789", "the quick brown fox jumps", "\033[%A", "\033[%B",
	"\033[%C", "\033[%D", "\033[%E", "\033[%F", "\033[%G", "\033[%d",
	"\033[%;%H", "\033[%;%f", "\033[%`", "\033[J", "\033[1J", "\033[2J",
	"\033[K", "\033[1K", "\033[2K", "\033[%@", "\033[%P", "\033[%X",
	"\033[%L\r", "\033[%M\r", "\033[%S", "\033[%T", "\033D\r", "\033M\r",
	"\033E", "\033[2;6r", "\033[r", "\033[3;8r", "\033[?6h", "\033[?6l",
	"\r\0337", "\0338", "\033[1m", "\033[0m", "\033[7m", "\033[3%m",
	"\033[4m", "\033[24m", "\033[22;27m", "\033[38;5;%m", "\033[39m",
	"\033[4h", "\033[4l", "\r\t", "\033(0lqqk\033(B", "\xe2\x94\x82",
	"\xc3\xa9", "\033[?25l", "\033[?25h", "\033[?7l\r", "\033[?7h\r",
	"\033#8",
};
#define NPIECES	(sizeof pieces / sizeof pieces[0])

static size_t
make_stream(char *out)
{
	const char	*p;
	size_t		 n = 0;
	int		 i, count = 1 + (int)below(120);

	for (i = 0; i < count && n < STREAM_MAX - 128; i++) {
		for (p = pieces[below(NPIECES)]; *p != '\0'; p++) {
			if (*p != '%')
				out[n++] = *p;
			else if (below(3) != 0)
				n += (size_t)sprintf(out + n, "%u",
				    1 + below(p[1] == 'm' ? 7 : 9));
			else if (p[1] == 'm')
				out[n++] = '1';
		}
	}
	return (n);
}

static uint32_t
vterm_cp(VTermScreen *s, int x, int y, VTermScreenCell *cell)
{
	VTermPos	 pos = { .row = y, .col = x };

	vterm_screen_get_cell(s, pos, cell);
	return (cell->chars[0] == 0 ? ' ' : cell->chars[0]);
}

static void
show(const char *stream, size_t n)
{
	char	 text[STREAM_MAX + 1];

	memcpy(text, stream, n);
	text[n] = '\0';
	tap_show("stream", text);
}

static bool
compare(struct emu *e, VTerm *vt, const char *stream, size_t n)
{
	VTermScreen	*vs = vterm_obtain_screen(vt);
	VTermPos	 at;
	VTermScreenCell	 cell;
	struct snap	*s = emu_snap(e);
	const struct cell *c;
	uint32_t	 ours, theirs;
	int		 x, y;
	bool		 good = true;

	vterm_state_get_cursorpos(vterm_obtain_state(vt), &at);
	if (at.col != s->cx || at.row != s->cy) {
		diag("cursor %d %d, libvterm's %d %d", s->cx, s->cy, at.col,
		    at.row);
		good = false;
	}
	for (y = 0; good && y < ROWS; y++) {
		for (x = 0; good && x < COLS; x++) {
			c = &s->row[y]->cells[x];
			ours = cell_cp(c) == 0 ? ' ' : cell_cp(c);
			theirs = vterm_cp(vs, x, y, &cell);
			good = ours == theirs;
			if (good && cell_cp(c) != 0)
				good = !!(c->attr & ATTR_BOLD) ==
				    cell.attrs.bold &&
				    !!(c->attr & ATTR_REVERSE) ==
				    cell.attrs.reverse &&
				    !!(c->attr & ATTR_UL_MASK) ==
				    (cell.attrs.underline != 0);
			if (!good)
				diag("at %d %d: U+%04X, attr %x; libvterm: "
				    "U+%04X, bold %d reverse %d underline %d",
				    x, y, ours, c->attr, theirs,
				    cell.attrs.bold, cell.attrs.reverse,
				    cell.attrs.underline);
		}
	}
	snap_unref(s);
	if (!good)
		show(stream, n);
	return (good);
}

static bool
one_run(uint64_t seed)
{
	static char		 stream[STREAM_MAX];
	struct emu_config	 cfg = {
		.cols = COLS, .rows = ROWS, .alternate_screen = true
	};
	struct emu	*e;
	VTerm		*vt;
	size_t		 n;
	bool		 good;

	rng_seeded_init(&rng, seed);
	n = make_stream(stream);
	e = emu_new(&cfg);
	vt = vterm_new(ROWS, COLS);
	vterm_set_utf8(vt, 1);
	vterm_screen_reset(vterm_obtain_screen(vt), 1);
	emu_feed(e, (uint8_t *)stream, n);
	vterm_input_write(vt, stream, n);
	good = compare(e, vt, stream, n);
	vterm_free(vt);
	emu_free(e);
	if (!good)
		diag("seed %" PRIu64, seed);
	return (good);
}

int
main(int argc, char **argv)
{
	uint64_t	 seed, first = 1, n = 4000;
	bool		 good = true;

	if (argc > 1)
		first = strtoull(argv[1], NULL, 10), n = 1;
	if (getenv("SEED") != NULL)
		first = strtoull(getenv("SEED"), NULL, 10);
	if (getenv("RUNS") != NULL)
		n = strtoull(getenv("RUNS"), NULL, 10);
	for (seed = first; good && seed < first + n; seed++)
		good = one_run(seed);
	ok(good, "random streams look the same in libvterm (seed %" PRIu64
	    " and on)", first);
	return (done_testing());
}
#endif
