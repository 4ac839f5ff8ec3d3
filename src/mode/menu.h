/* SPDX-License-Identifier: ISC */

/*
 * menu.h - a box with lines to choose from.
 *
 * Its result is ACT_CHOOSE with index (-1: nothing was chosen) and ACT_LEAVE.
 */

#ifndef MODE_MENU_H
#define MODE_MENU_H

#include "mode/box.h"

struct menu_item {
	const char	*name;		/* NULL: a line */
	key_code	 key;		/* KEY_NONE: none */
	bool		 disabled;
};

/* menu_config.flags */
#define MENU_MODE_MOUSE		0x1	/* a button let go chooses; motion selects */
#define MENU_MODE_STAY		0x2	/* letting go outside does not close it */
#define MENU_MODE_TAB		0x4	/* Tab and S-Tab move (completion lists) */

struct menu_config {
	const char	*title;
	const struct menu_item *items;	/* copied */
	int		 count;
	int		 chosen;	/* -1: none */
	unsigned	 flags;
	enum box_lines	 lines;
	struct cell	 style, selected, border;
	struct mode_text text;
};

struct mode	*menu_new(const struct menu_config *);
/* Size with the frame. */
void		 menu_size(struct mode *, int *w, int *h);
/* The same for what is not made yet. */
void		 menu_measure(const struct menu_config *, int *w, int *h);

#endif
