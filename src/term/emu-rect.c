/* SPDX-License-Identifier: ISC */

/*
 * emu-rect.c - rectangles, selective erasure, columns.
 *
 * VT420 and VT510, "Rectangular area processing".  Coordinates count from 1,
 * relative to the margins in origin mode; what lies outside is cut off.  Cost is
 * bounded by the screen, whatever the numbers.
 */

#include "term/emu-int.h"

struct rect {
	int	 x0, y0, x1, y1;	/* inclusive, 0-based */
};

/* Four parameters from index i; false if there is nothing inside. */
static bool
rect_get(const struct emu *e, const struct parse_seq *s, int i, struct rect *r)
{
	bool	 origin = (e->modes & MODE_ORIGIN) != 0;
	int	 ox = origin ? e->left : 0, oy = origin ? e->top : 0;
	int	 lx = origin ? e->right : e->cols - 1;
	int	 ly = origin ? e->bottom : e->rows - 1;

	r->y0 = seq_param(s, i, 1) - 1 + oy;
	r->x0 = seq_param(s, i + 1, 1) - 1 + ox;
	r->y1 = seq_param(s, i + 2, ly - oy + 1) - 1 + oy;
	r->x1 = seq_param(s, i + 3, lx - ox + 1) - 1 + ox;
	if (r->x1 > lx)
		r->x1 = lx;
	if (r->y1 > ly)
		r->y1 = ly;
	return (r->x0 <= r->x1 && r->y0 <= r->y1);
}

void
emu_erase_selective(struct emu *e, int x0, int y0, int x1, int y1)
{
	struct row	*r;
	int		 x, y;

	for (y = y0; y <= y1; y++) {
		r = grid_write(e->g, y);
		for (x = x0; x <= x1 && x < r->used; x++) {
			if (r->cells[x].attr & ATTR_PROTECTED)
				continue;
			row_clear(r, x, 1, e->pen.bg);
		}
	}
}

static void
fill(struct emu *e, const struct rect *q, int ch)
{
	struct cell	 c = e->pen;
	int		 x, y;

	if (!((ch >= 0x20 && ch < 0x7f) || (ch >= 0xa0 && ch <= 0xff)))
		return;
	c.ch = (uint32_t)ch;
	for (y = q->y0; y <= q->y1; y++) {
		struct row	*r = grid_write(e->g, y);

		for (x = q->x0; x <= q->x1; x++)
			row_put(r, x, &c, e->has_rare ? &e->rare : NULL);
	}
}

static void
erase_rect(struct emu *e, const struct rect *q)
{
	int	 y;

	for (y = q->y0; y <= q->y1; y++)
		row_clear(grid_write(e->g, y), q->x0, q->x1 - q->x0 + 1,
		    e->pen.bg);
}

/* Line by line in the order that suits the overlap. */
static void
copy(struct emu *e, const struct parse_seq *s, const struct rect *q)
{
	bool	 origin = (e->modes & MODE_ORIGIN) != 0;
	int	 dy = seq_param(s, 5, 1) - 1 + (origin ? e->top : 0);
	int	 dx = seq_param(s, 6, 1) - 1 + (origin ? e->left : 0);
	int	 h = q->y1 - q->y0 + 1, w = q->x1 - q->x0 + 1, i, y;
	int	 lx = origin ? e->right : e->cols - 1;
	int	 ly = origin ? e->bottom : e->rows - 1;

	if (dx > lx || dy > ly)
		return;
	if (w > lx - dx + 1)
		w = lx - dx + 1;
	if (h > ly - dy + 1)
		h = ly - dy + 1;
	for (i = 0; i < h; i++) {
		struct row	*to;

		y = dy > q->y0 ? h - 1 - i : i;
		to = grid_write(e->g, dy + y);	/* may replace the source */
		row_copy_cells(to, dx, grid_row(e->g, q->y0 + y), q->x0, w);
	}
}

/* DECCARA and DECRARA: a rectangle, or the stream of cells between corners. */
static void
change_attrs(struct emu *e, const struct parse_seq *s, const struct rect *q)
{
	bool	 extent = !(e->priv & PRIV_RECT_EXTENT);
	bool	 origin = (e->modes & MODE_ORIGIN) != 0;
	int	 first = origin ? e->left : 0;
	int	 last = origin ? e->right : e->cols - 1;
	int	 x, y, from, to;

	for (y = q->y0; y <= q->y1; y++) {
		struct row	*r = grid_write(e->g, y);

		from = extent && y != q->y0 ? first : q->x0;
		to = extent && y != q->y1 ? last : q->x1;
		for (x = from; x <= to; x++) {
			if (x >= r->used)
				r->used = x + 1;
			emu_sgr_attrs(s, 4, s->final == 't', &r->cells[x]);
		}
	}
}

/* What one cell adds, beside what may be said of its character. */
static uint32_t
checksum_attrs(const struct cell *c)
{
	uint32_t	 sum = 0;

	if ((c->attr & ATTR_UL_MASK) != 0 &&
	    (c->attr & ATTR_UL_MASK) != ATTR_UL_DOUBLE)
		sum += 0x10;
	if (c->attr & ATTR_REVERSE)
		sum += 0x20;
	if (c->attr & ATTR_BLINK)
		sum += 0x40;
	if (c->attr & ATTR_BOLD)
		sum += 0x80;
	return (sum);
}

/*
 * DECRQCRA: xterm's sum of characters and renditions, negated, as XTCHECKSUM
 * says.  What was never written counts only where it comes first.  It tells
 * a program what it wrote itself, one cell at a time at most, so it is
 * answered.
 */
static void
checksum(struct emu *e, const struct parse_seq *s)
{
	int		 how = e->checksum;
	struct rect	 q;
	uint32_t	 sum = 0, ch;
	int		 x, y;
	bool		 first = true, drawn;

	if (rect_get(e, s, 2, &q)) {
		for (y = q.y0; y <= q.y1; y++) {
			const struct row	*r = grid_row(e->g, y);

			for (x = q.x0; x <= q.x1; x++, first = false) {
				const struct cell *c = &r->cells[x];

				drawn = c->ch != 0;
				if (!drawn && ((how & SUM_DRAWN) ||
				    !(first || (how & SUM_BLANKS))))
					continue;
				ch = (c->ch & CELL_TAIL) ? 0xffff : cell_cp(c);
				if (!drawn || (c->attr & ATTR_HIDDEN))
					ch = ' ';
				sum += (how & SUM_WHOLE) ? ch : ch & 0xff;
				if (!(how & SUM_NO_ATTRS))
					sum += checksum_attrs(c);
			}
		}
	}
	if (!(how & SUM_POSITIVE))
		sum = 0x10000 - (sum & 0xffff);
	emu_reply(e, "\033P%d!~%04X\033\\", seq_param(s, 0, 0),
	    (unsigned)sum & 0xffff);
}

/* XTREPORTSGR: what the renditions of a rectangle have in common. */
static void
common_sgr(struct emu *e, const struct rect *q)
{
	const struct cell_ext	*ext;
	struct cell		 all = { 0 };
	uint32_t		 us = COLOUR_DEFAULT, u;
	bool			 first = true;
	int			 x, y;

	for (y = q->y0; y <= q->y1; y++) {
		const struct row	*r = grid_row(e->g, y);

		for (x = q->x0; x <= q->x1; x++, first = false) {
			const struct cell	*c = &r->cells[x];

			ext = row_ext(r, c);
			u = ext == NULL ? COLOUR_DEFAULT : ext->us;
			if (first) {
				all = *c;
				us = u;
			}
			if (((all.attr ^ c->attr) & ATTR_UL_MASK) != 0)
				all.attr &= ~ATTR_UL_MASK;
			all.attr &= c->attr | ATTR_UL_MASK;
			if (all.fg != c->fg)
				all.fg = COLOUR_DEFAULT;
			if (all.bg != c->bg)
				all.bg = COLOUR_DEFAULT;
			if (us != u)
				us = COLOUR_DEFAULT;
		}
	}
	emu_sgr_reply(e, &all, us);
}

void
emu_rect(struct emu *e, const struct parse_seq *s)
{
	struct rect	 q;

	if (s->final == 'y') {
		checksum(e, s);
		return;
	}
	if (s->final == 'x') {
		if (rect_get(e, s, 1, &q))
			fill(e, &q, seq_param(s, 0, ' '));
		return;
	}
	if (!rect_get(e, s, 0, &q)) {
		if (s->final == '|')		/* nothing, but answered */
			emu_sgr_reply(e, &(struct cell){ 0 }, COLOUR_DEFAULT);
		return;
	}
	switch (s->final) {
	case 'r':
	case 't':
		change_attrs(e, s, &q);
		break;
	case 'v':
		copy(e, s, &q);
		break;
	case '|':
		common_sgr(e, &q);
		break;
	case 'z':
		erase_rect(e, &q);
		break;
	case '{':
		emu_erase_selective(e, q.x0, q.y0, q.x1, q.y1);
		break;
	}
}

/* SL, SR (whole region), DECIC, DECDC (from the cursor's column). */
void
emu_columns(struct emu *e, const struct parse_seq *s)
{
	bool	 insert = s->final == 'A' || s->final == '}';
	int	 n = seq_param(s, 0, 1), y;
	int	 x = s->inter[0] == '\'' ? e->cx : e->left;

	if (e->cx < e->left || e->cx > e->right || e->cy < e->top ||
	    e->cy > e->bottom)
		return;
	for (y = e->top; y <= e->bottom; y++) {
		if (insert)
			emu_insert_cells(e, x, y, n);
		else
			emu_delete_cells(e, x, y, n);
	}
}
