/* SPDX-License-Identifier: ISC */

/*
 * grid.h - the lines of one screen, and those that scrolled off its top.
 */

#ifndef TERM_GRID_H
#define TERM_GRID_H

#include "term/hist.h"

#define GRID_ROWS_MAX	4096

/*
 * Invariants: every row has g->cols columns; rows beyond ring are NULL;
 * g->blank is a blank row that any number of lines share until written.
 */
struct grid {
	int		  cols, rows;
	struct row	**ring;
	uint32_t	  mask, head;
	struct row	 *blank;
	bool		  common;	/* blank is other grids' as well */
	struct hist	  hist;		/* limit 0: none */
};

/* A position that follows its character through a resize; x may be cols. */
struct grid_mark {
	int	 x, y;
};

struct grid	*grid_new(int cols, int rows, uint32_t history_limit);
void		 grid_free(struct grid *);

static inline struct row *
grid_row(const struct grid *g, int y)
{
	return (g->ring[(g->head + (uint32_t)y) & g->mask]);
}

/* The row to write to, private. */
static inline struct row *
grid_write(struct grid *g, int y)
{
	struct row	**slot = &g->ring[(g->head + (uint32_t)y) & g->mask];
	struct row	 *r = *slot;

	if (r->refs == 1 && r->id == 0)
		return (r);
	return (row_own(slot, g->cols));
}

/*
 * Before rows are handed to somebody else, who may give them ids: those are only
 * good within one grid.
 */
void		 grid_show(struct grid *);
/* Make lines [y, y + n) blank. */
void		 grid_clear(struct grid *, int y, int n, uint32_t bg);
/*
 * Move lines [top, bottom] up or down by n, blank lines come in.  What leaves the
 * very top goes to history if keep.
 */
void		 grid_scroll_up(struct grid *, int top, int bottom, int n,
		    uint32_t bg, bool keep);
void		 grid_scroll_down(struct grid *, int top, int bottom, int n,
		    uint32_t bg);
/* Index of the last line with anything on it, -1 if none. */
int		 grid_last_used(const struct grid *);
/*
 * Another size.  With reflow, wrapped lines are joined and wrapped anew (the
 * width of history included) and lines move between screen and history; the
 * first mark is the cursor and stays visible.  Without, lines are cut or
 * padded.  True if line numbers changed.
 */
bool		 grid_resize(struct grid *, int cols, int rows, bool reflow,
		    struct grid_mark *, int nmarks);
/* NULL, or which invariant is broken. */
const char	*grid_check(const struct grid *);

#endif
