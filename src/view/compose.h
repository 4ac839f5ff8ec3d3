/* SPDX-License-Identifier: ISC */

/*
 * compose.h - a view and guesses -> a canvas: what the screen should show.
 *
 * Simple and always right: lowest place first, each copied over what is
 * there.  A row that covers the whole width unchanged is put by reference.
 */

#ifndef VIEW_COMPOSE_H
#define VIEW_COMPOSE_H

#include "term/canvas.h"
#include "view/view.h"

/* A guess: one cell of a surface, in the surface's coordinates. */
struct compose_cell {
	uint32_t	 surface;
	int16_t		 x, y;
	struct cell	 cell;		/* ext is ignored */
	bool		 underline;	/* mark it as a guess */
};

struct compose_guess {
	const struct compose_cell *cells;
	size_t		 ncells;
	bool		 cursor;	/* the cursor is guessed too */
	uint32_t	 cursor_surface;
	int		 cx, cy;	/* in that surface */
};

/*
 * Draw.  The canvas is resized to the view's size (at least 1 by 1) and loses
 * what it had.  guess may be NULL.
 */
void	compose(const struct view *, const struct compose_guess *,
	    struct canvas *);

/* The place and the position in its surface under a cell of the screen. */
const struct view_place *compose_hit(const struct view *, int x, int y,
	    int *sx, int *sy);

#endif
