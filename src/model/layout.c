/* SPDX-License-Identifier: ISC */

/*
 * layout.c - how a window is divided: a tree of cells whose leaves are panes.
 *
 *	80x24{40x24 | 39x24[39x12 / 39x11]}
 *
 *	LEFTRIGHT 80x24
 *	 +- PANE 40x24 at 0,0
 *	 +- TOPBOTTOM 39x24 at 41,0	(column 40 is the border)
 *	     +- PANE 39x12 at 41,0
 *	     +- PANE 39x11 at 41,13	(row 12 is the border)
 *
 * Invariants (layout_check() in the tests):
 *  1. Along its direction the lengths of a node's children and the borders of
 *     one between them add up to the node's length; across they equal it.
 *  2. Every cell is at least PANE_MIN long in both directions; a leaf that
 *     gives a row to pane-border-status has two, if it can.
 *  3. A node has two children or more.
 *  4. Each pane of the window is in exactly one leaf of the real tree.
 *
 * Who gives and who gets, when lengths change, is as in tmux: cells change by
 * one each in turn, first child first, until the change is used up.  That a
 * child which is split across hands each of these to its own first child is a
 * consequence that users may see and layout strings depend on.
 */

#include "model/layout.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "model/layout-int.h"
#include "model/option.h"
#include "model/tree.h"

/* Option pane-border-status. */
enum { STATUS_OFF, STATUS_TOP, STATUS_BOTTOM };

/* -- Cells ---------------------------------------------------------------- */

struct layout_cell *
cell_new(struct layout_cell *parent)
{
	struct layout_cell	*c = xcalloc(1, sizeof *c);

	c->kind = LAYOUT_PANE;
	c->parent = parent;
	TAILQ_INIT(&c->cells);
	return (c);
}

void
cell_free(struct layout_cell *c)
{
	struct layout_cell	*child;

	while ((child = TAILQ_FIRST(&c->cells)) != NULL) {
		TAILQ_REMOVE(&c->cells, child, entry);
		cell_free(child);
	}
	if (c->pane != NULL) {
		if (c->pane->cell == c)
			c->pane->cell = NULL;
		if (c->pane->saved_cell == c)
			c->pane->saved_cell = NULL;
	}
	free(c);
}

void
cell_set(struct layout_cell *c, int cols, int rows, int x, int y)
{
	c->cols = cols;
	c->rows = rows;
	c->x = x;
	c->y = y;
}

int
cell_len(const struct layout_cell *c, enum layout_kind kind)
{
	return (kind == LAYOUT_LEFTRIGHT ? c->cols : c->rows);
}

void
cell_set_len(struct layout_cell *c, enum layout_kind kind, int len)
{
	if (kind == LAYOUT_LEFTRIGHT)
		c->cols = len;
	else
		c->rows = len;
}

static enum layout_kind
across(enum layout_kind kind)
{
	return (kind == LAYOUT_LEFTRIGHT ? LAYOUT_TOPBOTTOM :
	    LAYOUT_LEFTRIGHT);
}

static int
cell_children(const struct layout_cell *c)
{
	struct layout_cell	*child;
	int			 n = 0;

	TAILQ_FOREACH(child, &c->cells, entry)
		n++;
	return (n);
}

unsigned
cell_count(const struct layout_cell *c)
{
	struct layout_cell	*child;
	unsigned		 n = 0;

	if (c->kind == LAYOUT_PANE)
		return (1);
	TAILQ_FOREACH(child, &c->cells, entry)
		n += cell_count(child);
	return (n);
}

/* The tree that stays: what is under a zoom, if there is one. */
static struct layout_cell **
real_root(struct window *w)
{
	return (w->zoomed ? &w->saved_layout : &w->layout);
}

static struct layout_cell *
real_cell(struct pane *p)
{
	return (p->window->zoomed ? p->saved_cell : p->cell);
}

/* Whether nothing of the tree lies above (or below) the cell. */
static bool
cell_at_edge(struct layout_cell *c, bool top)
{
	for (; c->parent != NULL; c = c->parent) {
		if (c->parent->kind != LAYOUT_TOPBOTTOM)
			continue;
		if (c != (top ? TAILQ_FIRST(&c->parent->cells) :
		    TAILQ_LAST(&c->parent->cells, layout_cells)))
			return (false);
	}
	return (true);
}

/*
 * With pane-border-status every pane has a border line on that side.  Those
 * at the edge of the window have no border there, so they give a row.
 */
static bool
cell_gives_row(struct window *w, struct layout_cell *c)
{
	long long	 status;

	status = options_number(w->options, "pane-border-status");
	if (status == STATUS_TOP)
		return (cell_at_edge(c, true));
	if (status == STATUS_BOTTOM)
		return (cell_at_edge(c, false));
	return (false);
}

/* The least length a tree can have with all its panes. */
static int
cell_least(const struct layout_cell *c, enum layout_kind kind)
{
	const struct layout_cell	*child;
	int				 n, least = c->kind == kind ? -1 : 0;

	if (c->kind == LAYOUT_PANE)
		return (PANE_MIN);
	TAILQ_FOREACH(child, &c->cells, entry) {
		n = cell_least(child, kind);
		if (c->kind == kind)
			least += n + 1;
		else if (n > least)
			least = n;
	}
	return (least);
}

int
cell_slack(struct window *w, struct layout_cell *c, enum layout_kind kind)
{
	struct layout_cell	*child;
	int			 slack = 0, n, min;

	if (c->kind == LAYOUT_PANE) {
		min = PANE_MIN;
		if (kind == LAYOUT_TOPBOTTOM && cell_gives_row(w, c))
			min++;
		n = cell_len(c, kind);
		return (n > min ? n - min : 0);
	}
	if (c->kind == kind) {
		TAILQ_FOREACH(child, &c->cells, entry)
			slack += cell_slack(w, child, kind);
		return (slack);
	}
	/* Across: all change together, as much as the tightest can. */
	slack = -1;
	TAILQ_FOREACH(child, &c->cells, entry) {
		n = cell_slack(w, child, kind);
		if (slack == -1 || n < slack)
			slack = n;
	}
	return (slack);
}

void
cell_adjust(struct window *w, struct layout_cell *c, enum layout_kind kind,
    int change)
{
	struct layout_cell	*child;
	int			 before;

	cell_set_len(c, kind, cell_len(c, kind) + change);
	if (c->kind == LAYOUT_PANE)
		return;
	if (c->kind != kind) {
		TAILQ_FOREACH(child, &c->cells, entry)
			cell_adjust(w, child, kind, change);
		return;
	}
	while (change != 0) {
		before = change;
		TAILQ_FOREACH(child, &c->cells, entry) {
			if (change == 0)
				break;
			if (change > 0) {
				cell_adjust(w, child, kind, 1);
				change--;
			} else if (cell_slack(w, child, kind) > 0) {
				cell_adjust(w, child, kind, -1);
				change++;
			}
		}
		if (change == before)
			break;		/* nobody can give any more */
	}
}

void
cell_place(struct layout_cell *c)
{
	struct layout_cell	*child;
	int			 x = c->x, y = c->y;

	TAILQ_FOREACH(child, &c->cells, entry) {
		child->x = x;
		child->y = y;
		cell_place(child);
		if (c->kind == LAYOUT_LEFTRIGHT)
			x += child->cols + 1;
		else
			y += child->rows + 1;
	}
}

static struct layout_cell *
cell_prev(struct layout_cell *c)
{
	return (TAILQ_PREV(c, layout_cells, entry));
}

/*
 * A cell and its first ancestor (or itself) that has neighbours along a
 * direction; NULL if there is nothing beside it.
 */
static struct layout_cell *
cell_along(struct layout_cell *c, enum layout_kind kind)
{
	while (c->parent != NULL && c->parent->kind != kind)
		c = c->parent;
	return (c->parent != NULL ? c : NULL);
}

/* -- Panes ---------------------------------------------------------------- */

struct layout_cell *
layout_new(struct window *w, struct pane *p)
{
	struct layout_cell	*c = cell_new(NULL);

	cell_set(c, w->cols, w->rows, 0, 0);
	if (p != NULL) {
		c->pane = p;
		p->cell = c;
	}
	return (c);
}

void
layout_free(struct layout_cell *c)
{
	if (c != NULL)
		cell_free(c);
}

static void
layout_fix_cell(struct window *w, struct layout_cell *c,
    const struct pane *skip)
{
	struct layout_cell	*child;
	struct pane		*p = c->pane;
	int			 rows = c->rows;

	TAILQ_FOREACH(child, &c->cells, entry)
		layout_fix_cell(w, child, skip);
	if (p == NULL || p == skip)
		return;
	p->x = c->x;
	p->y = c->y;
	if (cell_gives_row(w, c)) {
		if (options_number(w->options, "pane-border-status") ==
		    STATUS_TOP)
			p->y++;
		if (rows > 1)
			rows--;
	}
	pane_resize(p, c->cols, rows);
}

void
layout_fix(struct window *w)
{
	if (w->layout == NULL)
		return;
	if (w->zoomed) {
		/* Those below the zoom have the size that they will show. */
		cell_place(w->saved_layout);
		layout_fix_cell(w, w->saved_layout, w->active);
	}
	cell_place(w->layout);
	layout_fix_cell(w, w->layout, NULL);
	model_touch(w->model);
}

void
layout_changed(struct window *w)
{
	layout_fix(w);
	model_notify(w->model, "window-layout-changed", NULL, NULL, w, NULL);
}

void
layout_install(struct window *w, struct layout_cell *root)
{
	layout_free(w->layout);
	w->layout = root;
	cell_place(root);
}

void
layout_assign(struct layout_cell *c, struct pane *p)
{
	c->kind = LAYOUT_PANE;
	c->pane = p;
	p->cell = c;
	layout_changed(p->window);
}

/* -- Splitting ------------------------------------------------------------ */

/*
 * The length of the next child when children are fitted into a new total:
 * in proportion to what it had, but leaving some for the `after` behind it.
 * (How much is odd, what this child cannot give up counts as well; but it is
 * what tmux does, and its layouts come out the same.)
 */
static int
share_of(struct window *w, struct layout_cell *c, enum layout_kind kind,
    int had, int total, int after, int left)
{
	int	 keep, least, len;

	if (after == 0)
		return (left);
	keep = (PANE_MIN + 1) * after;
	least = cell_len(c, kind) - cell_slack(w, c, kind);
	if (least > keep)
		keep = least;
	len = cell_len(c, kind) * total / had;
	if (len > left - keep)
		len = left - keep;
	return (len < PANE_MIN ? PANE_MIN : len);
}

/* share_of(), but never less than a cell can have, for this or those behind. */
static int
share_safe(struct window *w, struct layout_cell *c, enum layout_kind kind,
    int had, int total, int after, int left)
{
	int			 least = cell_least(c, kind);
	int			 len, most = left;
	struct layout_cell	*next = c;

	len = share_of(w, c, kind, had, total, after, left);
	while ((next = TAILQ_NEXT(next, entry)) != NULL)
		most -= cell_least(next, kind) + 1;
	if (len > most)
		len = most;
	return (len < least ? least : len);
}

/* The cell has got a new size; give its children theirs, in proportion. */
static void
cell_refit(struct window *w, struct layout_cell *c)
{
	struct layout_cell	*child;
	int			 had = -1, n, left, total;

	if (c->kind == LAYOUT_PANE)
		return;
	n = cell_children(c);
	TAILQ_FOREACH(child, &c->cells, entry)
		had += cell_len(child, c->kind) + 1;
	total = left = cell_len(c, c->kind);
	TAILQ_FOREACH(child, &c->cells, entry) {
		n--;
		cell_set_len(child, across(c->kind),
		    cell_len(c, across(c->kind)));
		cell_set_len(child, c->kind, share_safe(w, child, c->kind,
		    had, total, n, left));
		left -= cell_len(child, c->kind) + 1;
		cell_refit(w, child);
	}
}

/* Whether the tree could be refitted into a length. */
static bool
cell_fits(struct window *w, struct layout_cell *c, enum layout_kind kind,
    int len)
{
	struct layout_cell	*child;
	int			 n = cell_children(c), left = len, part;

	if (c->kind == LAYOUT_PANE)
		return (len >= PANE_MIN);
	if (c->kind != kind) {
		TAILQ_FOREACH(child, &c->cells, entry)
			if (!cell_fits(w, child, kind, len))
				return (false);
		return (true);
	}
	if (len < n * (PANE_MIN + 1) - 1)
		return (false);
	TAILQ_FOREACH(child, &c->cells, entry) {
		n--;
		part = share_of(w, child, kind, cell_len(c, kind), len, n,
		    left);
		if (part + (n != 0) > left ||
		    !cell_fits(w, child, kind, part))
			return (false);
		left -= part + 1;
	}
	return (true);
}

/* Put a new node in the place of c, with c as its only child. */
static struct layout_cell *
cell_wrap(struct layout_cell *c, enum layout_kind kind,
    struct layout_cell **root)
{
	struct layout_cell	*node = cell_new(c->parent);

	node->kind = kind;
	cell_set(node, c->cols, c->rows, c->x, c->y);
	if (c->parent == NULL)
		*root = node;
	else
		TAILQ_REPLACE(&c->parent->cells, c, node, entry);
	c->parent = node;
	TAILQ_INSERT_HEAD(&node->cells, c, entry);
	return (node);
}

struct layout_cell *
layout_split(struct pane *p, enum layout_kind kind, int size, bool before,
    bool full)
{
	struct window		*w = p->window;
	struct layout_cell	**root = real_root(w), *c, *made;
	int			 had, fresh, rest, min;

	c = full ? *root : real_cell(p);
	if (c == NULL)
		return (NULL);
	had = cell_len(c, kind);
	min = PANE_MIN * 2 + 1;
	if (kind == LAYOUT_TOPBOTTOM && cell_gives_row(w, c))
		min++;
	if (had < min)
		return (NULL);

	/* The lower or right one is the smaller, if they cannot be equal. */
	if (size < 0) {
		rest = (had + 1) / 2 - 1;
		fresh = before ? had - 1 - rest : rest;
	} else
		fresh = size;
	if (fresh < PANE_MIN)
		fresh = PANE_MIN;
	else if (fresh > had - 2)
		fresh = had - 2;
	rest = had - 1 - fresh;
	if (full && !cell_fits(w, c, kind, rest))
		return (NULL);

	made = cell_new(NULL);
	if (full && c->kind == kind) {
		/* One more child of the root, not a new root. */
		cell_set_len(c, kind, rest);
		cell_refit(w, c);
		cell_set_len(c, kind, had);
		made->parent = c;
		if (before)
			TAILQ_INSERT_HEAD(&c->cells, made, entry);
		else
			TAILQ_INSERT_TAIL(&c->cells, made, entry);
	} else {
		if (c->parent == NULL || c->parent->kind != kind)
			cell_wrap(c, kind, root);
		made->parent = c->parent;
		if (before)
			TAILQ_INSERT_BEFORE(c, made, entry);
		else
			TAILQ_INSERT_AFTER(&c->parent->cells, c, made, entry);
		cell_set_len(c, kind, rest);
		if (full)
			cell_refit(w, c);
	}
	cell_set_len(made, kind, fresh);
	cell_set_len(made, across(kind), cell_len(made->parent,
	    across(kind)));
	cell_place(*root);
	return (made);
}

/* -- Removing ------------------------------------------------------------- */

void
cell_remove(struct window *w, struct layout_cell *c,
    struct layout_cell **root)
{
	struct layout_cell	*parent = c->parent, *heir, *only;

	if (parent == NULL) {
		*root = NULL;
		cell_free(c);
		return;
	}
	heir = cell_prev(c);
	if (heir == NULL)
		heir = TAILQ_NEXT(c, entry);
	if (heir != NULL)
		cell_adjust(w, heir, parent->kind,
		    cell_len(c, parent->kind) + 1);
	TAILQ_REMOVE(&parent->cells, c, entry);
	cell_free(c);

	/* A node with one child is that child. */
	only = TAILQ_FIRST(&parent->cells);
	if (only == NULL || TAILQ_NEXT(only, entry) != NULL)
		return;
	TAILQ_REMOVE(&parent->cells, only, entry);
	only->parent = parent->parent;
	if (only->parent == NULL) {
		only->x = only->y = 0;
		*root = only;
	} else
		TAILQ_REPLACE(&only->parent->cells, parent, only, entry);
	cell_free(parent);
}

void
layout_remove(struct pane *p)
{
	struct window		*w = p->window;
	struct layout_cell	*c = real_cell(p);

	if (c == NULL)
		return;
	cell_remove(w, c, real_root(w));
	p->cell = p->saved_cell = NULL;
	if (!w->zoomed && w->layout != NULL)
		layout_fix(w);
}

/* -- Resizing ------------------------------------------------------------- */

/* By how much a root can change towards a wanted length. */
static int
root_change(struct window *w, struct layout_cell *root,
    enum layout_kind kind, int want)
{
	int	 change = want - cell_len(root, kind);
	int	 slack = cell_slack(w, root, kind);

	return (change < -slack ? -slack : change);
}

void
layout_resize(struct window *w, int cols, int rows)
{
	struct layout_cell	*root = *real_root(w);
	int			 change;

	change = root_change(w, root, LAYOUT_LEFTRIGHT, cols);
	if (change != 0)
		cell_adjust(w, root, LAYOUT_LEFTRIGHT, change);
	change = root_change(w, root, LAYOUT_TOPBOTTOM, rows);
	if (change != 0)
		cell_adjust(w, root, LAYOUT_TOPBOTTOM, change);
	cell_place(root);
}

/*
 * Move the border behind c outwards by up to n: the first cell behind it that
 * has something to give does; with opposite, else the first before it.
 */
static int
border_grow(struct window *w, struct layout_cell *c, enum layout_kind kind,
    int n, bool opposite)
{
	struct layout_cell	*giver;
	int			 slack = 0;

	for (giver = TAILQ_NEXT(c, entry); giver != NULL;
	    giver = TAILQ_NEXT(giver, entry))
		if ((slack = cell_slack(w, giver, kind)) > 0)
			break;
	if (giver == NULL && opposite)
		for (giver = cell_prev(c); giver != NULL;
		    giver = cell_prev(giver))
			if ((slack = cell_slack(w, giver, kind)) > 0)
				break;
	if (giver == NULL)
		return (0);
	if (n > slack)
		n = slack;
	cell_adjust(w, c, kind, n);
	cell_adjust(w, giver, kind, -n);
	return (n);
}

/* Move the border behind c inwards: it gives, or else one before it. */
static int
border_shrink(struct window *w, struct layout_cell *c, enum layout_kind kind,
    int n)
{
	struct layout_cell	*giver, *taker = TAILQ_NEXT(c, entry);
	int			 slack = 0;

	for (giver = c; giver != NULL; giver = cell_prev(giver))
		if ((slack = cell_slack(w, giver, kind)) > 0)
			break;
	if (giver == NULL || taker == NULL)
		return (0);
	if (n > slack)
		n = slack;
	cell_adjust(w, taker, kind, n);
	cell_adjust(w, giver, kind, -n);
	return (n);
}

static void
border_move(struct window *w, struct layout_cell *c, enum layout_kind kind,
    int change, bool opposite)
{
	int	 n, left = change < 0 ? -change : change;

	for (; left > 0; left -= n) {
		n = change > 0 ? border_grow(w, c, kind, left, opposite) :
		    border_shrink(w, c, kind, left);
		if (n == 0)
			break;
	}
	layout_changed(w);
}

void
layout_resize_pane(struct pane *p, enum layout_kind kind, int change,
    bool opposite)
{
	struct layout_cell	*c;

	if (p->cell == NULL || (c = cell_along(p->cell, kind)) == NULL)
		return;
	/* The last one has no border behind it, only one before. */
	if (TAILQ_NEXT(c, entry) == NULL)
		c = cell_prev(c);
	border_move(p->window, c, kind, change, opposite);
}

void
layout_resize_pane_to(struct pane *p, enum layout_kind kind, int size)
{
	struct layout_cell	*c;
	int			 change;

	if (p->cell == NULL || (c = cell_along(p->cell, kind)) == NULL)
		return;
	if (kind == LAYOUT_TOPBOTTOM && cell_gives_row(p->window, p->cell))
		size++;
	change = size - cell_len(c, kind);
	if (TAILQ_NEXT(c, entry) == NULL)
		change = -change;
	layout_resize_pane(p, kind, change, true);
}

/* The cell whose right or lower border goes through a position. */
static struct layout_cell *
border_at(struct layout_cell *c, int x, int y)
{
	struct layout_cell	*child;

	TAILQ_FOREACH(child, &c->cells, entry) {
		if (x < child->x || y < child->y)
			break;
		if (x < child->x + child->cols && y < child->y + child->rows)
			return (border_at(child, x, y));
		if (TAILQ_NEXT(child, entry) == NULL)
			break;
		if (c->kind == LAYOUT_LEFTRIGHT ?
		    x == child->x + child->cols : y == child->y + child->rows)
			return (child);
	}
	return (NULL);
}

/*
 * Where borders cross, a drag moves both: so look at the neighbours of the
 * position too.
 */
void
layout_resize_border(struct window *w, int x, int y, int lx, int ly)
{
	static const int	 near[5][2] = {
		{ 0, 0 }, { 0, 1 }, { 1, 0 }, { 0, -1 }, { -1, 0 }
	};
	struct layout_cell	*cells[5], *c;
	size_t			 n = 0, i, j;

	if (w->layout == NULL)
		return;
	for (i = 0; i < 5; i++) {
		c = border_at(w->layout, lx + near[i][0], ly + near[i][1]);
		for (j = 0; c != NULL && j < n; j++)
			if (cells[j] == c)
				c = NULL;
		if (c != NULL)
			cells[n++] = c;
	}
	for (i = 0; i < n; i++) {
		c = cells[i];
		if (c->parent->kind == LAYOUT_TOPBOTTOM && y != ly)
			border_move(w, c, LAYOUT_TOPBOTTOM, y - ly, false);
		else if (c->parent->kind == LAYOUT_LEFTRIGHT && x != lx)
			border_move(w, c, LAYOUT_LEFTRIGHT, x - lx, false);
	}
}

/* -- Spreading ------------------------------------------------------------ */

/* The last child gets what cannot be divided. */
bool
cell_spread(struct window *w, struct layout_cell *c)
{
	struct layout_cell	*child;
	int			 n = cell_children(c), total, each, len;
	bool			 changed = false, gives;

	if (n < 2)
		return (false);
	total = cell_len(c, c->kind);
	gives = c->kind == LAYOUT_TOPBOTTOM && cell_gives_row(w, c);
	if (gives)
		total--;
	if (total < n - 1)
		return (false);
	each = (total - (n - 1)) / n;
	if (each == 0)
		return (false);
	TAILQ_FOREACH(child, &c->cells, entry)
		if (cell_least(child, c->kind) > each)
			return (false);
	TAILQ_FOREACH(child, &c->cells, entry) {
		len = each;
		if (TAILQ_NEXT(child, entry) == NULL)
			len = total - (each + 1) * (n - 1);
		if (gives && cell_gives_row(w, child))
			len++;
		if (len != cell_len(child, c->kind)) {
			cell_adjust(w, child, c->kind,
			    len - cell_len(child, c->kind));
			changed = true;
		}
	}
	return (changed);
}

void
layout_spread(struct pane *p)
{
	struct layout_cell	*c;

	window_unzoom(p->window);
	if (p->cell == NULL)
		return;
	for (c = p->cell->parent; c != NULL; c = c->parent) {
		if (cell_spread(p->window, c)) {
			layout_changed(p->window);
			return;
		}
	}
}

/* -- Swapping ------------------------------------------------------------- */

void
layout_swap(struct pane *a, struct pane *b)
{
	struct window		*wa = a->window, *wb = b->window;
	struct layout_cell	*ca, *cb;

	if (a == b)
		return;
	if (wa->zoomed)
		window_unzoom(wa);
	if (wb->zoomed)
		window_unzoom(wb);
	window_swap_panes(a, b);
	ca = a->cell;
	cb = b->cell;
	a->cell = cb;
	b->cell = ca;
	if (ca != NULL)
		ca->pane = b;
	if (cb != NULL)
		cb->pane = a;
	layout_changed(wa);
	if (wa != wb)
		layout_changed(wb);
}
