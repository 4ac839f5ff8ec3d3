/* SPDX-License-Identifier: ISC */

/*
 * x11.h - the colours that X11 has names for.
 */

#ifndef TERM_X11_H
#define TERM_X11_H

#include <stdint.h>

#define X11_NAME_MAX	32	/* the longest in the table has 20 */

/* The colour of a name, COLOUR_NONE if there is none (term/cell.h). */
uint32_t	x11_colour(const char *name);

#endif
