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
#define PIECES_MAX	120

static struct rng_seeded	rng;

static uint32_t
below(uint32_t n)
{
	return ((uint32_t)rng_below(&rng.rng, n));
}

/*
 * BS before what erases: it forgets a pending wrap, as for xterm and us the
 * erasing does.  Left out: REP (libvterm 0.1 lacks it), SD and SU with background, DECSC of
 * a pending wrap, tabs at the margin, IL and DL's column (xterm and we go to
 * the left margin; a CR hides it), DECSTR (it keeps the rendition), DECALN
 * (it does not go home), moving up and down in a region (it does not stop at
 * the margins), wide characters cut in two, BCE, CR and wrapping between margins
 * left and right, and the alternate screen entered twice.
 */
static const char *const pieces[] = {
	"\r\n", "\r\n", "\n\r", "\r", "\b", "a", "bc", "hello", "Hello, world",
	"0123456789", "the quick brown fox jumps", "\033[%A", "\033[%B",
	"\033[%C", "\033[%D", "\033[%E", "\033[%F", "\033[%G", "\033[%d",
	"\033[%;%H", "\033[%;%f", "\033[%`", "\b\033[J", "\b\033[1J",
	"\b\033[2J", "\b\033[K", "\b\033[1K", "\b\033[2K", "\b\033[%@",
	"\b\033[%P", "\b\033[%X", "\033[%L\r", "\033[%M\r", "\b\033[%S",
	"\b\033[%T", "\033D\r", "\033M\r",
	"\033E", "\033[2;6r\033[6;1H\n\nxy\033[r", "\033[3;8r\033[3;2H\033M\r\033[r",
	"\033[2;5r\033[%;1H\033[%L\r\033[r", "\033[2;5r\033[%;1H\033[%M\r\033[r",
	"\033[3;6r\033[%S\033[r", "\033[3;6r\033[%T\033[r",
	"\033[2;5r\033[?6h\033[%;%Hoh\033[?6l\033[r",
	"\r\0337", "\0338", "\033[1m", "\033[0m", "\033[7m", "\033[3%m",
	"\033[4m", "\033[24m", "\033[22;27m", "\033[38;5;%m", "\033[39m",
	"\033[4h", "\033[4l", "\r\t", "\033(0lqqk\033(B", "\xe2\x94\x82",
	"\033[3%m\033[49m", "\b\033[?K", "\b\033[?J", "\b\033[?1K",
	"\b\033[1\"qp\033[0\"q",
	"\033[?69h\033[5;12s\033[2;6H\033[%@\033[?69l\r",
	"\033[?69h\033[5;12s\033[2;6H\033[%P\033[?69l\r",
	"\033[?69h\033[5;12s\033[3;6H\033[%L\033[?69l\r",
	"\033[?69h\033[5;12s\033[3;6H\033[%M\033[?69l\r",
	"\033[?69h\033[5;12s\033[3;6H\033[%'}\033[?69l\r",
	"\033[?69h\033[5;12s\033[3;6H\033[%'~\033[?69l\r",
	"\033[?69h\033[5;12s\033[%S\033[?69l\r",
	"\033[?69h\033[5;12s\033[%T\033[?69l\r", "\033[?69l\r",
	"\033[%j", "\033[%k", "\033)0\x0elqk\x0f", "\033*0\033Nx",
	"\033[9m", "\033[29m", "\033[3m", "\033[23m", "\033[5m\033[25m",
	"\r\033[?1049hzz\033[2;3Hy\033[?1049l", "\033H\r\t", "\033[3g\033[9G\033H\r\t",
	"\xc3\xa9", "\033[?25l", "\033[?25h", "\033[?7l\r", "\033[?7h\r",
};
#define NPIECES	(sizeof pieces / sizeof pieces[0])

/* A stream is a list of pieces, so that one that fails can be made smaller. */
static char	list[PIECES_MAX][64];
static int	nlist;

static void
make_stream(void)
{
	const char	*p;
	char		*out;
	int		 i;

	nlist = 1 + (int)below(PIECES_MAX - 1);
	for (i = 0; i < nlist; i++) {
		out = list[i];
		for (p = pieces[below(NPIECES)]; *p != '\0'; p++) {
			if (*p != '%')
				*out++ = *p;
			else if (below(3) != 0)
				out += sprintf(out, "%u",
				    1 + below(p[1] == 'm' ? 7 : 9));
			else if (p[1] == 'm')
				*out++ = '1';
		}
		*out = '\0';
	}
}

static uint32_t
vterm_cp(VTermScreen *s, int x, int y, VTermScreenCell *cell)
{
	VTermPos	 pos = { .row = y, .col = x };

	vterm_screen_get_cell(s, pos, cell);
	return (cell->chars[0] == 0 ? ' ' : cell->chars[0]);
}

static bool
compare(struct emu *e, VTerm *vt, bool tell)
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
		if (tell)
			diag("cursor %d %d, libvterm's %d %d", s->cx, s->cy,
			    at.col, at.row);
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
			if (!good && tell)
				diag("at %d %d: U+%04X, attr %x; libvterm: "
				    "U+%04X, bold %d reverse %d underline %d",
				    x, y, ours, c->attr, theirs,
				    cell.attrs.bold, cell.attrs.reverse,
				    cell.attrs.underline);
		}
	}
	snap_unref(s);
	return (good);
}

static bool
play(bool tell)
{
	struct emu_config	 cfg = {
		.cols = COLS, .rows = ROWS, .alternate_screen = true
	};
	struct emu	*e = emu_new(&cfg);
	VTerm		*vt = vterm_new(ROWS, COLS);
	bool		 good;
	int		 i;

	vterm_set_utf8(vt, 1);
	vterm_screen_enable_altscreen(vterm_obtain_screen(vt), 1);
	vterm_screen_reset(vterm_obtain_screen(vt), 1);
	for (i = 0; i < nlist; i++) {
		emu_feed(e, (uint8_t *)list[i], strlen(list[i]));
		vterm_input_write(vt, list[i], strlen(list[i]));
		if (tell)
			tap_show("piece", list[i]);
	}
	good = compare(e, vt, tell);
	vterm_free(vt);
	emu_free(e);
	return (good);
}

/* Leave out piece by piece what is not needed to fail. */
static void
shrink(void)
{
	char	 keep[64];
	int	 i;

	for (i = nlist - 1; i >= 0; i--) {
		memcpy(keep, list[i], sizeof keep);
		list[i][0] = '\0';
		if (play(false))
			memcpy(list[i], keep, sizeof keep);
	}
	for (i = 0; i < nlist; i++) {
		if (list[i][0] != '\0')
			continue;
		memmove(&list[i], &list[i + 1],
		    (size_t)(nlist - i - 1) * sizeof list[0]);
		nlist--;
		i--;
	}
	play(true);
}

static bool
one_run(uint64_t seed)
{
	rng_seeded_init(&rng, seed);
	make_stream();
	if (play(false))
		return (true);
	shrink();
	diag("seed %" PRIu64, seed);
	return (false);
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
