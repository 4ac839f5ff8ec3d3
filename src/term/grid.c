/* SPDX-License-Identifier: ISC */

/*
 * grid.c - the lines of one screen, and those that scrolled off its top.
 *
 * The screen is a ring of row pointers, so scrolling all of it moves one
 * index and scrolling a part of it moves pointers; cells never move.  What
 * leaves the top is packed into history (hist.h), and its row, if nobody else
 * holds it, is wiped and comes in again at the bottom: a flood of output
 * allocates nothing.  Lines nobody has written to share one blank row.
 *
 *	line numbers	hist.first ... hist.end | hist.end + 0 ... + rows - 1
 *			packed, oldest first    | ring, head = top of screen
 */

#include "term/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"

static struct row **
slot(struct grid *g, int y)
{
	return (&g->ring[(g->head + (uint32_t)y) & g->mask]);
}

/* --- rows that come and go --------------------------------------------- */

static struct row *
row_blank(struct grid *g, uint32_t bg)
{
	struct row	*r;

	if (bg == COLOUR_DEFAULT)
		return (row_ref(g->blank));
	r = row_new(g->cols);
	row_clear(r, 0, g->cols, bg);
	return (r);
}

/*
 * Grids of one width have a blank row in common for as long as nobody outside
 * sees it: hundreds of idle panes then need none of their own.
 */
static struct row *
blank_common(int cols)
{
	static struct row	*common;	/* of the width last asked for */

	if (common == NULL || common->cols != cols) {
		row_unref(common);
		common = row_new(cols);
	}
	return (row_ref(common));
}

void
grid_show(struct grid *g)
{
	struct row	*old = g->blank, **s;
	int		 y;

	if (!g->common)
		return;
	g->common = false;
	g->blank = row_new(g->cols);
	for (y = 0; y < g->rows; y++) {
		s = slot(g, y);
		if (*s == old) {
			row_unref(old);
			*s = row_ref(g->blank);
		}
	}
	row_unref(old);
}

static void
ring_alloc(struct grid *g, int rows)
{
	uint32_t	 n = 1;

	while (n < (uint32_t)rows)
		n *= 2;
	g->ring = xcalloc(n, sizeof g->ring[0]);
	g->mask = n - 1;
	g->head = 0;
}

struct grid *
grid_new(int cols, int rows, uint32_t history_limit)
{
	struct grid	*g = xcalloc(1, sizeof *g);
	int		 y;

	must(rows >= 1 && rows <= GRID_ROWS_MAX);
	g->cols = cols;
	g->rows = rows;
	g->blank = blank_common(cols);
	g->common = true;
	ring_alloc(g, rows);
	for (y = 0; y < rows; y++)
		*slot(g, y) = row_ref(g->blank);
	hist_init(&g->hist, history_limit);
	return (g);
}

void
grid_free(struct grid *g)
{
	int	 y;

	if (g == NULL)
		return;
	for (y = 0; y < g->rows; y++)
		row_unref(*slot(g, y));
	free(g->ring);
	row_unref(g->blank);
	hist_fini(&g->hist);
	free(g);
}

/* --- clearing and scrolling -------------------------------------------- */

void
grid_clear(struct grid *g, int y, int n, uint32_t bg)
{
	struct row	**s, *r;

	for (; n > 0; n--, y++) {
		s = slot(g, y);
		r = *s;
		if (r->refs == 1 && r->id == 0) {
			row_wipe(r);
			if (bg != COLOUR_DEFAULT)
				row_clear(r, 0, g->cols, bg);
			continue;
		}
		if (r == g->blank && bg == COLOUR_DEFAULT)
			continue;
		*s = row_blank(g, bg);
		row_unref(r);
	}
}

/* Reverse the pointers of lines [a, b]. */
static void
reverse(struct grid *g, int a, int b)
{
	struct row	*t;

	for (; a < b; a++, b--) {
		t = *slot(g, a);
		*slot(g, a) = *slot(g, b);
		*slot(g, b) = t;
	}
}

/* Bring line top + n to top within [top, bottom]. */
static void
rotate(struct grid *g, int top, int bottom, int n)
{
	struct row	*t;
	int		 y;

	if (n == 1) {
		t = *slot(g, top);
		for (y = top; y < bottom; y++)
			*slot(g, y) = *slot(g, y + 1);
		*slot(g, bottom) = t;
		return;
	}
	reverse(g, top, top + n - 1);
	reverse(g, top + n, bottom);
	reverse(g, top, bottom);
}

/* After an operation, where that is paid for (configure --enable-debug). */
static void
integrity(const struct grid *g, int top, int bottom)
{
#ifdef RMUX_DEBUG
	int	 y;

	for (y = top; y <= bottom; y++) {
		must(grid_row(g, y) != NULL && grid_row(g, y)->cols == g->cols);
		must(row_check(grid_row(g, y)) == NULL);
	}
#else
	(void)g;
	(void)top;
	(void)bottom;
#endif
}

void
grid_scroll_up(struct grid *g, int top, int bottom, int n, uint32_t bg,
    bool keep)
{
	struct row	*r;
	int		 y, all = bottom - top + 1;

	if (n > all)
		n = all;
	if (n <= 0)
		return;
	keep = keep && top == 0;
	if (top == 0 && bottom == g->rows - 1) {
		for (; n > 0; n--) {
			r = *slot(g, 0);
			if (keep)
				hist_push(&g->hist, r);
			g->head++;
			if (r->refs == 1 && r->id == 0) {
				row_wipe(r);	/* round it goes */
				if (bg != COLOUR_DEFAULT)
					row_clear(r, 0, g->cols, bg);
				*slot(g, bottom) = r;
				continue;
			}
			row_unref(r);
			*slot(g, bottom) = row_blank(g, bg);
		}
		integrity(g, bottom, bottom);
		return;
	}
	for (y = top; keep && y < top + n; y++)
		hist_push(&g->hist, *slot(g, y));
	rotate(g, top, bottom, n);
	grid_clear(g, bottom - n + 1, n, bg);
	integrity(g, top, bottom);
}

void
grid_scroll_down(struct grid *g, int top, int bottom, int n, uint32_t bg)
{
	int	 all = bottom - top + 1;

	if (n > all)
		n = all;
	if (n <= 0)
		return;
	rotate(g, top, bottom, all - n);
	grid_clear(g, top, n, bg);
	integrity(g, top, bottom);
}

int
grid_last_used(const struct grid *g)
{
	int	 y;

	for (y = g->rows - 1; y >= 0; y--) {
		if (row_extent(grid_row(g, y)) != 0)
			break;
	}
	return (y);
}

/* --- resizing without reflow ------------------------------------------- */

static void
replace_blank(struct grid *g, int cols)
{
	row_unref(g->blank);
	g->blank = blank_common(cols);
	g->common = true;
	g->cols = cols;
}

/* Every line cut or padded; its identity is kept if its width is. */
static void
resize_cols(struct grid *g, int cols)
{
	struct row	*r;
	int		 y;

	if (cols == g->cols)
		return;
	replace_blank(g, cols);
	for (y = 0; y < g->rows; y++) {
		r = *slot(g, y);
		if (r->used == 0 && r->flags == 0)
			*slot(g, y) = row_ref(g->blank);
		else
			*slot(g, y) = row_copy(r, cols);
		row_unref(r);
	}
}

/*
 * Show `rows` lines of which the first is the present line `from`, that may be
 * negative: then lines come out of history.  Lines above go there.
 */
static void
resize_rows(struct grid *g, int rows, int from)
{
	struct grid	 old = *g;
	struct row	*r;
	int		 y;

	ring_alloc(g, rows);
	g->rows = rows;
	for (y = 0; y < from; y++) {
		hist_push(&g->hist, *slot(&old, y));
		row_unref(*slot(&old, y));
	}
	for (y = from < 0 ? -from - 1 : -1; y >= 0; y--) {
		r = hist_pop(&g->hist, g->cols);
		must(r != NULL);
		if (r->cols != g->cols) {
			struct row *c = row_copy(r, g->cols);

			row_unref(r);
			r = c;
		}
		*slot(g, y) = r;
	}
	for (y = from < 0 ? -from : 0; y < rows; y++) {
		if (from + y < old.rows)
			*slot(g, y) = *slot(&old, from + y);
		else
			*slot(g, y) = row_ref(g->blank);
	}
	for (y = from + rows; y < old.rows; y++)
		row_unref(*slot(&old, y));
	free(old.ring);
}

/*
 * Where the new screen begins, as a line of all that there is (`total` lines,
 * the old screen began at `top`).  A screen that was full stays full at its
 * bottom and one that was not stays where it was; the cursor's line is shown
 * in any case, then as much as possible of what is below it.
 */
static int64_t
choose_top(int64_t top, int64_t total, int64_t cursor, int rows, bool full)
{
	int64_t	 t = top;

	if (full || total - top > rows)
		t = total - rows;
	if (t > cursor)
		t = cursor;
	if (cursor - t >= rows)
		t = cursor - rows + 1;
	return (t < 0 ? 0 : t);
}

/* --- reflow ------------------------------------------------------------ */

/*
 * Joins rows into lines and cuts the lines into rows of another width, which
 * go into a history; the caller takes the screen out of its end.  Marks are
 * positions in the source; each is resolved when its cell is emitted.
 */
struct reflow {
	struct hist	*to;
	struct row	*row;		/* being filled */
	int		 x;		/* next cell of it */
	int		 cols;
	bool		 open;		/* the line goes on */
	struct reflow_mark {
		int64_t	 src;		/* source row that it is on, or -1 */
		int	 x;
		uint64_t line;		/* where it came to be */
		int	 nx;
	}		*marks;
	int		 nmarks;
};

static void
reflow_emit(struct reflow *f, bool wrapped)
{
	if (wrapped)
		f->row->flags |= ROW_WRAPPED;
	else
		f->row->flags &= ~ROW_WRAPPED;
	hist_push(f->to, f->row);
	row_wipe(f->row);
	f->x = 0;
}

static void
reflow_mark_at(struct reflow *f, int64_t src, int x, int nx)
{
	int	 i;

	for (i = 0; i < f->nmarks; i++) {
		if (f->marks[i].src != src || f->marks[i].x != x)
			continue;
		f->marks[i].line = f->to->end;
		f->marks[i].nx = nx;
	}
}

/* Marks right of what a row has: as far right as the new width allows. */
static void
reflow_marks_beyond(struct reflow *f, int64_t src, int end)
{
	int	 i, x;

	for (i = 0; i < f->nmarks; i++) {
		if (f->marks[i].src != src || f->marks[i].x < end)
			continue;
		x = f->x + f->marks[i].x - end;
		f->marks[i].line = f->to->end;
		f->marks[i].nx = x > f->cols ? f->cols : x;
	}
}

static bool
row_has_mark(const struct reflow *f, int64_t src)
{
	int	 i;

	for (i = 0; i < f->nmarks; i++) {
		if (f->marks[i].src == src)
			return (true);
	}
	return (false);
}

static bool
is_wide(const struct row *r, int x)
{
	return (x < r->used && (r->cells[x].ch & CELL_WIDE));
}

/* Cells [0, n) of a source row onto the line that is open. */
static void
reflow_cells(struct reflow *f, const struct row *r, int64_t src, int n)
{
	bool	 marked = row_has_mark(f, src);
	int	 x, k, skip;

	for (x = 0; x < n; x += k + skip) {
		if (f->x == f->cols)
			reflow_emit(f, true);
		skip = 0;
		k = n - x < f->cols - f->x ? n - x : f->cols - f->x;
		if (marked)
			k = 1;
		if (is_wide(r, x + k - 1)) {
			if (k > 1)
				k--;	/* for the next row */
			else if (f->cols == 1)
				skip = 1;	/* nowhere: a blank */
			else if (f->cols - f->x < 2) {
				reflow_emit(f, true);
				k = 0;
				continue;
			} else
				k = 2;
		}
		if (marked) {
			reflow_mark_at(f, src, x, f->x);
			if (k + skip == 2)
				reflow_mark_at(f, src, x + 1, f->x + k - 1);
		}
		if (x < r->used)
			row_copy_cells(f->row, f->x, r, x,
			    k < r->used - x ? k : r->used - x);
		f->x += k;
	}
	if (marked)
		reflow_marks_beyond(f, src, n);
}

/* One source row; `next` follows it (NULL: none) and tells of fillers. */
static void
reflow_row(struct reflow *f, const struct row *r, int64_t src, int old_cols,
    const struct row *next)
{
	bool	 wrapped = (r->flags & ROW_WRAPPED) && next != NULL;
	int	 n = row_extent(r);

	if (wrapped) {
		n = old_cols;
		/* A blank that a wide character did not fit into. */
		if (is_wide(next, 0) && n > 1 && n <= r->cols &&
		    r->cells[n - 1].ch == 0)
			n--;
	}
	if (!f->open)
		f->row->flags = r->flags & ~ROW_WRAPPED;
	else
		f->row->flags |= r->flags & (ROW_PROMPT | ROW_OUTPUT);
	reflow_cells(f, r, src, n);
	f->open = wrapped;
	if (!wrapped)
		reflow_emit(f, false);
}

/* All of history, then lines [0, used) of the screen. */
static void
reflow_all(struct reflow *f, struct grid *g, int used, int old_cols)
{
	struct hist	*h = &g->hist;
	struct row	*r, *next = NULL;
	uint64_t	 top = h->end;
	int		 y;

	while (h->first < h->end) {
		if (!f->open) {
			row_unref(next);
			next = NULL;
			hist_move(f->to, h, top, f->cols);
			if (h->first == h->end)
				break;
		}
		r = next != NULL ? next : hist_get(h, h->first, old_cols);
		next = NULL;
		if (r->flags & ROW_WRAPPED) {	/* the next comes into it */
			next = hist_get(h, h->first + 1, old_cols);
			if (next == NULL && used > 0)
				next = row_ref(grid_row(g, 0));
		}
		reflow_row(f, r, -1, old_cols, next);
		row_unref(r);
		hist_drop(h, 1);
	}
	row_unref(next);
	for (y = 0; y < used; y++) {
		reflow_row(f, grid_row(g, y), y, old_cols,
		    y + 1 < used ? grid_row(g, y + 1) : NULL);
	}
}

static void
resize_reflow(struct grid *g, int cols, int rows, struct grid_mark *marks,
    int nmarks)
{
	struct reflow_mark	*rm = xcalloc(nmarks + 1, sizeof *rm);
	struct hist		 to;
	struct reflow		 f = { .to = &to, .cols = cols, .marks = rm };
	uint32_t		 limit = g->hist.limit;
	int64_t			 total, top, cursor, old_top, tail;
	uint64_t		 zero;
	int			 i, y, used, old_rows = g->rows;
	bool			 full;
	struct row		*r;

	used = grid_last_used(g) + 1;
	if (used <= marks[0].y)
		used = marks[0].y + 1;
	full = used == old_rows;
	/* Room beside history for the old screen, however narrow, and the new. */
	hist_init(&to, limit + (uint32_t)(rows + old_rows *
	    (g->cols / cols + 2)));
	f.nmarks = nmarks + 1;
	for (i = 0; i < nmarks; i++) {
		rm[i].src = marks[i].y < used ? marks[i].y : -1;
		rm[i].x = marks[i].x;
	}
	rm[nmarks].src = 0;		/* the top of the old screen */
	f.row = row_new(cols);
	reflow_all(&f, g, used, g->cols);
	row_unref(f.row);
	hist_fini(&g->hist);

	zero = to.first;
	total = (int64_t)(to.end - zero);
	cursor = (int64_t)(rm[0].line - zero);
	old_top = (int64_t)rm[nmarks].line - (int64_t)zero;
	if (old_top < 0)
		old_top = 0;
	top = choose_top(old_top, total, cursor, rows, full);

	for (y = 0; y < old_rows; y++)
		row_unref(*slot(g, y));
	free(g->ring);
	replace_blank(g, cols);
	ring_alloc(g, rows);
	g->rows = rows;
	for (tail = total; tail > top + rows; tail--)
		row_unref(hist_pop(&to, cols));	/* below the screen: lost */
	for (y = rows - 1; y >= 0; y--) {
		if (top + y >= tail) {
			*slot(g, y) = row_ref(g->blank);
			continue;
		}
		r = hist_pop(&to, cols);
		must(r != NULL);
		if (r->used == 0 && r->flags == 0) {
			row_unref(r);
			r = row_ref(g->blank);
		}
		*slot(g, y) = r;
	}
	hist_set_limit(&to, limit);
	g->hist = to;

	for (i = 0; i < nmarks; i++) {
		if (rm[i].src == -1) {
			marks[i].y += rows - old_rows;
		} else {
			marks[i].x = rm[i].nx;
			marks[i].y = (int)((int64_t)(rm[i].line - zero) - top);
		}
	}
	free(rm);
}

static void
marks_clamp(const struct grid *g, struct grid_mark *m, int n)
{
	for (; n > 0; n--, m++) {
		if (m->x > g->cols)
			m->x = g->cols;
		if (m->x < 0)
			m->x = 0;
		if (m->y >= g->rows)
			m->y = g->rows - 1;
		if (m->y < 0)
			m->y = 0;
	}
}

bool
grid_resize(struct grid *g, int cols, int rows, bool reflow,
    struct grid_mark *marks, int nmarks)
{
	int64_t	 have, from;
	int	 i, used;
	bool	 changed = false;

	must(cols >= 1 && cols <= ROW_COLS_MAX);
	must(rows >= 1 && rows <= GRID_ROWS_MAX && nmarks >= 1);
	if (reflow && cols != g->cols) {
		resize_reflow(g, cols, rows, marks, nmarks);
		changed = true;
	} else if (rows != g->rows) {
		/* Whole lines move between screen and history. */
		used = grid_last_used(g) + 1;
		if (used <= marks[0].y)
			used = marks[0].y + 1;
		have = reflow ? (int64_t)(g->hist.end - g->hist.first) : 0;
		from = choose_top(have, have + used, have + marks[0].y, rows,
		    used == g->rows) - have;
		resize_rows(g, rows, (int)from);
		for (i = 0; i < nmarks; i++)
			marks[i].y -= (int)from;
	}
	resize_cols(g, cols);
	marks_clamp(g, marks, nmarks);
#ifdef RMUX_DEBUG
	must(grid_check(g) == NULL);
#endif
	return (changed);
}

const char *
grid_check(const struct grid *g)
{
	const char	*why;
	int		 y;

	if (g->blank->used != 0 || g->blank->cols != g->cols ||
	    g->blank->flags != 0)
		return ("the blank row is not blank");
	for (y = 0; y < g->rows; y++) {
		const struct row	*r = grid_row(g, y);

		if (r == NULL)
			return ("line without a row");
		if (r->cols != g->cols)
			return ("row of another width");
		if ((why = row_check(r)) != NULL)
			return (why);
	}
	return (hist_check(&g->hist));
}
