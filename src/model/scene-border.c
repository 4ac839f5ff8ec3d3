/* SPDX-License-Identifier: ISC */

/*
 * scene-border.c - the lines between panes, and what no window covers.
 *
 * A cell of the window that is in no pane is a border.  Which line it shows
 * follows from which of its four neighbours are borders too, so tees and
 * crosses come out by themselves:
 *
 *	  pane | pane		up 1, down 2, left 4, right 8
 *	  -----+-----		here 1 + 4 + 8: a tee pointing up
 *	     pane
 *
 * Where the window ends before the client's screen does, the column right of
 * it and the row below are borders as well, and beyond them is the outside.
 *
 * A border takes the colour of the active pane if it touches that.  With just
 * two panes it touches both all along, so each has one half.
 */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "model/format.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/scene-int.h"

enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8 };
/* Options. */
enum { STATUS_OFF, STATUS_TOP, STATUS_BOTTOM };
enum { LINES_SINGLE, LINES_DOUBLE, LINES_HEAVY, LINES_SIMPLE, LINES_NUMBER,
	LINES_SPACES, LINES_NONE };
enum { MARK_OFF, MARK_COLOUR, MARK_ARROWS, MARK_BOTH };

#define OUTSIDE		0x00b7		/* middle dot */

/* By the sum of UP, DOWN, LEFT and RIGHT. */
static const uint32_t	single_lines[16] = {
	' ', 0x2502, 0x2502, 0x2502, 0x2500, 0x2518, 0x2510, 0x2524,
	0x2500, 0x2514, 0x250c, 0x251c, 0x2500, 0x2534, 0x252c, 0x253c
};
static const uint32_t	double_lines[16] = {
	' ', 0x2551, 0x2551, 0x2551, 0x2550, 0x255d, 0x2557, 0x2563,
	0x2550, 0x255a, 0x2554, 0x2560, 0x2550, 0x2569, 0x2566, 0x256c
};
static const uint32_t	heavy_lines[16] = {
	' ', 0x2503, 0x2503, 0x2503, 0x2501, 0x251b, 0x2513, 0x252b,
	0x2501, 0x2517, 0x250f, 0x2523, 0x2501, 0x253b, 0x2533, 0x254b
};
static const uint32_t	simple_lines[16] = {
	' ', '|', '|', '|', '-', '+', '+', '+',
	'-', '+', '+', '+', '-', '+', '+', '+'
};

/*
 * What is where in a window, for one drawing: the pane that owns each cell, a
 * column and a row more than the window has.
 */
struct map {
	struct window	*w;
	int		 cols, rows;
	uint8_t		*border;	/* 1: a border */
	bool		 two;		/* halves of two panes */
	bool		 two_stacked;
	int		 marks;		/* option pane-border-indicators */
	long long	 status;	/* and pane-border-status */
	struct pane	*marked;
};

static bool
map_border(const struct map *m, int x, int y)
{
	if (x < 0 || y < 0 || x >= m->cols || y >= m->rows)
		return (false);
	return (m->border[(size_t)y * m->cols + x] != 0);
}

static void
map_init(struct map *m, struct window *w)
{
	struct pane	*p, *first;
	int		 y, n = 0;

	memset(m, 0, sizeof *m);
	m->w = w;
	m->cols = w->cols + 1;
	m->rows = w->rows + 1;
	m->border = xmalloc((size_t)m->cols * m->rows);
	memset(m->border, 1, (size_t)m->cols * m->rows);
	m->marks = (int)options_number(w->options, "pane-border-indicators");
	m->status = options_number(w->options, "pane-border-status");
	TAILQ_FOREACH(p, &w->panes, entry) {
		n++;
		if (!pane_visible(p))
			continue;
		for (y = p->y; y < p->y + p->rows && y < m->rows; y++)
			if (p->x + p->cols <= m->cols)
				memset(&m->border[(size_t)y * m->cols + p->x],
				    0, p->cols);
	}
	if (n == 2 && !w->zoomed && (m->marks == MARK_COLOUR ||
	    m->marks == MARK_BOTH)) {
		first = TAILQ_FIRST(&w->panes);
		m->two = true;
		m->two_stacked = first->x == TAILQ_NEXT(first, entry)->x;
	}
	if (w->model->has_marked)
		m->marked = model_pane(w->model, w->model->marked_pane);
	if (m->marked != NULL && m->marked->window != w)
		m->marked = NULL;
}

/*
 * Whether a border cell is one around a pane.  With text in the borders a line
 * belongs to the pane whose text it is, not to its neighbour.
 */
static bool
touches(const struct map *m, const struct pane *p, int x, int y)
{
	if (x < p->x - 1 || x > p->x + p->cols ||
	    y < p->y - 1 || y > p->y + p->rows)
		return (false);
	if (x < p->x || x >= p->x + p->cols)
		return (true);
	return (!(m->status == STATUS_TOP && y == p->y + p->rows) &&
	    !(m->status == STATUS_BOTTOM && y == p->y - 1));
}

/* Whether a border cell shows that p is active. */
static bool
shows_active(const struct map *m, const struct pane *p, int x, int y)
{
	if (x >= m->w->cols || y >= m->w->rows || !touches(m, p, x, y))
		return (false);
	if (!m->two)
		return (true);
	/* The first has the upper or left half, the second the other. */
	if (!m->two_stacked && (x == p->x - 1 || x == p->x + p->cols))
		return (p->x == 0 ? y <= p->rows / 2 : y > p->rows / 2);
	if (m->two_stacked && (y == p->y - 1 || y == p->y + p->rows) &&
	    (p->y == 0 || y != 0))
		return (p->y <= 1 ? x <= p->cols / 2 : x > p->cols / 2);
	return (true);
}

/* Whose border it is: the active pane's, or of the first that touches it. */
static struct pane *
owner(const struct map *m, int x, int y)
{
	struct pane	*p;

	if (m->w->active != NULL && shows_active(m, m->w->active, x, y))
		return (m->w->active);
	TAILQ_FOREACH(p, &m->w->panes, entry)
		if (pane_visible(p) && p != m->w->active && touches(m, p, x, y))
			return (p);
	return (m->w->active);
}

/*
 * The edge of the window joins to what meets it, but nothing inside joins to
 * the edge: a row of text above the edge would be all tees.
 */
static unsigned
joins(const struct map *m, int x, int y)
{
	bool	 edge = x >= m->w->cols || y >= m->w->rows;

	return ((map_border(m, x, y - 1) ? UP : 0) |
	    (map_border(m, x, y + 1) && (edge || y + 1 < m->w->rows) ?
	    DOWN : 0) |
	    (map_border(m, x - 1, y) ? LEFT : 0) |
	    (map_border(m, x + 1, y) && (edge || x + 1 < m->w->cols) ?
	    RIGHT : 0));
}

static uint32_t
line_cp(long long lines, unsigned sum, const struct map *m,
    struct pane *p)
{
	switch (lines) {
	case LINES_DOUBLE:
		return (double_lines[sum]);
	case LINES_HEAVY:
		return (heavy_lines[sum]);
	case LINES_SIMPLE:
		return (simple_lines[sum]);
	case LINES_NUMBER:
		if (p == NULL)
			return ('*');
		return ('0' + (uint32_t)(window_index_of(m->w, p) % 10));
	case LINES_SPACES:
	case LINES_NONE:
		return (' ');
	default:
		return (single_lines[sum]);
	}
}

/* Beside the active pane's first row and column, pointing at it; or 0. */
static uint32_t
arrow_cp(const struct map *m, int x, int y)
{
	const struct pane	*p = m->w->active;

	if (p == NULL || (m->marks != MARK_ARROWS && m->marks != MARK_BOTH) ||
	    x >= m->w->cols || y >= m->w->rows)
		return (0);
	if (y == p->y + 1 && x == p->x - 1)
		return (0x2192);
	if (y == p->y + 1 && x == p->x + p->cols)
		return (0x2190);
	if (x == p->x + 1 && y == p->y - 1)
		return (0x2193);
	if (x == p->x + 1 && y == p->y + p->rows)
		return (0x2191);
	return (0);
}

/* Styles of one pane's border, expanded once per drawing. */
struct look {
	struct pane	*p;
	struct format	*ft;
	struct style	 style;
	struct cell	 cell;
	long long	 lines;
};

struct looks {
	struct client	*c;
	struct look	*list;
	size_t		 n;
	struct look	*last;		/* asked for most recently */
};

static void
looks_init(struct looks *ls, struct client *c, struct window *w)
{
	ls->c = c;
	ls->n = 0;
	ls->last = NULL;
	ls->list = xcalloc(window_count(w) + 1, sizeof *ls->list);
}

static void
looks_fini(struct looks *ls)
{
	size_t	 i;

	for (i = 0; i < ls->n; i++)
		format_free(ls->list[i].ft);
	free(ls->list);
}

static struct look *
look_get(struct looks *ls, struct pane *p)
{
	struct look	*l;
	struct client	*c = ls->c;

	if (ls->last != NULL && ls->last->p == p)
		return (ls->last);
	for (l = ls->list; l < ls->list + ls->n; l++)
		if (l->p == p)
			return (ls->last = l);
	ls->n++;
	l->p = p;
	l->ft = format_for(c->model, FORMAT_STATUS, c, c->session,
	    c->session->current, p);
	scene_style_cell(p->options, p == p->window->active ?
	    "pane-active-border-style" : "pane-border-style", l->ft,
	    &l->style, &l->cell);
	l->lines = options_number(p->options, "pane-border-lines");
	return (ls->last = l);
}

static void
cell_draw(struct scene *sc, const struct map *m, struct looks *ls, int x,
    int y)
{
	struct pane	*p = owner(m, x, y);
	struct look	*l;
	struct cell	 c;
	uint32_t	 arrow;

	if (p == NULL)
		return;
	l = look_get(ls, p);
	c = l->cell;
	if (x >= m->w->cols || y >= m->w->rows) {
		/* The edge of the window is nobody's. */
		if (p == m->w->active) {
			struct style	 st;

			scene_style_cell(p->options, "pane-border-style",
			    l->ft, &st, &c);
		}
	} else if (m->marked != NULL && touches(m, m->marked, x, y))
		c.attr ^= ATTR_REVERSE;
	c.ch = line_cp(l->lines, joins(m, x, y), m, p);
	arrow = arrow_cp(m, x, y);
	if (arrow != 0)
		c.ch = arrow;
	canvas_put(sc->chrome, sc->plan.x + x - sc->plan.ox,
	    sc->plan.y + y - sc->plan.oy, &c, NULL);
}

/* The text in the border above or below a pane, two columns in. */
static void
text_draw(struct scene *sc, struct looks *ls, struct pane *p,
    long long status)
{
	struct look		*l = look_get(ls, p);
	struct style_span	*spans = NULL;
	size_t			 n = 0, i;
	char			*text;
	int			 x, y, width = p->cols - 4, cut;

	y = status == STATUS_TOP ? p->y - 1 : p->y + p->rows;
	x = sc->plan.x + p->x + 2 - sc->plan.ox;
	y = sc->plan.y + y - sc->plan.oy;
	if (y < sc->plan.y || y >= sc->plan.y + sc->plan.h || width < 1)
		return;
	if (x + width > sc->plan.x + sc->plan.w)
		width = sc->plan.x + sc->plan.w - x;
	if (width < 1)
		return;
	text = format_expand_time(l->ft, options_string(p->options,
	    "pane-border-format"));
	if (x < sc->plan.x) {
		/* What is left of the screen is cut with its styles. */
		cut = sc->plan.x - x;
		x += cut;
		width -= cut;
	}
	if (width > 0)
		format_draw(sc->chrome, x, y, width, &l->style, text, &spans,
		    &n);
	for (i = 0; i < n; i++)
		if (spans[i].x < x)
			spans[i].x = x;
	scene_spans_add(sc, y, p, spans, n);
	free(text);
}

static void
outside_draw(struct scene *sc, struct client *c, struct window *w)
{
	struct format	*ft;
	struct cell	 cell = { .ch = OUTSIDE };
	const char	*fill;
	char		*text;
	int		 x, y, shown_w, shown_h;

	shown_w = w->cols - sc->plan.ox + 1;
	shown_h = w->rows - sc->plan.oy + 1;
	if (shown_w >= sc->plan.w && shown_h >= sc->plan.h)
		return;
	fill = options_string(w->options, "fill-character");
	if (fill == NULL || *fill == '\0') {
		if (shown_w < sc->plan.w)
			canvas_fill(sc->chrome, sc->plan.x + shown_w,
			    sc->plan.y, sc->plan.w - shown_w, sc->plan.h,
			    &cell);
		if (shown_h < sc->plan.h)
			canvas_fill(sc->chrome, sc->plan.x,
			    sc->plan.y + shown_h, sc->plan.w,
			    sc->plan.h - shown_h, &cell);
		return;
	}
	ft = format_for(c->model, FORMAT_NOJOBS, c, c->session, NULL, NULL);
	format_add(ft, "is_outside", "1");
	format_add(ft, "is_inside", "0");
	text = format_expand(ft, fill);
	for (y = 0; y < sc->plan.h; y++)
		for (x = y < shown_h ? shown_w : 0; x < sc->plan.w; x++) {
			struct style	 st;

			style_default(&st);
			format_draw(sc->chrome, sc->plan.x + x,
			    sc->plan.y + y, 1, &st, text, NULL, NULL);
		}
	free(text);
	format_free(ft);
}

void
scene_border_draw(struct scene *sc, struct client *c, struct window *w)
{
	struct map	 m;
	struct looks	 ls;
	struct pane	*p;
	int		 x, y, x1, y1;

	if (w->active == NULL)
		return;
	outside_draw(sc, c, w);
	map_init(&m, w);
	looks_init(&ls, c, w);
	x1 = sc->plan.ox + sc->plan.w;
	y1 = sc->plan.oy + sc->plan.h;
	for (y = sc->plan.oy; y < y1 && y < m.rows; y++)
		for (x = sc->plan.ox; x < x1 && x < m.cols; x++)
			if (map_border(&m, x, y))
				cell_draw(sc, &m, &ls, x, y);
	if (m.status == STATUS_TOP || m.status == STATUS_BOTTOM)
		TAILQ_FOREACH(p, &w->panes, entry)
			if (pane_visible(p))
				text_draw(sc, &ls, p, m.status);
	looks_fini(&ls);
	free(m.border);
}
