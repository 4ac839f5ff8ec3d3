/* SPDX-License-Identifier: ISC */

/*
 * layout-set.c - the named layouts.
 *
 * Each builds a fresh tree for the panes in their order and puts it in the
 * place of the old one.  A layout that needs more room than the window has
 * makes the window larger; clients then see a part of it.
 *
 *	even-horizontal    |   |   |	main-horizontal	the first pane above,
 *	even-vertical	   ---		the others side by side below
 *	main-vertical	the first pane left, the others stacked right of it
 *	tiled		rows of columns, as square as it goes
 */

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "model/layout-int.h"
#include "model/layout.h"
#include "model/option.h"

static void	set_even_h(struct window *), set_even_v(struct window *);
static void	set_main_h(struct window *), set_main_h_mirrored(struct window *);
static void	set_main_v(struct window *), set_main_v_mirrored(struct window *);
static void	set_tiled(struct window *);

static const struct {
	const char	*name;
	void		(*arrange)(struct window *);
} sets[] = {
	{ "even-horizontal", set_even_h },
	{ "even-vertical", set_even_v },
	{ "main-horizontal", set_main_h },
	{ "main-horizontal-mirrored", set_main_h_mirrored },
	{ "main-vertical", set_main_v },
	{ "main-vertical-mirrored", set_main_v_mirrored },
	{ "tiled", set_tiled },
};
#define SETS	((int)(sizeof sets / sizeof sets[0]))

int
layout_set_count(void)
{
	return (SETS);
}

const char *
layout_set_name(int i)
{
	return (i >= 0 && i < SETS ? sets[i].name : NULL);
}

int
layout_set_lookup(const char *name)
{
	int	 i, found = -1;

	for (i = 0; i < SETS; i++)
		if (strcmp(sets[i].name, name) == 0)
			return (i);
	for (i = 0; i < SETS; i++) {
		if (!str_starts(sets[i].name, name))
			continue;
		if (found != -1)
			return (-1);	/* ambiguous */
		found = i;
	}
	return (found);
}

void
layout_set(struct window *w, int i)
{
	if (i < 0 || i >= SETS || w->layout == NULL)
		return;
	window_unzoom(w);
	w->last_layout = i;
	if (window_count(w) < 2)
		return;
	sets[i].arrange(w);
	cell_place(w->layout);
	w->cols = w->layout->cols;
	w->rows = w->layout->rows;
	layout_changed(w);
	window_recalculate(w);
}

int
layout_set_next(struct window *w)
{
	int	 i = w->last_layout + 1;

	layout_set(w, i >= SETS ? 0 : i);
	return (w->last_layout);
}

int
layout_set_previous(struct window *w)
{
	int	 i = w->last_layout - 1;

	layout_set(w, i < 0 ? SETS - 1 : i);
	return (w->last_layout);
}

/* -- Building ------------------------------------------------------------- */

static enum layout_kind
across(enum layout_kind kind)
{
	return (kind == LAYOUT_LEFTRIGHT ? LAYOUT_TOPBOTTOM :
	    LAYOUT_LEFTRIGHT);
}

static int
window_len(struct window *w, enum layout_kind kind)
{
	return (kind == LAYOUT_LEFTRIGHT ? w->cols : w->rows);
}

static int
max(int a, int b)
{
	return (a > b ? a : b);
}

static struct layout_cell *
node_new(struct layout_cell *parent, enum layout_kind kind, int len,
    int len_across)
{
	struct layout_cell	*c = cell_new(parent);

	c->kind = kind;
	cell_set_len(c, kind, len);
	cell_set_len(c, across(kind), len_across);
	if (parent != NULL)
		TAILQ_INSERT_TAIL(&parent->cells, c, entry);
	return (c);
}

static struct layout_cell *
leaf_new(struct layout_cell *parent, int cols, int rows, struct pane *p)
{
	struct layout_cell	*c = cell_new(parent);

	cell_set(c, cols, rows, 0, 0);
	c->pane = p;
	p->cell = c;
	TAILQ_INSERT_TAIL(&parent->cells, c, entry);
	return (c);
}

/*
 * The least length of n cells with borders between, and the row that those at
 * the top or bottom give to pane-border-status.
 */
static int
least(struct window *w, enum layout_kind kind, int n)
{
	return (n * (PANE_MIN + 1) - 1 + (kind == LAYOUT_TOPBOTTOM &&
	    options_number(w->options, "pane-border-status") != 0));
}

static void
set_even(struct window *w, enum layout_kind kind)
{
	struct layout_cell	*root;
	struct pane		*p;

	root = node_new(NULL, kind, max(window_len(w, kind),
	    least(w, kind, (int)window_count(w))), window_len(w, across(kind)));
	layout_install(w, root);
	TAILQ_FOREACH(p, &w->panes, entry)
		leaf_new(root, w->cols, w->rows, p);
	cell_spread(w, root);
}

static void
set_even_h(struct window *w)
{
	set_even(w, LAYOUT_LEFTRIGHT);
}

static void
set_even_v(struct window *w)
{
	set_even(w, LAYOUT_TOPBOTTOM);
}

/* A number, or a part of the whole as "30%"; fallback if neither. */
static int
length_option(struct window *w, const char *name, int whole, int fallback)
{
	const char	*text = options_string(w->options, name);
	char		*copy;
	size_t		 len = text != NULL ? strlen(text) : 0;
	long long	 n;

	if (len == 0)
		return (fallback);
	if (text[len - 1] != '%') {
		if (str_to_int(text, 0, whole, &n, NULL) != 0)
			return (fallback);
		return ((int)n);
	}
	copy = xstrndup(text, len - 1);
	if (str_to_int(copy, 0, 100, &n, NULL) != 0)
		n = -1;
	free(copy);
	return (n == -1 ? fallback : (int)(whole * n / 100));
}

/*
 * One main pane and the others beside it, divided across.  kind is the
 * direction in which main and others follow each other.
 */
static void
set_main(struct window *w, enum layout_kind kind, bool mirrored)
{
	bool			 rows = kind == LAYOUT_TOPBOTTOM;
	struct layout_cell	*root, *rest = NULL;
	struct pane		*first = TAILQ_FIRST(&w->panes), *p;
	int			 n = (int)window_count(w) - 1;
	int			 room, main_len, other_len, wide;

	room = window_len(w, kind) - 1;
	main_len = length_option(w, rows ? "main-pane-height" :
	    "main-pane-width", room, rows ? 24 : 80);
	if (main_len + PANE_MIN >= room) {
		main_len = room <= PANE_MIN * 2 ? PANE_MIN : room - PANE_MIN;
		other_len = PANE_MIN;
	} else {
		other_len = length_option(w, rows ? "other-pane-height" :
		    "other-pane-width", room, 0);
		if (other_len == 0 || room - other_len < main_len)
			other_len = room - main_len;
		else
			main_len = room - other_len;
	}
	wide = max(least(w, across(kind), n), window_len(w, across(kind)));

	root = node_new(NULL, kind, main_len + other_len + 1, wide);
	layout_install(w, root);
	if (!mirrored) {
		leaf_new(root, 0, 0, first);
		cell_set_len(first->cell, kind, main_len);
		cell_set_len(first->cell, across(kind), wide);
	}
	p = TAILQ_NEXT(first, entry);
	if (n == 1) {
		leaf_new(root, 0, 0, p);
		cell_set_len(p->cell, kind, other_len);
		cell_set_len(p->cell, across(kind), wide);
	} else {
		rest = node_new(root, across(kind), wide, other_len);
		for (; p != NULL; p = TAILQ_NEXT(p, entry)) {
			leaf_new(rest, 0, 0, p);
			cell_set_len(p->cell, kind, other_len);
			cell_set_len(p->cell, across(kind), PANE_MIN);
		}
	}
	if (mirrored) {
		leaf_new(root, 0, 0, first);
		cell_set_len(first->cell, kind, main_len);
		cell_set_len(first->cell, across(kind), wide);
	}
	/* Only now is it known which cells give a row to their status. */
	if (rest != NULL)
		cell_spread(w, rest);
}

static void
set_main_h(struct window *w)
{
	set_main(w, LAYOUT_TOPBOTTOM, false);
}

static void
set_main_h_mirrored(struct window *w)
{
	set_main(w, LAYOUT_TOPBOTTOM, true);
}

static void
set_main_v(struct window *w)
{
	set_main(w, LAYOUT_LEFTRIGHT, false);
}

static void
set_main_v_mirrored(struct window *w)
{
	set_main(w, LAYOUT_LEFTRIGHT, true);
}

/* Rows and columns take turns in growing, rows first. */
static void
tiled_grid(struct window *w, int n, int *rows, int *cols)
{
	int	 most = (int)options_number(w->options,
		    "tiled-layout-max-columns");

	*rows = *cols = 1;
	while (*rows * *cols < n) {
		(*rows)++;
		if (*rows * *cols < n && (most == 0 || *cols < most))
			(*cols)++;
	}
}

/* What is left over goes to the last column and the last row. */
static void
set_tiled(struct window *w)
{
	struct layout_cell	*root, *row;
	struct pane		*p = TAILQ_FIRST(&w->panes);
	int			 n = (int)window_count(w), rows, cols;
	int			 width, height, wide, i, j, used;

	tiled_grid(w, n, &rows, &cols);
	width = max(PANE_MIN, (w->cols - (cols - 1)) / cols);
	height = max(PANE_MIN, (w->rows - (rows - 1)) / rows);
	wide = max(w->cols, (width + 1) * cols - 1);
	root = node_new(NULL, LAYOUT_TOPBOTTOM,
	    max(w->rows, (height + 1) * rows - 1), wide);
	layout_install(w, root);
	row = root;
	for (j = 0; j < rows && p != NULL; j++) {
		if (cols == 1 || TAILQ_NEXT(p, entry) == NULL) {
			row = leaf_new(root, wide, height, p);
			p = TAILQ_NEXT(p, entry);
			continue;
		}
		row = node_new(root, LAYOUT_LEFTRIGHT, wide, height);
		for (i = 0; i < cols && p != NULL; i++) {
			leaf_new(row, width, height, p);
			p = TAILQ_NEXT(p, entry);
		}
		used = i * (width + 1) - 1;
		if (wide > used)
			cell_adjust(w, TAILQ_LAST(&row->cells, layout_cells),
			    LAYOUT_LEFTRIGHT, wide - used);
	}
	used = j * height + j - 1;
	if (root->rows > used)
		cell_adjust(w, row, LAYOUT_TOPBOTTOM, root->rows - used);
}
