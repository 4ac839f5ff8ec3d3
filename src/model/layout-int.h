/* SPDX-License-Identifier: ISC */

/* layout-int.h - between layout.c, layout-set.c and layout-custom.c only. */

#ifndef MODEL_LAYOUT_INT_H
#define MODEL_LAYOUT_INT_H

#include "model/layout.h"

struct layout_cell *cell_new(struct layout_cell *parent);
void	cell_free(struct layout_cell *);
void	cell_set(struct layout_cell *, int cols, int rows, int x, int y);
/* Its extent along a direction: columns for LEFTRIGHT, rows for TOPBOTTOM. */
int	cell_len(const struct layout_cell *, enum layout_kind);
void	cell_set_len(struct layout_cell *, enum layout_kind, int);
unsigned cell_count(const struct layout_cell *);	/* leaves */
/* How much it could shrink. */
int	cell_slack(struct window *, struct layout_cell *, enum layout_kind);
/* Grow or shrink (within its slack); children share the change. */
void	cell_adjust(struct window *, struct layout_cell *, enum layout_kind,
	    int change);
/* Make the children of one cell equal; false if nothing could be done. */
bool	cell_spread(struct window *, struct layout_cell *);
/* Positions from sizes, from the root down. */
void	cell_place(struct layout_cell *root);
/* Take a leaf out, give its space to a neighbour; *root may change. */
void	cell_remove(struct window *, struct layout_cell *,
	    struct layout_cell **root);
/* Put a tree in the place of the window's; leaves have no panes yet. */
void	layout_install(struct window *, struct layout_cell *root);
/* Fix the panes and tell everybody. */
void	layout_changed(struct window *);

#endif
