/* SPDX-License-Identifier: ISC */
/*
 * Helpers over any source of random bytes, and a deterministic source for
 * tests: xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom
 * Number Generators"), its state filled by splitmix64 from the seed.  Numbers
 * are taken little endian so that a seed means the same on any machine.
 */

#include "base/rng.h"

#include <string.h>

#include "base/log.h"

uint32_t
rng_u32(struct rng *r)
{
	uint8_t	b[4];

	r->fill(r, b, sizeof b);
	return ((uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
	    (uint32_t)b[3] << 24);
}

uint64_t
rng_u64(struct rng *r)
{
	uint8_t		b[8];
	uint64_t	v = 0;
	int		i;

	r->fill(r, b, sizeof b);
	for (i = 7; i >= 0; i--)
		v = v << 8 | b[i];
	return (v);
}

uint64_t
rng_below(struct rng *r, uint64_t n)
{
	uint64_t	v, min;

	must(n != 0);
	/* Of 2^64 values leave out the first 2^64 % n, as they weigh double. */
	min = (0 - n) % n;
	do
		v = rng_u64(r);
	while (v < min);
	return (v % n);
}

static uint64_t
rotl(uint64_t v, int n)
{
	return (v << n | v >> (64 - n));
}

static uint64_t
seeded_step(uint64_t *s)
{
	uint64_t	result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return (result);
}

static void
seeded_fill(struct rng *r, void *to, size_t n)
{
	struct rng_seeded	*seeded = (struct rng_seeded *)r;
	uint8_t			*p = to;
	uint64_t		 v = 0;
	size_t			 i;

	for (i = 0; i < n; i++) {
		if (i % 8 == 0)
			v = seeded_step(seeded->s);
		p[i] = (uint8_t)v;
		v >>= 8;
	}
}

void
rng_seeded_init(struct rng_seeded *r, uint64_t seed)
{
	uint64_t	z;
	int		i;

	r->rng.fill = seeded_fill;
	for (i = 0; i < 4; i++) {
		z = (seed += UINT64_C(0x9e3779b97f4a7c15));
		z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
		r->s[i] = z ^ z >> 31;
	}
}
