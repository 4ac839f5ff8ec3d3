/* SPDX-License-Identifier: ISC */

/*
 * rowop.h - one row as operations on another row, or on a blank one.
 *
 * The operations go from left to right; the result is what they write, and
 * beyond END what the base has there.  One byte each, kind in the upper three
 * bits, n in the lower five (31: 31 + the varint that follows):
 *
 *	0 SKIP	  n + 1 cells as in the base
 *	1 TEXT	  n + 1 characters of one cell each, UTF-8
 *	2 WIDE	  n + 1 characters of two cells each, UTF-8
 *	3 REPEAT  one character, n + 1 times
 *	4 STYLE	  style n from now on; if n is the number of styles known, a
 *		  definition follows and makes it known
 *	5 CLUSTER one cell: a character and n + 1 more code points
 *	6 CLUSTER2 the same in two cells
 *	7 CONTROL n = 0 END: the rest as in the base
 *		  n = 1 ERASE: the rest blank, and end
 *		  n = 2 FLAGS: a varint, the row's flags, else the base's
 *
 * Style 0 is the default and in force at the start of each row.  A definition
 * is a byte saying what follows, and the colours, attributes and link that
 * are not default.  A colour is a varint: an index, or 256 + rgb.  A link is
 * a number; the first one unknown is defined by its id and its URI.
 *
 * Styles and links are known within one frame, from the row that defines
 * them on.  A character is a code point, but 0 stands for a cell that was
 * erased; other controls do not occur and are malformed, for what is in a row
 * may reach a terminal.
 */

#ifndef VIEW_ROWOP_H
#define VIEW_ROWOP_H

#include <stdbool.h>
#include <stddef.h>

#include "term/row.h"
#include "wire/reader.h"
#include "wire/writer.h"

struct rowop_style {
	uint32_t	 fg, bg, us;
	uint16_t	 attr;
	struct link	*link;		/* borrowed */
};

/* The styles and links of one frame. */
struct rowop_palette {
	struct rowop_style *style;	/* style[0] is the default */
	size_t		 nstyle, cstyle;
	struct link	**link;		/* references */
	size_t		 nlink, clink;
	uint16_t	*hash;		/* writer: style -> 1 + index */
};

void	rowop_palette_init(struct rowop_palette *);
void	rowop_palette_fini(struct rowop_palette *);
/* A new frame begins. */
void	rowop_palette_clear(struct rowop_palette *);
/* Back to so many, when a row was taken back. */
void	rowop_palette_cut(struct rowop_palette *, size_t nstyle, size_t nlink);

/* What to leave out when a row is too large to be encoded whole. */
enum rowop_level {
	ROWOP_ALL, ROWOP_NO_LINKS, ROWOP_NO_CLUSTERS
};

/* Write the row; base may be NULL.  The writer is full if it does not fit. */
void	rowop_write(struct rowop_palette *, struct writer *,
	    const struct row *, const struct row *base, enum rowop_level);

/*
 * Read one: a new row of refs 1, id 0 and at least cols cells; NULL if it is
 * malformed, and then the reader is bad.
 */
struct row *rowop_read(struct rowop_palette *, struct reader *,
	    const struct row *base, int cols);

/* Blank without flags, as far as a viewer can see. */
bool	rowop_blank(const struct row *);
/* The same for a viewer: what travels is equal. */
bool	rowop_equal(const struct row *, const struct row *);
/* Cells that are equal and not blank, in place: how good a base it is. */
int	rowop_likeness(const struct row *, const struct row *base);

/* A colour as it travels, COLOUR_DEFAULT excluded. */
void	 rowop_write_colour(struct writer *, uint32_t);
uint32_t rowop_read_colour(struct reader *);

#endif
