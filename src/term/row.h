/* SPDX-License-Identifier: ISC */

/*
 * row.h - one line of cells, reference counted, frozen once shared.
 *
 * Invariants:
 *  1. A row with refs > 1 or id != 0 is never written.  Whoever wants to write
 *     calls row_own(), which hands back the same row if it is private and
 *     unpublished and a private copy (id 0) if not.
 *  2. Cells at or beyond `used` are blank with default colours.
 *  3. A CELL_WIDE cell is always followed by its CELL_TAIL, within cols.
 *  4. cells[i].ext is 0 or names an entry below next.
 * Equal pointers mean equal rows: difference and scroll detection start there.
 */

#ifndef TERM_ROW_H
#define TERM_ROW_H

#include <stddef.h>

#include "term/cell.h"

#define ROW_COLS_MAX		4096	/* cells; also the limit of the wire */
#define CLUSTER_MORE_MAX	15	/* code points after the first */
#define LINK_URI_MAX		2083	/* bytes, as other terminals */
#define LINK_ID_MAX		250

/* row.flags */
#define ROW_WRAPPED	0x01	/* the line goes on in the next row */
#define ROW_PROMPT	0x02	/* OSC 133;A began here */
#define ROW_OUTPUT	0x04	/* OSC 133;C began here */
#define ROW_DWIDTH	0x08	/* DECDWL */
#define ROW_DHIGH_TOP	0x10	/* DECDHL, upper half */
#define ROW_DHIGH_LOW	0x20	/* DECDHL, lower half */

/* A hyperlink (OSC 8): immutable, shared by reference. */
struct link {
	uint32_t	 refs;
	char		*id;	/* "" if the program gave none */
	char		*uri;
};

/* What is rare about a cell; a cell with nothing rare has ext 0. */
struct cell_ext {
	uint32_t	 us;		/* underline colour, COLOUR_DEFAULT if none */
	struct link	*link;		/* or NULL */
	uint8_t		 more;		/* number of further code points */
	uint32_t	 cps[CLUSTER_MORE_MAX];
};

struct row {
	uint32_t	 refs;
	uint32_t	 id;		/* 0: not published; else its name on the wire */
	uint16_t	 cols;		/* cells allocated */
	uint16_t	 used;		/* cells that may be non-blank */
	uint16_t	 flags;
	uint16_t	 next;		/* entries in ext */
	uint16_t	 ext_cap;
	struct cell_ext	*ext;
	struct cell	 cells[];
};

struct link	*link_new(const char *id, const char *uri);
struct link	*link_ref(struct link *);
void		 link_unref(struct link *);	/* NULL is fine */
bool		 link_same(const struct link *, const struct link *);

/* A blank row of refs 1; cols is 1 to ROW_COLS_MAX. */
struct row	*row_new(int cols);
struct row	*row_ref(struct row *);
void		 row_unref(struct row *);	/* NULL is fine */
/*
 * Make *slot writable and at least cols wide: replaces *slot by a private copy if
 * it is shared or published (the slot's reference moves to the copy).
 */
struct row	*row_own(struct row **slot, int cols);
/* Copy with another width: cut or padded, wide characters never halved. */
struct row	*row_copy(const struct row *, int cols);
/* Same cells, flags and rare parts (ids, refs and blank columns do not matter). */
bool		 row_same(const struct row *, const struct row *);

/* Make a private row blank again, flags too; costs what was used of it. */
void	 row_wipe(struct row *);
/* Columns up to the last that is not blank: at most r->used. */
int	 row_extent(const struct row *);
/* NULL, or which invariant is broken; for tests and debug builds. */
const char *row_check(const struct row *);

/* Writers; the row must be private.  x and n are clipped to the row. */
void	 row_clear(struct row *, int x, int n, uint32_t bg);
/*
 * Put one character with its template cell (colours, attr; ext ignored), the
 * rare parts from e (NULL: none).  Overwritten halves of wide characters become blanks.
 */
void	 row_put(struct row *, int x, const struct cell *, const struct cell_ext *e);
/* Put n printable ASCII characters that share a template and rare parts. */
void	 row_fill_ascii(struct row *, int x, const uint8_t *, int n,
	    const struct cell *, const struct cell_ext *e);
/* Copy n cells (with their rare parts) from another row or this one. */
void	 row_copy_cells(struct row *dst, int dx, const struct row *src, int sx, int n);

/* The rare parts of a cell, NULL if it has none. */
const struct cell_ext *row_ext(const struct row *, const struct cell *);
/*
 * UTF-8 text of cells [x, x + n), blanks as spaces, tails skipped.  Returns
 * the length; writes at most cap - 1 bytes and a NUL.
 */
size_t	 row_text(const struct row *, int x, int n, char *out, size_t cap);

#endif
