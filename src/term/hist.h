/* SPDX-License-Identifier: ISC */

/*
 * hist.h - lines that left the screen, packed.
 *
 * Lines have absolute numbers, [first, end).  Pushing beyond the limit drops the
 * oldest, at a cost that does not depend on how many there are.
 */

#ifndef TERM_HIST_H
#define TERM_HIST_H

#include "term/row.h"

struct hist_block;
struct hist_thawed;
struct hist {
	struct hist_block **block;	/* a ring of `cap`, `n` in use */
	uint32_t	 cap, head, n;
	uint32_t	 limit;		/* lines */
	uint64_t	 first, end;
	size_t		 bytes;		/* allocated for blocks */
	uint64_t	 cold;		/* blocks before this line are frozen */
	struct hist_thawed *thawed;	/* the cold block last looked into */
};

void		 hist_init(struct hist *, uint32_t limit);
void		 hist_fini(struct hist *);
void		 hist_set_limit(struct hist *, uint32_t limit);
/* Forget all lines; numbers go on. */
void		 hist_clear(struct hist *);
void		 hist_push(struct hist *, const struct row *);
/* A new reference to a row of `cols` (or what it needs); NULL if out of range. */
struct row	*hist_get(const struct hist *, uint64_t line, int cols);
/* The newest line, taken out; NULL if there is none. */
struct row	*hist_pop(struct hist *, int cols);
/* Memory that it all takes. */
size_t		 hist_bytes(const struct hist *);
/* NULL, or which invariant is broken. */
const char	*hist_check(const struct hist *);

/*
 * For reflow: hand over the oldest lines to another history without
 * unpacking them, as many as need no work at a width of cols: those up to
 * the first that is wrapped or longer.  Stops at `until`.  Returns how many.
 */
uint64_t	 hist_move(struct hist *to, struct hist *from, uint64_t until,
		    int cols);
/* Drop the oldest n lines. */
void		 hist_drop(struct hist *, uint64_t n);

#endif
