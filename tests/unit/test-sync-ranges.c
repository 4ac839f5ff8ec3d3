/* SPDX-License-Identifier: ISC */

/* Sets of ranges against a plain array of bits. */

#include "base/rng.h"
#include "sync/ranges.h"
#include "tap.h"

#define N	400

static bool	model[N];

static int
check(const struct ranges *r)
{
	unsigned	i;
	uint64_t	x;
	int		bad = 0;

	for (i = 0; i < r->n; i++) {
		if (r->v[i].first >= r->v[i].end)
			bad++;
		if (i > 0 && r->v[i - 1].end >= r->v[i].first)
			bad++;		/* overlap or touch */
	}
	for (x = 0; x < N; x++) {
		if (ranges_has(r, x) != model[x])
			bad++;
	}
	return (bad);
}

int
main(void)
{
	struct rng_seeded	rng;
	struct ranges		r;
	uint64_t		a, b, x;
	int			i, bad = 0, full = 0, rv;
	bool			set, all;

	rng_seeded_init(&rng, 3);
	ranges_init(&r, 20);
	for (i = 0; i < 20000; i++) {
		a = rng_below(&rng.rng, N);
		b = a + rng_below(&rng.rng, 12);
		if (b > N)
			b = N;
		if (rng_below(&rng.rng, 400) == 0) {
			ranges_trim(&r, a);
			for (x = 0; x < a; x++)
				model[x] = false;
			bad += check(&r);
			continue;
		}
		set = rng_below(&rng.rng, 2) == 0;
		rv = set ? ranges_add(&r, a, b) : ranges_sub(&r, a, b);
		if (rv == 0) {
			for (x = a; x < b; x++)
				model[x] = set;
		} else
			full++;
		bad += check(&r);
		a = rng_below(&rng.rng, N);
		b = a + rng_below(&rng.rng, 20);
		for (all = true, x = a; x < b && x < N; x++)
			all = all && model[x];
		if (b <= N && ranges_covers(&r, a, b) != all)
			bad++;
	}
	is_int(bad, 0, "a set of ranges and an array of bits agree");
	ok(full > 0, "and the maximum was hit");
	while (r.n > 0)
		ranges_shift(&r);
	ok(!ranges_has(&r, 5), "nothing is left");
	ranges_fini(&r);
	return (done_testing());
}
