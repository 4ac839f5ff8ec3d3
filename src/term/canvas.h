/* SPDX-License-Identifier: ISC */

/*
 * canvas.h - a plain rectangle of rows and a cursor: what a screen should show.
 *
 * Mutable and private, unlike a snap.  Modes draw into one, the composer fills
 * one, tty/draw makes the outer terminal match one.
 */

#ifndef TERM_CANVAS_H
#define TERM_CANVAS_H

#include "term/snap.h"

struct canvas {
	int		  cols, rows;
	struct row	**row;		/* private rows, or shared ones after canvas_set_row */
	int		  cx, cy;	/* cursor, -1: hidden */
	uint8_t		  cursor_shape;
	bool		  cursor_blink;
	uint32_t	  cursor_colour;
};

struct canvas	*canvas_new(int cols, int rows);
void		 canvas_free(struct canvas *);
void		 canvas_resize(struct canvas *, int cols, int rows);	/* blank after */
void		 canvas_clear(struct canvas *);
/* All drawing clips to the canvas. */
void		 canvas_put(struct canvas *, int x, int y, const struct cell *,
		    const struct cell_ext *);
/* UTF-8 with a rendition; control characters shown as spaces; returns columns used. */
int		 canvas_text(struct canvas *, int x, int y, int max_cols,
		    const struct cell *style, const char *utf8, size_t len);
void		 canvas_fill(struct canvas *, int x, int y, int w, int h,
		    const struct cell *);
/* Cells [sx, sx + n) of a row to (x, y). */
void		 canvas_row(struct canvas *, int x, int y, const struct row *, int sx, int n);
/* A row that fills the whole width, by reference, no copy. */
void		 canvas_set_row(struct canvas *, int y, struct row *);
/* Freeze into a snapshot of version v; the canvas may go on being used. */
struct snap	*canvas_snap(struct canvas *, uint64_t version, uint32_t modes);

/* Columns that a UTF-8 string takes, and the bytes of it that fit into max columns. */
int		 text_width(const char *utf8, size_t len);
size_t		 text_fit(const char *utf8, size_t len, int max_cols, int *cols);
/* Columns of one code point: 0, 1, 2; -1 for a control. */
int		 cp_width(uint32_t cp);

#endif
