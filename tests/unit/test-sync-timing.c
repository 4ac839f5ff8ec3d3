/* SPDX-License-Identifier: ISC */

/* When things are done, how round trips are measured, how much may fly. */

#include "sync/cc.h"
#include "sync/rtt.h"
#include "sync/timing.h"
#include "tap.h"

#define MS	1000

static void
test_timing(void)
{
	is_int(timing_retry(0), 250 * MS, "retry: four a second at first");
	is_int(timing_retry(2000 * MS), 1000 * MS, "then every second");
	is_int(timing_retry(30000 * MS), 2000 * MS, "then every two");
	is_int(timing_retry(300000 * MS), 5000 * MS, "then every five");
	is_int(timing_retry(3600000ull * MS), 15000 * MS, "then for ever 15");

	is_int(timing_pto(100 * MS, 0, true), 100 * MS, "the first timeout");
	is_int(timing_pto(100 * MS, 2, true), 225 * MS, "input: half more");
	is_int(timing_pto(100 * MS, 2, false), 400 * MS, "else: twice");
	is_int(timing_pto(100 * MS, 9, true), 1000 * MS, "at most a second");
	is_int(timing_pto(3000 * MS, 9, true), 3000 * MS,
	    "but never less than the first");

	is_int(timing_duplicate(40 * MS), 10 * MS, "duplicate: RTT / 4");
	is_int(timing_duplicate(400 * MS), 30 * MS, "at most 30 ms");
	is_int(timing_frame(100 * MS, 1000), 25 * MS, "frame: RTT / 4");
	is_int(timing_frame(10 * MS, 1000), 16 * MS, "at least 16 ms");
	is_int(timing_frame(100 * MS, 2000), 50 * MS, "stretched");
	is_int(timing_frame(900 * MS, 8000), 250 * MS, "at most 250 ms");

	is_int(timing_race(0), 0, "a race begins at once");
	is_int(timing_race(5), 2000 * MS, "and has six probes in 2 s");
	is_int(timing_race(7), 62000 * MS, "then one each 30 s");
	is_int(timing_challenge(400 * MS, 0), 0, "the first challenge");
	is_int(timing_challenge(400 * MS, 3), 1600 * MS, "at 4 PTO");
	is_int(timing_challenge(1 * MS, PATH_TRIES), 1000 * MS,
	    "no verdict before a second");
	is_int(timing_silent(5000 * MS), 30000 * MS, "silent after 30 s");
	is_int(timing_silent(25000 * MS), 55000 * MS,
	    "or two intervals and a bit");
	ok(timing_add(USEC_NEVER, 5) == USEC_NEVER, "never stays never");
}

static void
test_rtt(void)
{
	struct rtt	r;
	usec_t		now = 0;
	int		i;

	rtt_init(&r);
	ok(!r.known, "at first it is a guess");
	rtt_sample(&r, now, 100 * MS, 0);
	is_int(r.srtt, 100 * MS, "the first sample counts whole");
	is_int(rtt_pto(&r, 0), 300 * MS, "timeout: RTT + 4 variances");
	for (i = 0; i < 100; i++) {
		now += 100 * MS;
		rtt_sample(&r, now, 100 * MS, 0);
	}
	ok(rtt_pto(&r, 0) < 102 * MS, "a steady path has a tight timeout");
	rtt_sample(&r, now, 125 * MS, 25 * MS);
	is_int(r.srtt, 100 * MS, "the peer's delay is taken off");
	rtt_sample(&r, now, 101 * MS, 25 * MS);
	ok(r.srtt >= 100 * MS, "but not below the least");
	for (i = 0; i < 200; i++) {
		now += 100 * MS;
		rtt_sample(&r, now, 300 * MS, 0);
	}
	is_int(rtt_min(&r), 300 * MS, "the least is forgotten after 10 s");
}

static void
test_cc(void)
{
	struct cc	cc;
	struct rtt	r;
	usec_t		now = 0;
	size_t		before;
	int		i;

	rtt_init(&r);
	rtt_sample(&r, 0, 100 * MS, 0);
	cc_init(&cc, 2400);
	is_int(cc.window, 12000, "ten packets to begin with");
	for (i = 0; i < 10; i++)
		cc_sent(&cc, &r, now, 1200);
	ok(!cc_open(&cc), "then the window is full");
	is_int(cc_pace_at(&cc, &r), 0, "a first burst is not paced");
	cc_sent(&cc, &r, now, 1200);
	ok(cc_pace_at(&cc, &r) > 0, "what follows is");
	for (i = 0; i < 11; i++)
		cc_acked(&cc, &r, 100 * MS, 1200, 0);
	ok(cc.window > 12000 && cc.in_flight == 0, "acknowledged: it grows");
	before = cc.window;
	cc_acked(&cc, &r, 100 * MS, 1200, 0);
	is_int(cc.window, before, "not when it was not used");
	for (i = 0; i < 20; i++)
		cc_sent(&cc, &r, now, 1200);
	cc_lost(&cc, 200 * MS, 1200, 150 * MS);
	is_int(cc.window, before / 2, "lost: half of it");
	cc_lost(&cc, 210 * MS, 1200, 160 * MS);
	is_int(cc.window, before / 2, "once per round trip");
	cc_collapse(&cc);
	is_int(cc.window, 2400, "persistent loss: two packets");

	cc_init(&cc, 2400);
	for (i = 0; i < 30; i++) {
		now += 200 * MS;
		rtt_sample(&r, now, i < 10 ? 100 * MS : 400 * MS, 0);
		cc_acked(&cc, &r, now, 0, now);
		if (i == 9)
			is_int(cc.stretch, 1000, "no queue: no stretch");
	}
	ok(cc.delayed && cc.stretch > 1000, "a queue spaces pictures out");
	is_int(cc.window, 4800, "and narrows the window, but not without end");
	is_int(cc.threshold, 4800, "slow start is over");
	before = cc.window;
	for (i = 0; i < 4; i++)
		cc_sent(&cc, &r, now, 1200);
	cc_acked(&cc, &r, now, 1200, now);
	is_int(cc.window, before, "nor does it grow meanwhile");
	for (i = 0; i < 100; i++) {
		now += 500 * MS;
		rtt_sample(&r, now, 100 * MS, 0);
		cc_acked(&cc, &r, now, 0, now);
	}
	is_int(cc.stretch, 1000, "when it is gone, they come as before");

	/* Some samples are slow, one in each round trip is not. */
	cc_init(&cc, 2400);
	for (i = 0; i < 200; i++) {
		now += 40 * MS;
		rtt_sample(&r, now, i % 3 == 0 ? 100 * MS : 300 * MS, 0);
		cc_acked(&cc, &r, now, 0, now);
	}
	is_int(cc.window, 12000, "jitter is no queue");
	is_int(cc.stretch, 1000, "and spaces nothing out");
}

int
main(void)
{
	test_timing();
	test_rtt();
	test_cc();
	return (done_testing());
}
