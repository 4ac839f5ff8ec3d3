/* SPDX-License-Identifier: ISC */

/*
 * gridmsg.c - the frame GRID; its bytes are in protocol(7).
 *
 * Lines that a run does not name show what they show in the base (blank, if
 * the base has not so many).  Of a version only the low 16 bits travel: all
 * surfaces of a connection share one counter, and a packet that is late by
 * more than the replay window is dropped before it gets here, long before
 * 2^15 grids were sent.  Where a receiver begins to count is its own affair,
 * for versions are only compared, and a base is named by its distance.
 */

#include "view/gridmsg.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "view/rowop.h"
#include "wire/messages.h"

/* fields */
#define GRID_RUNS	0x01
#define GRID_CURSOR	0x02
#define GRID_INPUT	0x04	/* accepted, settled */
#define GRID_TOP	0x08
#define GRID_SIZE	0x10
#define GRID_MODES	0x20
#define GRID_TTY	0x40
#define GRID_MORE	0x80	/* a second byte of fields */
/* second byte */
#define GRID_SHAPE	0x0100
#define GRID_KEYS	0x0200
#define GRID_COLOURS	0x0400
#define GRID_EPOCH	0x0800
#define GRID_CHARS	0x1000
#define GRID_MORE_ALL	0x1f

/* kinds of runs */
#define RUN_NEW		0	/* consecutive ids */
#define RUN_MOVE	1	/* lines of the base */
#define RUN_BLANK	2
#define RUN_KIND	3
#define RUN_ONE		4	/* one line; else a count follows */
#define RUN_SHIFT	3

void
gridstate_init(struct gridstate *g)
{
	memset(g, 0, sizeof *g);
	view_echo_init(&g->echo);
}

void
gridstate_fini(struct gridstate *g)
{
	free(g->id);
	g->id = NULL;
	g->rows = 0;
}

void
gridstate_set(struct gridstate *g, const struct snap *s,
    const struct view_echo *echo)
{
	int	 y;

	if (g->rows != s->rows || g->id == NULL)
		g->id = xreallocarray(g->id, s->rows, sizeof *g->id);
	g->cols = s->cols;
	g->rows = s->rows;
	g->cx = s->cx < s->cols ? s->cx : s->cols - 1;
	g->cy = s->cy < s->rows ? s->cy : s->rows - 1;
	g->cursor_shape = s->cursor_shape;
	g->kitty_flags = s->kitty_flags;
	g->modify_other = s->modify_other;
	g->cursor_colour = s->cursor_colour;
	g->modes = s->modes;
	g->fg = s->fg;
	g->bg = s->bg;
	g->epoch = s->epoch;
	g->top = s->top;
	g->echo = *echo;
	for (y = 0; y < s->rows; y++)
		g->id[y] = rowop_blank(s->row[y]) ? 0 : s->row[y]->id;
}

void
gridstate_snap(const struct gridstate *g, struct snap *s)
{
	s->cx = g->cx;
	s->cy = g->cy;
	s->cursor_shape = g->cursor_shape;
	s->kitty_flags = g->kitty_flags;
	s->modify_other = g->modify_other;
	s->cursor_colour = g->cursor_colour;
	s->modes = g->modes;
	s->fg = g->fg;
	s->bg = g->bg;
	s->epoch = g->epoch;
	s->top = g->top;
}

bool
gridstate_same(const struct gridstate *a, const struct gridstate *b)
{
	return (a->cols == b->cols && a->rows == b->rows && a->cx == b->cx &&
	    a->cy == b->cy && a->cursor_shape == b->cursor_shape &&
	    a->kitty_flags == b->kitty_flags &&
	    a->modify_other == b->modify_other &&
	    a->cursor_colour == b->cursor_colour && a->modes == b->modes &&
	    a->fg == b->fg && a->bg == b->bg && a->epoch == b->epoch &&
	    a->top == b->top && view_echo_same(&a->echo, &b->echo) &&
	    (a->rows == 0 ||
	    memcmp(a->id, b->id, a->rows * sizeof *a->id) == 0));
}

/* --- writing ----------------------------------------------------------- */

static unsigned
fields_of(const struct gridstate *b, const struct gridstate *g)
{
	unsigned	 f = 0;

	if (g->cx != b->cx || g->cy != b->cy)
		f |= GRID_CURSOR;
	if (g->echo.accepted != b->echo.accepted ||
	    g->echo.settled != b->echo.settled)
		f |= GRID_INPUT;
	if (g->top != b->top)
		f |= GRID_TOP;
	if (g->cols != b->cols || g->rows != b->rows)
		f |= GRID_SIZE;
	if (g->modes != b->modes)
		f |= GRID_MODES;
	if (g->echo.tty != b->echo.tty)
		f |= GRID_TTY;
	if (g->cursor_shape != b->cursor_shape ||
	    g->cursor_colour != b->cursor_colour)
		f |= GRID_SHAPE;
	if (g->kitty_flags != b->kitty_flags ||
	    g->modify_other != b->modify_other)
		f |= GRID_KEYS;
	if (g->fg != b->fg || g->bg != b->bg)
		f |= GRID_COLOURS;
	if (g->epoch != b->epoch)
		f |= GRID_EPOCH;
	if (memcmp(g->echo.chars, b->echo.chars, sizeof g->echo.chars) != 0)
		f |= GRID_CHARS;
	return (f);
}

/* Where in the base a row is: a small hash of lines by id. */
struct lines {
	const struct gridstate	*g;
	uint16_t		*slot;		/* 1 + line; 0 free */
	uint32_t		 mask;
};

static void
lines_init(struct lines *l, const struct gridstate *g)
{
	uint32_t	 h, n = 16;
	int		 y;

	while (n < 2u * g->rows)
		n *= 2;
	l->g = g;
	l->mask = n - 1;
	l->slot = xcalloc(n, sizeof *l->slot);
	for (y = g->rows - 1; y >= 0; y--) {
		h = (g->id[y] * 0x9e3779b1u >> 8) & l->mask;
		while (l->slot[h] != 0)
			h = (h + 1) & l->mask;
		l->slot[h] = 1 + y;
	}
}

static int
lines_find(const struct lines *l, uint32_t id)
{
	uint32_t	 h = (id * 0x9e3779b1u >> 8) & l->mask;

	while (l->slot[h] != 0 && l->g->id[l->slot[h] - 1] != id)
		h = (h + 1) & l->mask;
	return (l->slot[h] - 1);
}

static uint32_t
id_at(const struct gridstate *g, int y)
{
	return (y < g->rows ? g->id[y] : 0);
}

static uint32_t
id_max(const struct gridstate *g)
{
	uint32_t	 max = 0;
	int		 y;

	for (y = 0; y < g->rows; y++) {
		if (g->id[y] > max)
			max = g->id[y];
	}
	return (max);
}

/*
 * Write the runs, or with w NULL only count them.  last is the place of the
 * line before in the base: the next one is likely to follow it.
 */
static unsigned
write_runs(struct writer *w, const struct lines *l, const struct gridstate *b,
    const struct gridstate *g)
{
	uint32_t	 anchor = id_max(b);
	unsigned	 runs = 0, kind;
	int		 y, n, src, pos = 0;

	for (y = 0; y < g->rows; y += n) {
		n = 1;
		src = -1;
		if (g->id[y] == id_at(b, y))
			continue;
		if (g->id[y] == 0) {
			kind = RUN_BLANK;
			while (y + n < g->rows && g->id[y + n] == 0)
				n++;
		} else if ((src = lines_find(l, g->id[y])) >= 0) {
			kind = RUN_MOVE;
			while (y + n < g->rows && src + n < b->rows &&
			    g->id[y + n] == b->id[src + n])
				n++;
		} else {
			kind = RUN_NEW;
			while (y + n < g->rows &&
			    g->id[y + n] == g->id[y] + n &&
			    g->id[y + n] != id_at(b, y + n))
				n++;
		}
		runs++;
		if (w == NULL)
			continue;
		writer_varint(w, (uint64_t)(y - pos) << RUN_SHIFT |
		    (n == 1 ? RUN_ONE : 0) | kind);
		if (n > 1)
			writer_varint(w, n - 2);
		if (kind == RUN_MOVE)
			writer_svarint(w, src - y);
		else if (kind == RUN_NEW) {
			writer_svarint(w, (int64_t)g->id[y] - anchor);
			anchor = g->id[y] + n - 1;
		}
		pos = y + n;
	}
	return (runs);
}

/* 0 for the default, else 1 + the colour. */
static void
write_colour(struct writer *w, uint32_t c)
{
	if (c == COLOUR_DEFAULT)
		writer_u8(w, 0);
	else {
		writer_u8(w, 1);
		rowop_write_colour(w, c);
	}
}

void
gridmsg_write(struct writer *w, uint32_t surface, uint64_t version,
    uint64_t base_version, const struct gridstate *base,
    const struct gridstate *g)
{
	struct gridstate	 none;
	struct lines		 l;
	unsigned		 f, runs;

	gridstate_init(&none);
	if (base == NULL) {
		base = &none;
		base_version = 0;
	}
	lines_init(&l, base);
	f = fields_of(base, g);
	if ((runs = write_runs(NULL, &l, base, g)) != 0)
		f |= GRID_RUNS;
	if (f > 0xff)
		f |= GRID_MORE;

	writer_varint(w, surface);
	writer_u16(w, (uint16_t)version);
	writer_varint(w, base_version == 0 ? 0 : version - base_version);
	writer_u8(w, f & 0xff);
	if (f & GRID_MORE)
		writer_u8(w, f >> 8);
	if (f & GRID_SIZE) {
		writer_varint(w, g->cols);
		writer_varint(w, g->rows);
	}
	if (f & GRID_RUNS) {
		writer_varint(w, runs);
		write_runs(w, &l, base, g);
	}
	if (f & GRID_CURSOR) {
		writer_varint(w, g->cx);
		writer_varint(w, g->cy);
	}
	if (f & GRID_INPUT) {
		writer_svarint(w, (int64_t)(g->echo.accepted -
		    base->echo.accepted));
		writer_varint(w, g->echo.accepted - g->echo.settled);
	}
	if (f & GRID_TOP)
		writer_svarint(w, (int64_t)(g->top - base->top));
	if (f & GRID_MODES)
		writer_varint(w, g->modes);
	if (f & GRID_TTY)
		writer_varint(w, g->echo.tty);
	if (f & GRID_SHAPE) {
		writer_u8(w, g->cursor_shape);
		write_colour(w, g->cursor_colour);
	}
	if (f & GRID_KEYS) {
		writer_u8(w, g->kitty_flags);
		writer_u8(w, g->modify_other);
	}
	if (f & GRID_COLOURS) {
		write_colour(w, g->fg);
		write_colour(w, g->bg);
	}
	if (f & GRID_EPOCH)
		writer_varint(w, g->epoch);
	if (f & GRID_CHARS)
		writer_bytes(w, g->echo.chars, sizeof g->echo.chars);
	free(l.slot);
}

/* --- reading ----------------------------------------------------------- */

uint64_t
gridmsg_version(uint16_t low, uint64_t newest)
{
	int64_t	 v;

	if (newest == 0)
		return (65536 + (uint64_t)low);
	v = (int64_t)newest + (int16_t)(uint16_t)(low - (uint16_t)newest);
	return (v > 0 ? (uint64_t)v : 0);
}

void
gridmsg_read_head(struct reader *r, struct gridmsg_head *h)
{
	h->surface = reader_varint_max(r, UINT32_MAX);
	h->version = reader_u16(r);
	h->back = reader_varint_max(r, 32767);
	if (h->surface == 0)
		reader_fail(r);
}

static uint32_t
read_colour(struct reader *r)
{
	uint8_t	 there = reader_u8(r);

	if (there > 1)
		reader_fail(r);
	return (there == 1 ? rowop_read_colour(r) : COLOUR_DEFAULT);
}

/* g->rows and g->id are set; known: the base is, so check against it. */
static void
read_runs(struct reader *r, const struct gridstate *b, bool known,
    struct gridstate *g)
{
	uint64_t	 head, count, n, i;
	uint64_t	 pos = 0, max;
	int64_t		 v, anchor = id_max(b);

	max = known ? g->rows : VIEW_ROWS_MAX;
	count = reader_varint_max(r, max);
	while (count-- > 0 && reader_ok(r)) {
		head = reader_varint_max(r, (uint64_t)VIEW_ROWS_MAX << 4);
		n = (head & RUN_ONE) ? 1 : 2 + reader_varint_max(r, max);
		pos += head >> RUN_SHIFT;
		if (pos + n > max) {
			reader_fail(r);
			return;
		}
		switch (head & RUN_KIND) {
		case RUN_NEW:
			v = anchor + reader_svarint(r);
			if (known && (v < 1 || v + (int64_t)n - 1 > UINT32_MAX))
				reader_fail(r);
			if (!reader_ok(r))
				return;
			for (i = 0; i < n && known; i++)
				g->id[pos + i] = (uint32_t)(v + (int64_t)i);
			anchor = known ? v + (int64_t)n - 1 : 0;
			break;
		case RUN_MOVE:
			v = (int64_t)pos + reader_svarint(r);
			if (known && (v < 0 || v + (int64_t)n > b->rows))
				reader_fail(r);
			if (!reader_ok(r))
				return;
			for (i = 0; i < n && known; i++)
				g->id[pos + i] = b->id[v + (int64_t)i];
			break;
		case RUN_BLANK:
			for (i = 0; i < n && known; i++)
				g->id[pos + i] = 0;
			break;
		default:
			reader_fail(r);
			return;
		}
		pos += n;
	}
}

static void
read_size(struct reader *r, const struct gridstate *b, unsigned f,
    struct gridstate *g)
{
	g->cols = b->cols;
	g->rows = b->rows;
	if (f & GRID_SIZE) {
		g->cols = reader_varint_max(r, ROW_CELLS_MAX);
		g->rows = reader_varint_max(r, VIEW_ROWS_MAX);
	}
}

bool
gridmsg_read(struct reader *r, const struct gridstate *base,
    struct gridstate *out)
{
	struct gridstate	 none, over, *g = out == NULL ? &over : out;
	const struct gridstate	*b = base;
	bool			 known = out != NULL;
	unsigned		 f;
	int			 y;

	gridstate_init(&none);
	gridstate_init(&over);
	if (b == NULL)
		b = &none;
	f = reader_u8(r);
	if (f & GRID_MORE)
		f |= (unsigned)reader_u8(r) << 8;
	if (f >> 8 > GRID_MORE_ALL)
		reader_fail(r);
	free(g->id);
	*g = *b;
	g->id = NULL;
	read_size(r, b, f, g);
	if (known && (g->cols == 0 || g->rows == 0))
		reader_fail(r);
	if (!reader_ok(r))
		goto bad;
	if (known) {
		g->id = xcalloc(g->rows, sizeof *g->id);
		for (y = 0; y < g->rows; y++)
			g->id[y] = id_at(b, y);
	}
	if (f & GRID_RUNS)
		read_runs(r, b, known, g);
	if (f & GRID_CURSOR) {
		g->cx = reader_varint_max(r, ROW_CELLS_MAX - 1);
		g->cy = reader_varint_max(r, VIEW_ROWS_MAX - 1);
	}
	if (f & GRID_INPUT) {
		g->echo.accepted += (uint64_t)reader_svarint(r);
		g->echo.settled = g->echo.accepted -
		    reader_varint_max(r, VARINT_MAX);
	}
	if (f & GRID_TOP)
		g->top += (uint64_t)reader_svarint(r);
	if (f & GRID_MODES)
		g->modes = reader_varint_max(r, UINT32_MAX);
	if (f & GRID_TTY)
		g->echo.tty = (uint32_t)reader_varint_max(r, VIEW_TTY_ALL) &
		    VIEW_TTY_ALL;
	if (f & GRID_SHAPE) {
		g->cursor_shape = reader_u8(r);
		g->cursor_colour = read_colour(r);
	}
	if (f & GRID_KEYS) {
		g->kitty_flags = reader_u8(r);
		g->modify_other = reader_u8(r);
	}
	if (f & GRID_COLOURS) {
		g->fg = read_colour(r);
		g->bg = read_colour(r);
	}
	if (f & GRID_EPOCH)
		g->epoch = reader_varint_max(r, UINT32_MAX);
	if (f & GRID_CHARS) {
		const uint8_t	*p = reader_bytes(r, sizeof g->echo.chars);

		if (p != NULL)
			memcpy(g->echo.chars, p, sizeof g->echo.chars);
	}
	if (known && (g->cx >= g->cols || g->cy >= g->rows ||
	    g->cursor_shape > CURSOR_BAR || g->modify_other > 2 ||
	    g->echo.settled > g->echo.accepted ||
	    g->echo.accepted > VARINT_MAX || g->top > VARINT_MAX / 2))
		reader_fail(r);
	if (reader_ok(r))
		return (true);
bad:
	gridstate_fini(g);
	return (false);
}
