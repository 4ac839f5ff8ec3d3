/* SPDX-License-Identifier: ISC */

/*
 * The replay window: a ring of words, one bit for each packet number.
 *
 *	word	| 12 | 13 | 14 | 15 |  0 |  1 | ...  | 11 |
 *	                         ^ next - 1 is in here
 *	         '----- 15 words, 960 numbers, are told apart; the word
 *	               that comes next in the ring is wiped when entered
 *
 * Sliding costs one store per word passed, never a shift of the whole.
 *
 * Invariants:
 * 1. A bit of a number in (next - 1 - 960, next - 1] is set iff it was marked.
 * 2. Numbers at or below that are refused.
 *
 * Source: RFC 6479.  Difference: numbers are kept as next (highest + 1), so
 * that an empty window needs no special case.
 */

#include "seal/replay.h"

#include <string.h>

#define WORDS	(REPLAY_WINDOW / 64)
#define USABLE	(REPLAY_WINDOW - 64)

_Static_assert((WORDS & (WORDS - 1)) == 0, "ring index is a mask");

void
replay_init(struct replay *r)
{
	memset(r, 0, sizeof *r);
}

bool
replay_check(const struct replay *r, uint64_t pn)
{
	if (pn == UINT64_MAX)		/* next could not be told */
		return (false);
	if (pn >= r->next)
		return (true);
	if (r->next - pn > USABLE)
		return (false);
	return ((r->bits[(pn / 64) & (WORDS - 1)] >> (pn % 64) & 1) == 0);
}

void
replay_mark(struct replay *r, uint64_t pn)
{
	uint64_t	word, last, n;

	if (pn >= r->next) {
		word = pn / 64;
		if (r->next == 0) {
			memset(r->bits, 0, sizeof r->bits);
		} else {
			last = (r->next - 1) / 64;
			n = word - last;
			if (n > WORDS)
				n = WORDS;
			for (; n > 0; n--)
				r->bits[(word - n + 1) & (WORDS - 1)] = 0;
		}
		r->next = pn + 1;
	}
	r->bits[(pn / 64) & (WORDS - 1)] |= UINT64_C(1) << (pn % 64);
}
