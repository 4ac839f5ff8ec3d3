/* SPDX-License-Identifier: ISC */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

/*
 * A source of random bytes, given to whoever needs one at creation: os_rng()
 * in the programs, a seeded one in tests and simulations.
 */
struct rng {
	void	(*fill)(struct rng *, void *, size_t);
};

uint32_t	rng_u32(struct rng *);
uint64_t	rng_u64(struct rng *);

/* Uniform in [0, n), without bias; n may not be 0. */
uint64_t	rng_below(struct rng *, uint64_t n);

/*
 * Deterministic: the same seed always gives the same bytes, on any machine.
 * Never for keys.  Pass &seeded.rng where a struct rng is wanted.
 */
struct rng_seeded {
	struct rng	rng;	/* first, as fill() casts back */
	uint64_t	s[4];
};
void		rng_seeded_init(struct rng_seeded *, uint64_t seed);

#endif /* BASE_RNG_H */
