/* SPDX-License-Identifier: ISC */

/*
 * The round trip estimator of RFC 9002.  Differences: the minimum is that of
 * the last ten seconds, not of all time, since it also serves to notice
 * queues, and a path may become longer without changing its address.
 */

#include "sync/rtt.h"

#include <string.h>

#include "wire/messages.h"

#define MIN_SPAN_US	5000000

void
rtt_init(struct rtt *r)
{
	memset(r, 0, sizeof *r);
	r->latest = r->srtt = RTT_INITIAL_US;
	r->var = RTT_INITIAL_US / 2;
	r->min = r->min_before = USEC_NEVER;
}

usec_t
rtt_min(const struct rtt *r)
{
	usec_t	m = r->min < r->min_before ? r->min : r->min_before;

	return (m == USEC_NEVER ? r->srtt : m);
}

void
rtt_sample(struct rtt *r, usec_t now, usec_t latest, usec_t delay)
{
	usec_t	diff;

	if (latest == 0)
		latest = 1;
	if (now - r->min_since >= MIN_SPAN_US) {
		r->min_before = now - r->min_since >= 2 * MIN_SPAN_US ?
		    USEC_NEVER : r->min;
		r->min = USEC_NEVER;
		r->min_since = now;
	}
	if (latest < r->min)
		r->min = latest;
	r->latest = latest;
	if (!r->known) {
		r->known = true;
		r->known_at = now;
		r->srtt = latest;
		r->var = latest / 2;
		return;
	}
	if (latest >= rtt_min(r) + delay)
		latest -= delay;
	diff = latest > r->srtt ? latest - r->srtt : r->srtt - latest;
	r->var = (3 * r->var + diff) / 4;
	r->srtt = (7 * r->srtt + latest) / 8;
}

usec_t
rtt_pto(const struct rtt *r, usec_t ack_delay)
{
	usec_t	v = 4 * r->var;

	if (v < RTT_GRANULARITY_US)
		v = RTT_GRANULARITY_US;
	return (r->srtt + v + ack_delay);
}

usec_t
rtt_loss_delay(const struct rtt *r)
{
	usec_t	t = r->latest > r->srtt ? r->latest : r->srtt;

	t += t / 8;
	return (t > RTT_GRANULARITY_US ? t : RTT_GRANULARITY_US);
}
