/* SPDX-License-Identifier: ISC */
#ifndef SYNC_RANGES_H
#define SYNC_RANGES_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A set of numbers as sorted ranges that neither touch nor overlap: packet
 * numbers received, bytes received, bytes to send again.  At most max ranges.
 */
struct range {
	uint64_t	first;
	uint64_t	end;		/* one past the last */
};
struct ranges {
	struct range	*v;		/* ascending */
	unsigned	 n;
	unsigned	 cap;
	unsigned	 max;
};

void	ranges_init(struct ranges *, unsigned max);
void	ranges_fini(struct ranges *);
void	ranges_clear(struct ranges *);

/*
 * Add or remove [first, end).  0, or -1 if it would take more than max
 * ranges; then nothing changed.
 */
int	ranges_add(struct ranges *, uint64_t first, uint64_t end);
int	ranges_sub(struct ranges *, uint64_t first, uint64_t end);

bool	ranges_has(const struct ranges *, uint64_t);
/* Is all of [first, end) in the set?  Nothing is in every set. */
bool	ranges_covers(const struct ranges *, uint64_t first, uint64_t end);

/* Forget the lowest range. */
void	ranges_shift(struct ranges *);

/* Forget everything below x. */
void	ranges_trim(struct ranges *, uint64_t x);

#endif /* SYNC_RANGES_H */
