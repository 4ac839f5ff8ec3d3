/* SPDX-License-Identifier: ISC */

/* The replay window against a set that remembers everything. */

#include "base/rng.h"
#include "seal/replay.h"
#include "tap.h"

#define NUMBERS	20000

static bool	seen[NUMBERS];

static void
test_model(void)
{
	struct rng_seeded	r;
	struct replay		w;
	uint64_t		pn, top = 0, at = 0;
	int			i, wrong = 0, late = 0;
	bool			want;

	rng_seeded_init(&r, 1);
	replay_init(&w);
	for (i = 0; i < 200000; i++) {
		if (rng_below(&r.rng, 200) == 0)
			at += rng_below(&r.rng, 1500);
		at += rng_below(&r.rng, 2);
		pn = at - (at < 1200 ? rng_below(&r.rng, at + 1) :
		    rng_below(&r.rng, 1200));
		if (pn >= NUMBERS)
			break;
		want = !seen[pn];
		if (pn < top && top - pn > REPLAY_WINDOW - 64) {
			late++;
			want = false;
		}
		if (replay_check(&w, pn) != want)
			wrong++;
		if (!want)
			continue;
		if (rng_below(&r.rng, 4) == 0)
			continue;	/* was not authentic: not marked */
		replay_mark(&w, pn);
		seen[pn] = true;
		if (pn >= top)
			top = pn + 1;
	}
	is_int(wrong, 0, "the window and the set agree");
	ok(late > 100, "some were too old to tell");
}

static void
test_edges(void)
{
	struct replay	w;

	replay_init(&w);
	ok(replay_check(&w, 0), "the first number is new");
	replay_mark(&w, 0);
	ok(!replay_check(&w, 0), "and then it is not");
	ok(replay_check(&w, 959), "a jump is new");
	replay_mark(&w, 959);
	ok(!replay_check(&w, 0), "the oldest that is told apart");
	ok(replay_check(&w, 1), "its neighbour was never seen");
	replay_mark(&w, 960);
	ok(!replay_check(&w, 0), "now too old");
	replay_mark(&w, UINT64_C(1) << 40);
	ok(!replay_check(&w, 960), "a far jump forgets all below");
	ok(replay_check(&w, (UINT64_C(1) << 40) - 1), "but not just below");
	ok(!replay_check(&w, UINT64_MAX), "the last number cannot be");
}

int
main(void)
{
	test_edges();
	test_model();
	return (done_testing());
}
