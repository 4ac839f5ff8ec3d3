/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/* Grids survive being written against any other grid. */

#include "base/rng.h"
#include "view/gridmsg.h"

#include "test-view-util.h"

static struct rng_seeded	 rng;
static uint8_t			 buf[65536];

static uint32_t
below(uint32_t n)
{
	return ((uint32_t)rng_below(&rng.rng, n));
}

static void
grid_size(struct gridstate *g, int cols, int rows)
{
	int	 y;

	g->id = xreallocarray(g->id, rows, sizeof *g->id);
	for (y = g->rows; y < rows; y++)
		g->id[y] = 0;
	g->cols = cols;
	g->rows = rows;
	g->cx = g->cx < cols ? g->cx : cols - 1;
	g->cy = g->cy < rows ? g->cy : rows - 1;
}

static void
grid_copy(struct gridstate *to, const struct gridstate *g)
{
	free(to->id);
	*to = *g;
	to->id = g->rows == 0 ? NULL : xmemdup(g->id, g->rows * sizeof *g->id);
}

static void
mutate(struct gridstate *g, uint32_t *next)
{
	uint32_t	 n;
	int		 y;

	switch (below(14)) {
	case 0:
		grid_size(g, 1 + below(200), 1 + below(60));
		break;
	case 1:
		g->cx = below(g->cols);
		g->cy = below(g->rows);
		break;
	case 2:
		n = below(g->rows);
		memmove(g->id, g->id + n, (g->rows - n) * sizeof *g->id);
		for (y = g->rows - n; y < g->rows; y++)
			g->id[y] = ++*next;
		g->top += n;
		break;
	case 3:
		for (y = below(g->rows); y < g->rows; y++)
			g->id[y] = below(3) ? 0 : 1 + below(*next);
		break;
	case 4:
		g->modes = below(UINT32_MAX);
		break;
	case 5:
		g->echo.accepted += below(1000);
		g->echo.settled = g->echo.accepted - below(2);
		if (g->echo.settled > g->echo.accepted)
			g->echo.settled = g->echo.accepted;
		break;
	case 6:
		g->echo.tty = below(UINT32_MAX) & VIEW_TTY_ALL;
		break;
	case 7:
		g->cursor_shape = below(4);
		g->cursor_colour = below(2) ? colour_index(below(256)) : 0;
		break;
	case 8:
		g->kitty_flags = below(32);
		g->modify_other = below(3);
		break;
	case 9:
		g->fg = below(2) ? COLOUR_RGB | below(1 << 24) : 0;
		g->bg = below(2) ? colour_index(below(256)) : 0;
		break;
	case 10:
		g->epoch++;
		g->top = below(50);
		break;
	case 11:
		g->echo.chars[below(VIEW_CHARS)] = below(256);
		break;
	default:
		*next += below(3);
		g->id[below(g->rows)] = ++*next;
		break;
	}
}

static bool
survives(const struct gridstate *g, const struct gridstate *base)
{
	struct gridmsg_head	 head;
	struct gridstate	 got;
	struct writer		 w;
	struct reader		 r;
	bool			 good;

	writer_init(&w, buf, sizeof buf);
	gridmsg_write(&w, 16, 70000, base == NULL ? 0 : 69990, base, g);
	reader_init(&r, buf, writer_len(&w));
	gridmsg_read_head(&r, &head);
	gridstate_init(&got);
	good = writer_ok(&w) && head.surface == 16 &&
	    head.back == (base == NULL ? 0 : 10) &&
	    gridmsg_version(head.version, 69000) == 70000 &&
	    gridmsg_read(&r, base, &got) && reader_left(&r) == 0 &&
	    gridstate_same(&got, g);
	gridstate_fini(&got);
	/* Without the base it can be read over. */
	reader_init(&r, buf, writer_len(&w));
	gridmsg_read_head(&r, &head);
	return (good && gridmsg_read(&r, NULL, NULL) && reader_left(&r) == 0);
}

static void
random_grids(void)
{
	struct gridstate	 a, b;
	uint32_t		 next = 0;
	int			 i, k;

	gridstate_init(&a);
	gridstate_init(&b);
	grid_size(&a, 80, 24);
	for (i = 0; i < 20000; i++) {
		grid_copy(&b, &a);
		for (k = below(5); k >= 0; k--)
			mutate(&a, &next);
		if (!survives(&a, &b) || !survives(&a, NULL) ||
		    !survives(&b, &a))
			break;
	}
	is_int(i, 20000, "random grids are read as they were written");
	gridstate_fini(&a);
	gridstate_fini(&b);
}

static size_t
write_grid(const struct gridstate *g, const struct gridstate *base)
{
	struct writer	 w;

	writer_init(&w, buf, sizeof buf);
	gridmsg_write(&w, 16, 0x10203, base == NULL ? 0 : 0x10202, base, g);
	return (writer_len(&w));
}

static bool
refused(const char *hex, const struct gridstate *base)
{
	struct gridstate	 got;
	struct gridmsg_head	 head;
	struct reader		 r;
	uint8_t			 bytes[200];
	bool			 good;

	gridstate_init(&got);
	reader_init(&r, bytes, test_hex(hex, bytes, sizeof bytes));
	gridmsg_read_head(&r, &head);
	good = !gridmsg_read(&r, base, &got);
	gridstate_fini(&got);
	return (good);
}

static void
golden(void)
{
	struct gridstate	 a, b;
	int			 y;

	struct writer		 w;

	/* The example in protocol(7). */
	gridstate_init(&a);
	gridstate_init(&b);
	grid_size(&b, 80, 24);
	b.id[3] = 102;
	b.cx = 5;
	b.cy = 3;
	grid_copy(&a, &b);
	a.id[3] = 103;
	a.cx = 6;
	a.echo.accepted = a.echo.settled = 6;
	writer_init(&w, buf, sizeof buf);
	gridmsg_write(&w, 16, 516, 515, &b, &a);
	test_golden(buf, writer_len(&w), "10 02 04 01 07 01 1c 02 06 03 0c 00",
	    "the example of the manual");
	gridstate_fini(&a);
	gridstate_fini(&b);

	gridstate_init(&a);
	gridstate_init(&b);
	grid_size(&a, 80, 24);
	for (y = 0; y < 24; y++)
		a.id[y] = y < 3 ? 100 + y : 0;
	a.cx = 2;
	a.cy = 2;
	a.modes = MODE_CURSOR | MODE_WRAP;
	test_golden(buf, write_grid(&a, NULL),
	    "10 02 03 00"	/* surface, version, no base */
	    "33"		/* runs, cursor, size, modes */
	    "40 50 18"
	    "01 00 01 40 c8"	/* one run: 3 lines from id 100 */
	    "02 02 09", "a whole grid");
	grid_copy(&b, &a);
	a.id[2] = 103;
	a.cx = 3;
	a.echo.accepted = a.echo.settled = 6;
	test_golden(buf, write_grid(&a, &b),
	    "10 02 03 01 07 01 14 02 03 02 0c 00", "one key echoed");
	for (y = 0; y < 24; y++)
		b.id[y] = 100 + y;
	grid_copy(&a, &b);
	for (y = 0; y < 24; y++)
		a.id[y] = 101 + y;
	a.top = 1;
	test_golden(buf, write_grid(&a, &b),
	    "10 02 03 01 09 02"	/* top, runs: two */
	    "01 15 02"		/* 23 lines from one further down */
	    "04 02 02", "a scroll is two runs, however tall the screen");
	for (y = 0; y < 24; y++)
		a.id[y] = 0;
	a.top = 0;
	test_golden(buf, write_grid(&a, &b), "10 02 03 01 01 01 02 16",
	    "a clear is one");
	a.fg = colour_index(7);
	a.bg = colour_rgb(0, 0, 1);
	a.cursor_shape = 2;
	a.kitty_flags = 1;
	a.epoch = 5;
	a.echo.tty = VIEW_TTY_KNOWN;
	a.echo.chars[0] = 8;
	test_golden(buf, write_grid(&a, &b),
	    "10 02 03 01 c1 1f 01 02 16 20 02 00 01 00 01 07 01 41 01 05 "
	    "08 17 15 04 03 1c 1a 16 12", "what is rare has its own fields");

	ok(refused("00 02 03 00 10 40 50 18", NULL), "no surface 0");
	ok(refused("10 02 03 00 00", NULL), "a grid has a size");
	ok(refused("10 02 03 00 11 05 05 01 05 02", NULL),
	    "no moves without a base");
	ok(refused("10 02 03 01 01 01 01 15 2f", &b), "nor from beyond it");
	ok(refused("10 02 03 01 01 01 02 30", &b), "no line beyond the last");
	ok(refused("10 02 03 01 02 10 60", &b), "nor a cursor there");
	ok(refused("10 02 03 01 01 01 04 c0 00 00 02 00 00 00 00", &b),
	    "ids have 32 bits");
	ok(refused("10 02 03 01 04 02 02", &b),
	    "settled is not more than accepted");
	is_int(gridmsg_version(2, 65535), 65538, "versions go on");
	is_int(gridmsg_version(65535, 65538), 65535, "and may be older");
	is_int(gridmsg_version(7, 0), 65543, "the first is anything");
	gridstate_fini(&a);
	gridstate_fini(&b);
}

int
main(void)
{
	rng_seeded_init(&rng, 3);
	golden();
	random_grids();
	return (done_testing());
}
