/* SPDX-License-Identifier: ISC */

/*
 * compose.c - a view and guesses -> a canvas, see compose.h.
 *
 * A place is a window onto its surface: what of it lies on the screen is
 * computed once (struct window), and everything is then done in that
 * rectangle.  Rows are copied; they are put by reference if nothing about
 * them changes and they fill the line.
 */

#include "view/compose.h"

#include <string.h>

/* The part of a place that is on the screen. */
struct window {
	const struct view_place	*p;
	int			 x, y, w, h;	/* on the canvas */
	int			 sx, sy;	/* its corner, in the surface */
	uint32_t		 fg, bg;	/* instead of default */
	uint16_t		 attr_or, attr_xor;
};

static bool
window_init(struct window *win, const struct view_place *p, int cols, int rows)
{
	const struct snap	*s = p->snap;

	win->p = p;
	win->x = p->x < 0 ? 0 : p->x;
	win->y = p->y < 0 ? 0 : p->y;
	win->w = (p->x + p->w < cols ? p->x + p->w : cols) - win->x;
	win->h = (p->y + p->h < rows ? p->y + p->h : rows) - win->y;
	win->sx = p->ox + win->x - p->x;
	win->sy = p->oy + win->y - p->y;
	win->fg = s != NULL && s->fg != COLOUR_DEFAULT ? s->fg : p->fg;
	win->bg = s != NULL && s->bg != COLOUR_DEFAULT ? s->bg : p->bg;
	win->attr_or = (p->flags & VIEW_PLACE_DIM) ? ATTR_DIM : 0;
	win->attr_xor = s != NULL && (s->modes & MODE_REVERSE_VIDEO) ?
	    ATTR_REVERSE : 0;
	return (win->w > 0 && win->h > 0 &&
	    !(p->flags & VIEW_PLACE_HIDDEN));
}

/* Cells of this window look different from those of its rows. */
static bool
window_paints(const struct window *win)
{
	return (win->fg != COLOUR_DEFAULT || win->bg != COLOUR_DEFAULT ||
	    win->attr_or != 0 || win->attr_xor != 0);
}

static void
window_paint_cell(const struct window *win, struct cell *c)
{
	if (c->fg == COLOUR_DEFAULT)
		c->fg = win->fg;
	if (c->bg == COLOUR_DEFAULT)
		c->bg = win->bg;
	c->attr = (c->attr | win->attr_or) ^ win->attr_xor;
}

static void
paint_row(const struct window *win, struct canvas *cv, int y)
{
	struct row	*r;
	int		 x;

	/* canvas_row() or canvas_fill() has made it private. */
	r = row_own(&cv->row[y], cv->cols);
	for (x = win->x; x < win->x + win->w; x++)
		window_paint_cell(win, &r->cells[x]);
	if (r->used < win->x + win->w)
		r->used = win->x + win->w;
}

static void
window_draw(const struct window *win, struct canvas *cv)
{
	static const struct cell blank;
	const struct snap	*s = win->p->snap;
	struct row		*r;
	int			 y, n;

	for (y = win->y; y < win->y + win->h; y++) {
		r = s != NULL && win->sy + y - win->y < s->rows ?
		    s->row[win->sy + y - win->y] : NULL;
		/* The surface may be narrower than its place. */
		n = r == NULL || win->sx >= s->cols ? 0 : s->cols - win->sx;
		if (n > win->w)
			n = win->w;
		if (n == cv->cols && win->sx == 0 && r->cols == cv->cols &&
		    !window_paints(win)) {
			canvas_set_row(cv, y, r);
			continue;
		}
		if (n > 0)
			canvas_row(cv, win->x, y, r, win->sx, n);
		if (n < win->w)
			canvas_fill(cv, win->x + n, y, win->w - n, 1, &blank);
		if (window_paints(win))
			paint_row(win, cv, y);
	}
}

/* Surface to canvas; false if that cell is not in the window. */
static bool
window_at(const struct window *win, int sx, int sy, int *x, int *y)
{
	*x = win->x + sx - win->sx;
	*y = win->y + sy - win->sy;
	return (*x >= win->x && *x < win->x + win->w &&
	    *y >= win->y && *y < win->y + win->h);
}

static void
window_guess(const struct window *win, const struct compose_guess *g,
    struct canvas *cv)
{
	const struct compose_cell	*cc;
	struct cell			 c;
	size_t				 i;
	int				 x, y;

	for (i = 0; i < g->ncells; i++) {
		cc = &g->cells[i];
		if (cc->surface != win->p->surface ||
		    !window_at(win, cc->x, cc->y, &x, &y))
			continue;
		c = cc->cell;
		c.ext = 0;
		c.ch &= ~CELL_CLUSTER;
		if (cc->underline)
			c.attr = (c.attr & ~ATTR_UL_MASK) | ATTR_UL_SINGLE;
		/* A wide character was put with both of its halves. */
		if ((c.ch & CELL_TAIL) && x > win->x)
			continue;
		/* Half of one at the edge is a blank. */
		if ((c.ch & CELL_TAIL) || ((c.ch & CELL_WIDE) &&
		    x + 1 >= win->x + win->w))
			c.ch = 0;
		window_paint_cell(win, &c);
		canvas_put(cv, x, y, &c, NULL);
	}
}

static void
draw_cursor(const struct view *v, const struct compose_guess *g,
    struct canvas *cv)
{
	const struct view_place	*p;
	const struct snap	*s;
	struct window		 win;
	int			 x, y, sx, sy;

	if (v->focus == 0 || (p = view_find(v, v->focus)) == NULL ||
	    (s = p->snap) == NULL)
		return;
	cv->cursor_shape = s->cursor_shape;
	cv->cursor_blink = (s->modes & MODE_CURSOR_BLINK) != 0;
	cv->cursor_colour = s->cursor_colour;
	if (!(s->modes & MODE_CURSOR) ||
	    !window_init(&win, p, cv->cols, cv->rows))
		return;
	sx = s->cx;
	sy = s->cy;
	if (g != NULL && g->cursor && g->cursor_surface == p->surface) {
		sx = g->cx;
		sy = g->cy;
	}
	/* In the window, and nothing lies over it. */
	if (!window_at(&win, sx, sy, &x, &y) ||
	    compose_hit(v, x, y, &sx, &sy) != p)
		return;
	cv->cx = x;
	cv->cy = y;
}

void
compose(const struct view *v, const struct compose_guess *g, struct canvas *cv)
{
	struct window	 win;
	int		 i;

	canvas_resize(cv, v->cols > 0 ? v->cols : 1, v->rows > 0 ? v->rows : 1);
	cv->cursor_shape = CURSOR_DEFAULT;
	cv->cursor_blink = false;
	cv->cursor_colour = COLOUR_DEFAULT;
	for (i = 0; i < v->nplaces; i++) {
		if (!window_init(&win, &v->places[i], cv->cols, cv->rows))
			continue;
		window_draw(&win, cv);
		if (g != NULL)
			window_guess(&win, g, cv);
	}
	draw_cursor(v, g, cv);
}

const struct view_place *
compose_hit(const struct view *v, int x, int y, int *sx, int *sy)
{
	const struct view_place	*p;
	int			 i;

	for (i = v->nplaces - 1; i >= 0; i--) {
		p = &v->places[i];
		if ((p->flags & VIEW_PLACE_HIDDEN) || x < p->x || y < p->y ||
		    x >= p->x + p->w || y >= p->y + p->h)
			continue;
		*sx = x - p->x + p->ox;
		*sy = y - p->y + p->oy;
		return (p);
	}
	return (NULL);
}
