/* SPDX-License-Identifier: ISC */

/*
 * layout.c - the places of a view as bytes.
 *
 *	cols rows focus count, then for each place, lowest first:
 *	surface x y w h flags [ox oy] [fg] [bg]
 *
 * All varints, x and y zigzag; the optional ones as flags say.
 */

#include "view/layout.h"

#include "view/rowop.h"
#include "wire/messages.h"

/* On the wire only, above those of view.h. */
#define PLACE_OFFSET	0x08
#define PLACE_FG	0x10
#define PLACE_BG	0x20
#define PLACE_ALL	(VIEW_PLACE_WIRE | PLACE_OFFSET | PLACE_FG | PLACE_BG)

static void
place_write(struct writer *w, const struct view_place *p)
{
	unsigned	 f = p->flags & VIEW_PLACE_WIRE;

	f |= p->ox != 0 || p->oy != 0 ? PLACE_OFFSET : 0;
	f |= p->fg != COLOUR_DEFAULT ? PLACE_FG : 0;
	f |= p->bg != COLOUR_DEFAULT ? PLACE_BG : 0;
	writer_varint(w, p->surface);
	writer_svarint(w, p->x);
	writer_svarint(w, p->y);
	writer_varint(w, p->w);
	writer_varint(w, p->h);
	writer_u8(w, f);
	if (f & PLACE_OFFSET) {
		writer_varint(w, p->ox);
		writer_varint(w, p->oy);
	}
	if (f & PLACE_FG)
		rowop_write_colour(w, p->fg);
	if (f & PLACE_BG)
		rowop_write_colour(w, p->bg);
}

void
layout_write(struct writer *w, const struct view *v)
{
	unsigned	 n = 0;
	int		 i;

	for (i = 0; i < v->nplaces; i++)
		n += (v->places[i].flags & VIEW_PLACE_HIDDEN) ? 0 : 1;
	writer_varint(w, v->cols);
	writer_varint(w, v->rows);
	writer_varint(w, v->focus);
	writer_varint(w, n);
	for (i = 0; i < v->nplaces; i++) {
		if (!(v->places[i].flags & VIEW_PLACE_HIDDEN))
			place_write(w, &v->places[i]);
	}
}

static int
read_position(struct reader *r)
{
	int64_t	 v = reader_svarint(r);

	if (v < INT16_MIN || v > INT16_MAX)
		reader_fail(r);
	return (reader_ok(r) ? (int)v : 0);
}

static void
place_read(struct reader *r, struct view_place *p)
{
	unsigned	 f;

	*p = (struct view_place){ 0 };
	p->surface = reader_varint_max(r, UINT32_MAX);
	p->x = read_position(r);
	p->y = read_position(r);
	p->w = reader_varint_max(r, ROW_CELLS_MAX);
	p->h = reader_varint_max(r, VIEW_ROWS_MAX);
	f = reader_u8(r);
	if (p->surface == 0 || (f & ~(unsigned)PLACE_ALL) != 0)
		reader_fail(r);
	p->flags = f & VIEW_PLACE_WIRE;
	if (f & PLACE_OFFSET) {
		p->ox = reader_varint_max(r, ROW_CELLS_MAX);
		p->oy = reader_varint_max(r, VIEW_ROWS_MAX);
	}
	if (f & PLACE_FG)
		p->fg = rowop_read_colour(r);
	if (f & PLACE_BG)
		p->bg = rowop_read_colour(r);
}

struct view *
layout_read(struct reader *r)
{
	struct view_place	 p;
	struct view		*v;
	uint64_t		 cols, rows, n;

	cols = reader_varint_max(r, ROW_CELLS_MAX);
	rows = reader_varint_max(r, VIEW_ROWS_MAX);
	v = view_new((int)cols, (int)rows);
	v->focus = reader_varint_max(r, UINT32_MAX);
	for (n = reader_varint_max(r, VIEW_PLACES_MAX); n > 0; n--) {
		place_read(r, &p);
		if (!reader_ok(r))
			break;
		view_add(v, &p);
	}
	if (!reader_ok(r) || reader_left(r) != 0) {
		view_unref(v);
		return (NULL);
	}
	return (v);
}
