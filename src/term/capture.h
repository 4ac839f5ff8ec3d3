/* SPDX-License-Identifier: ISC */

/* capture.h - rows as text, for capture-pane, copying and dumps. */

#ifndef TERM_CAPTURE_H
#define TERM_CAPTURE_H

#include "base/buf.h"
#include "term/row.h"

#define CAPTURE_SGR		0x01	/* -e: attributes and colours as escape sequences */
#define CAPTURE_ESCAPE_C0	0x02	/* -C: escape control bytes as octal */
#define CAPTURE_KEEP_SPACES	0x04	/* -N: keep trailing spaces */
#define CAPTURE_JOIN		0x08	/* -J: no newline after a wrapped row, keep spaces */
#define CAPTURE_LINKS		0x10	/* OSC 8 with CAPTURE_SGR */
#define CAPTURE_NO_TRIM		0x20	/* -T inverse: write to the last used cell only */

/*
 * Append one row, without its newline.  last carries the rendition between rows of one
 * capture when CAPTURE_SGR (start it zeroed).  Returns false if the buffer is full.
 */
struct capture_state { struct cell last; uint32_t us; const struct link *link; };
bool	capture_row(struct buf *, const struct row *, int cols, unsigned flags,
	    struct capture_state *);
/* Append the SGR sequence that takes a terminal from one rendition to another. */
void	capture_sgr(struct buf *, const struct cell *from, uint32_t from_us,
	    const struct cell *to, uint32_t to_us);

#endif
