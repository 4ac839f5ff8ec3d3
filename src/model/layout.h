/* SPDX-License-Identifier: ISC */

/* layout.h - how a window is divided: a tree of cells, leaves are panes. */

#ifndef MODEL_LAYOUT_H
#define MODEL_LAYOUT_H

#include "model/pane.h"

#define PANE_MIN	1	/* cells in each direction */

enum layout_kind { LAYOUT_LEFTRIGHT, LAYOUT_TOPBOTTOM, LAYOUT_PANE };

struct layout_cell {
	enum layout_kind	 kind;
	struct layout_cell	*parent;
	int			 cols, rows, x, y;
	struct pane		*pane;		/* of a leaf */
	TAILQ_HEAD(layout_cells, layout_cell) cells;
	TAILQ_ENTRY(layout_cell) entry;
};

struct layout_cell *layout_new(struct window *, struct pane *);	/* root of one pane */
void	layout_free(struct layout_cell *);
/*
 * Make room for a new pane beside p (-1 size: half).  flags as split-window: before -b,
 * full -f.  NULL with no space.  Then layout_assign(cell, new_pane).
 */
struct layout_cell *layout_split(struct pane *, enum layout_kind, int size, bool before,
	    bool full);
void	layout_assign(struct layout_cell *, struct pane *);
void	layout_remove(struct pane *);			/* gives its space away */
void	layout_resize(struct window *, int cols, int rows);
/* Move the border of a pane by n cells towards the end of the direction. */
void	layout_resize_pane(struct pane *, enum layout_kind, int n, bool opposite);
/* The size is the pane's own: a row that pane-border-status takes is added. */
void	layout_resize_pane_to(struct pane *, enum layout_kind, int size);
/* Drag of a border between two positions. */
void	layout_resize_border(struct window *, int x, int y, int lx, int ly);
void	layout_spread(struct pane *);			/* select-layout -E */
/* Positions and sizes of cells into panes; honours pane-border-status. */
void	layout_fix(struct window *);
/*
 * Exchange two panes, of one window or of two: lists, windows, cells.  Where they were
 * active in different windows the other one is now; within one window `active` stays.
 */
void	layout_swap(struct pane *, struct pane *);

/* The named layouts. */
int	layout_set_lookup(const char *name);	/* index, unique prefix, or -1 */
const char *layout_set_name(int);
int	layout_set_count(void);
void	layout_set(struct window *, int);
int	layout_set_next(struct window *), layout_set_previous(struct window *);

/* "bb62,80x24,0,0{...}" */
char	*layout_dump(struct window *, struct layout_cell *root);
int	layout_parse(struct window *, const char *, char **cause);

#endif
