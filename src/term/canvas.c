/* SPDX-License-Identifier: ISC */

/*
 * canvas.c - a plain rectangle of rows and a cursor: what a screen should show.
 *
 * Every line is a row of the canvas's width.  A line may be shared (put there
 * by reference, or taken into a snapshot); the first drawing on it makes a
 * private copy, which is row_own()'s work.
 */

#include "term/canvas.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "term/width.h"

static void
rows_new(struct canvas *cv, int cols, int rows)
{
	int	 y;

	must(cols >= 1 && cols <= ROW_COLS_MAX);
	must(rows >= 1 && rows <= UINT16_MAX);
	cv->cols = cols;
	cv->rows = rows;
	cv->row = xreallocarray(NULL, rows, sizeof cv->row[0]);
	for (y = 0; y < rows; y++)
		cv->row[y] = row_new(cols);
	cv->cx = cv->cy = -1;
}

static void
rows_free(struct canvas *cv)
{
	int	 y;

	for (y = 0; y < cv->rows; y++)
		row_unref(cv->row[y]);
	free(cv->row);
}

struct canvas *
canvas_new(int cols, int rows)
{
	struct canvas	*cv = xcalloc(1, sizeof *cv);

	rows_new(cv, cols, rows);
	return (cv);
}

void
canvas_free(struct canvas *cv)
{
	if (cv == NULL)
		return;
	rows_free(cv);
	free(cv);
}

void
canvas_resize(struct canvas *cv, int cols, int rows)
{
	if (cols == cv->cols && rows == cv->rows) {
		canvas_clear(cv);
		return;
	}
	rows_free(cv);
	rows_new(cv, cols, rows);
}

void
canvas_clear(struct canvas *cv)
{
	int	 y;

	for (y = 0; y < cv->rows; y++) {
		struct row	*r = cv->row[y];

		if (r->refs == 1 && r->id == 0) {
			row_wipe(r);
			continue;
		}
		row_unref(r);
		cv->row[y] = row_new(cv->cols);
	}
	cv->cx = cv->cy = -1;
}

/* The line to draw on, or NULL if there is none. */
static struct row *
line(struct canvas *cv, int y)
{
	if (y < 0 || y >= cv->rows)
		return (NULL);
	return (row_own(&cv->row[y], cv->cols));
}

void
canvas_put(struct canvas *cv, int x, int y, const struct cell *c,
    const struct cell_ext *e)
{
	struct row	*r = line(cv, y);

	if (r != NULL && x >= 0 && x < cv->cols)
		row_put(r, x, c, e);
}

int
canvas_text(struct canvas *cv, int x, int y, int max_cols,
    const struct cell *style, const char *utf8, size_t len)
{
	struct cell	 c = *style;
	struct cell_ext	 e;
	struct row	*r = line(cv, y);
	uint32_t	 cp;
	size_t		 n, off;
	int		 w, k, used = 0;
	bool		 first;

	for (; len != 0; utf8 += n, len -= n) {
		n = text_next(utf8, len, &w);
		if (w > max_cols - used)
			break;
		if (w == 0)
			continue;	/* a mark with nothing to stand on */
		e = (struct cell_ext){ 0 };
		for (off = 0, first = true; off < n; off += k, first = false) {
			k = utf8_decode((const uint8_t *)utf8 + off, n - off,
			    &cp);
			if (k == 0) {
				k = n - off;
				cp = UTF8_REPLACEMENT;
			}
			if (first)
				c.ch = cp_width(cp) < 0 ? ' ' : cp;
			else if (e.more < CLUSTER_MORE_MAX)
				e.cps[e.more++] = cp;
		}
		if (w == 2)
			c.ch |= CELL_WIDE;
		if (r != NULL && x + used >= 0 && x + used < cv->cols)
			row_put(r, x + used, &c, &e);
		used += w;
	}
	return (used);
}

void
canvas_fill(struct canvas *cv, int x, int y, int w, int h,
    const struct cell *c)
{
	struct row	*r;
	int		 i, end;

	if (x < 0) {
		w += x;
		x = 0;
	}
	end = w > cv->cols - x ? cv->cols : x + w;
	for (; h > 0; y++, h--) {
		if ((r = line(cv, y)) == NULL)
			continue;
		if (cell_cp(c) == 0 && c->attr == 0 && c->fg == 0) {
			row_clear(r, x, end - x, c->bg);
			continue;
		}
		for (i = x; i < end; i += cell_width(c) == 2 ? 2 : 1)
			row_put(r, i, c, NULL);
	}
}

void
canvas_row(struct canvas *cv, int x, int y, const struct row *src, int sx,
    int n)
{
	struct row	*r = line(cv, y);
	int		 have;

	if (r == NULL || n <= 0)
		return;
	have = sx < src->cols ? src->cols - sx : 0;
	if (n > have) {			/* columns that the row does not have */
		row_clear(r, x + have, n - have, COLOUR_DEFAULT);
		n = have;
	}
	row_copy_cells(r, x, src, sx, n);
}

void
canvas_set_row(struct canvas *cv, int y, struct row *r)
{
	if (y < 0 || y >= cv->rows)
		return;
	row_ref(r);
	row_unref(cv->row[y]);
	cv->row[y] = r;
	if (r->cols == cv->cols)
		return;
	cv->row[y] = row_copy(r, cv->cols);	/* another width: cut or pad */
	row_unref(r);
}

struct snap *
canvas_snap(struct canvas *cv, uint64_t version, uint32_t modes)
{
	struct snap	*s = xcalloc(1, sizeof *s);
	int		 y;

	s->refs = 1;
	s->version = version;
	s->cols = cv->cols;
	s->rows = cv->rows;
	s->modes = modes & ~(MODE_CURSOR | MODE_CURSOR_BLINK);
	if (cv->cx >= 0 && cv->cx < cv->cols &&
	    cv->cy >= 0 && cv->cy < cv->rows) {
		s->cx = cv->cx;
		s->cy = cv->cy;
		s->modes |= MODE_CURSOR;
		if (cv->cursor_blink)
			s->modes |= MODE_CURSOR_BLINK;
	}
	s->cursor_shape = cv->cursor_shape;
	s->cursor_colour = cv->cursor_colour;
	s->row = xreallocarray(NULL, cv->rows, sizeof s->row[0]);
	for (y = 0; y < cv->rows; y++)
		s->row[y] = row_ref(cv->row[y]);
	return (s);
}
