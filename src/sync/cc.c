/* SPDX-License-Identifier: ISC */

/*
 * NewReno with pacing, and a cap on delay.
 *
 * Screens are latest-wins, so there is never a reason to fill a queue.  When
 * for a whole round trip each sample, and the smoothed one too, is max(25 ms,
 * 25 %) above the least of the last ten seconds, the window is cut to what the
 * path bears without a queue (window x least / sample) and an eighth less, so
 * that the queue drains and the least is seen again; and pictures are spaced
 * out by half.  From a quarter of that delay on the window does not grow.  All
 * once per round trip; in one without delay the spacing
 * recovers by a tenth.  The queue may be someone else's: below CC_DELAY_FLOOR
 * only loss narrows the window.
 *
 * Pacing is a schedule: each packet moves it on by the time the packet takes
 * at 5/4 of window per round trip, and a packet may leave when the schedule
 * is at most CC_BURST ahead of the clock.
 *
 * Sources: RFC 9002, sections 7 and B; the cap is our own.
 */

#include "sync/cc.h"

#include <string.h>

#include "wire/messages.h"

#define CC_INITIAL	12000	/* 10 x 1200, RFC 9002 section 7.2 */
#define CC_BURST	12000
#define CC_MAX		(4 << 20)
#define CC_STEP		1200	/* growth per window */
#define CC_DELAY_FLOOR	4800
#define DELAY_MIN_US	25000
#define STRETCH_ONE	1000
#define STRETCH_MAX	8000

void
cc_init(struct cc *cc, size_t floor)
{
	memset(cc, 0, sizeof *cc);
	cc->floor = floor;
	cc->window = CC_INITIAL > floor ? CC_INITIAL : floor;
	cc->threshold = CC_MAX;
	cc->stretch = STRETCH_ONE;
	cc->round_min = USEC_NEVER;
}

bool
cc_open(const struct cc *cc)
{
	return (cc->in_flight < cc->window);
}

/* How long n bytes take at the pacing rate. */
static usec_t
cc_span(const struct cc *cc, const struct rtt *rtt, size_t n)
{
	return ((usec_t)n * rtt->srtt * 4 / (5 * (usec_t)cc->window));
}

usec_t
cc_pace_at(const struct cc *cc, const struct rtt *rtt)
{
	usec_t	burst = cc_span(cc, rtt, CC_BURST);

	return (cc->paced > burst ? cc->paced - burst : 0);
}

void
cc_sent(struct cc *cc, const struct rtt *rtt, usec_t now, size_t n)
{
	cc->in_flight += n;
	if (cc->paced < now)
		cc->paced = now;
	cc->paced += cc_span(cc, rtt, n);
}

/* There was a queue for a whole round trip: make it drain. */
static void
cc_drain(struct cc *cc, usec_t least)
{
	size_t	w, floor = cc->floor;

	if (floor < CC_DELAY_FLOOR)
		floor = CC_DELAY_FLOOR;
	w = (size_t)((uint64_t)cc->window * least / cc->round_min) / 8 * 7;
	if (w < floor)
		w = floor;
	if (w < cc->window)
		cc->window = w;
	/* Slow start, if it was that, has found what the path bears. */
	if (cc->threshold > cc->window)
		cc->threshold = cc->window;
	cc->stretch += cc->stretch / 2;
	if (cc->stretch > STRETCH_MAX)
		cc->stretch = STRETCH_MAX;
}

static void
cc_judge(struct cc *cc, const struct rtt *rtt, usec_t now)
{
	usec_t	least = rtt_min(rtt), slack;

	if (!rtt->known)
		return;
	if (rtt->latest < cc->round_min)
		cc->round_min = rtt->latest;
	if (now - cc->judged < rtt->srtt)
		return;
	cc->judged = now;
	slack = least / 4 > DELAY_MIN_US ? least / 4 : DELAY_MIN_US;
	cc->delayed = rtt->srtt > least + slack &&
	    cc->round_min > least + slack;
	cc->full = cc->round_min > least + slack / 4;
	if (cc->delayed)
		cc_drain(cc, least);
	else
		cc->stretch -= cc->stretch / 10;
	if (cc->stretch < STRETCH_ONE)
		cc->stretch = STRETCH_ONE;
	cc->round_min = USEC_NEVER;
}

void
cc_forget(struct cc *cc, size_t n)
{
	cc->in_flight -= n < cc->in_flight ? n : cc->in_flight;
}

void
cc_acked(struct cc *cc, const struct rtt *rtt, usec_t now, size_t n,
    usec_t sent_at)
{
	bool	used = cc->in_flight * 2 >= cc->window;

	cc_judge(cc, rtt, now);
	cc_forget(cc, n);
	/* Not after the last loss yet, or the window was not the limit. */
	if ((cc->in_recovery && sent_at <= cc->recovery) || !used ||
	    cc->full)
		return;
	cc->in_recovery = false;
	if (cc->window < cc->threshold)
		cc->window += n;
	else
		cc->window += (size_t)((uint64_t)CC_STEP * n / cc->window);
	if (cc->window > CC_MAX)
		cc->window = CC_MAX;
}

void
cc_lost(struct cc *cc, usec_t now, size_t n, usec_t sent_at)
{
	cc_forget(cc, n);
	if (cc->in_recovery && sent_at <= cc->recovery)
		return;
	cc->in_recovery = true;
	cc->recovery = now;
	cc->window /= 2;
	if (cc->window < cc->floor)
		cc->window = cc->floor;
	cc->threshold = cc->window;
}

void
cc_collapse(struct cc *cc)
{
	cc->window = cc->floor;
	cc->in_recovery = false;
}
