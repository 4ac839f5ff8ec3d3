/* SPDX-License-Identifier: ISC */

/*
 * panes.h - display-panes: the numbers of the panes, large, over what they show.
 *
 * Result: ACT_CHOOSE with the index of the item (-1: time is up, or another key) and
 * ACT_LEAVE.
 */

#ifndef MODE_PANES_H
#define MODE_PANES_H

#include "mode/mode.h"

struct panes_item {
	int		 x, y, w, h;	/* in the picture */
	int		 number;
	bool		 active;
	const char	*text;		/* top right, "80x24"; may be NULL */
	struct snap	*snap;		/* what is below; may be NULL, borrowed */
};

struct panes_config {
	uint32_t	 colour, active_colour;
	struct cell	 border;	/* what its style sets, over the borders' own */
	struct mode_text text;
	bool		 no_keys;	/* -N */
	usec_t		 until;		/* USEC_NEVER: until a key */
	struct snap	*below;		/* borders: the chrome; may be NULL, borrowed */
	int		 below_x, below_y;	/* what of it lies at 0, 0 */
};

/* All is copied (rows by reference). */
struct mode	*panes_new(int cols, int rows, const struct panes_config *,
		    const struct panes_item *, int count);

#endif
