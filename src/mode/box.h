/* SPDX-License-Identifier: ISC */

/* box.h - a frame with a title, for menus and popups. */

#ifndef MODE_BOX_H
#define MODE_BOX_H

#include "mode/mode.h"

/* In the order of the options menu-border-lines and popup-border-lines. */
enum box_lines { BOX_SINGLE, BOX_DOUBLE, BOX_HEAVY, BOX_SIMPLE, BOX_ROUNDED, BOX_PADDED,
	BOX_NONE };

/* The frame only; the inside is left.  title may be NULL. */
void	box_draw(struct canvas *, int x, int y, int w, int h, enum box_lines,
	    const struct cell *, const char *title, const struct mode_text *);

#endif
