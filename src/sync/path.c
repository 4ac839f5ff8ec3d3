/* SPDX-License-Identifier: ISC */

/*
 * Paths as data; who moves to which and why is in conn.c.
 *
 * Datagram sizes step down when two large ones were lost, and none of their
 * size got through between, to the step below the smaller; they are tried
 * whole again after MTU_RAISE_US.  There are networks that let echo through
 * and eat screens.
 *
 * They go up, above DATAGRAM_BASE, only by probes that hold nothing else, one
 * at a time and only while a stream is being sent, which is what gains by it:
 *
 *	1200 --> 1372 --> 1432 --> 1452 --> 1472
 *	an answer: the next; MTU_TRIES without one: MTU_RAISE_US of peace
 *
 * Source: RFC 8899, without its error state.
 */

#include "sync/path.h"

#include <string.h>

#include "sync/timing.h"

static const size_t path_sizes[] = {
	DATAGRAM_BASE, DATAGRAM_STEP_1, DATAGRAM_STEP_2, DATAGRAM_MIN,
};
#define PATH_SIZES	(sizeof path_sizes / sizeof path_sizes[0])
#define PATH_BIG_LOST	2

static const size_t path_larger[] = {
	DATAGRAM_STEP_3, DATAGRAM_STEP_4, DATAGRAM_STEP_5, DATAGRAM_MAX,
};

bool
conn_addr_equal(const struct conn_addr *a, const struct conn_addr *b)
{
	return (a->family == b->family && a->port == b->port &&
	    a->scope == b->scope && memcmp(a->ip, b->ip, sizeof a->ip) == 0);
}

bool
conn_path_equal(const struct conn_path *a, const struct conn_path *b)
{
	return (a->stream == b->stream && a->id == b->id &&
	    conn_addr_equal(&a->remote, &b->remote) &&
	    conn_addr_equal(&a->local, &b->local));
}

bool
conn_path_rebound(const struct conn_path *a, const struct conn_path *b)
{
	struct conn_addr	moved = b->remote;

	moved.port = a->remote.port;
	return (!a->stream && !b->stream &&
	    conn_addr_equal(&a->remote, &moved) &&
	    conn_addr_equal(&a->local, &b->local));
}

void
path_init(struct path *p, const struct conn_path *addr, uint32_t serial,
    size_t packet_max, bool reliable)
{
	size_t	floor;

	memset(p, 0, sizeof *p);
	p->used = true;
	p->serial = serial;
	p->addr = *addr;
	p->validated = addr->stream;
	p->race_at = USEC_NEVER;
	p->loss_at = USEC_NEVER;
	p->raise_at = USEC_NEVER;
	p->size = addr->stream ? DATAGRAM_STREAM : DATAGRAM_BASE;
	if (packet_max != 0 && packet_max < p->size)
		p->size = packet_max;
	p->size_max = p->size;
	rtt_init(&p->rtt);
	if (reliable)
		floor = RELIABLE_WINDOW;
	else if (addr->stream)
		floor = STREAM_PATH_WINDOW;
	else
		floor = 2 * DATAGRAM_BASE;
	cc_init(&p->cc, floor);
}

void
path_inherit(struct path *p, const struct path *from)
{
	p->rtt = from->rtt;
	/* Behind another mapping, perhaps, there is less room. */
	p->size = from->size < DATAGRAM_BASE ? from->size : DATAGRAM_BASE;
	p->raise_at = from->raise_at;
	p->cc = from->cc;
	p->cc.in_flight = 0;
	p->low_flight = 0;
}

size_t
path_budget(const struct path *p, bool server)
{
	uint64_t	max;

	if (!server || p->validated)
		return (SIZE_MAX);
	max = AMPLIFY_FACTOR * p->in;
	return (max > p->out ? (size_t)(max - p->out) : 0);
}

static size_t
path_size_below(size_t size)
{
	size_t	i;

	for (i = 0; i < PATH_SIZES; i++) {
		if (path_sizes[i] < size)
			return (path_sizes[i]);
	}
	return (0);
}

void
path_size_lost(struct path *p, usec_t now, size_t n)
{
	if (p->addr.stream || n <= DATAGRAM_MIN)
		return;
	if (p->big_lost == 0 || n < p->big_least)
		p->big_least = n;
	if (++p->big_lost < PATH_BIG_LOST)
		return;
	p->big_lost = 0;
	if (path_size_below(p->big_least) >= p->size)
		return;
	p->size = path_size_below(p->big_least);
	p->raise_at = timing_add(now, MTU_RAISE_US);
	p->search_at = p->raise_at;
}

void
path_size_acked(struct path *p, size_t n)
{
	if (n >= p->big_least)
		p->big_lost = 0;
}

void
path_size_raise(struct path *p, usec_t now)
{
	if (now < p->raise_at)
		return;
	if (p->size < p->size_max)
		p->size = p->size_max;
	p->big_lost = 0;
	p->raise_at = USEC_NEVER;
}

size_t
path_probe_next(const struct path *p, usec_t now)
{
	size_t	i;

	if (p->addr.stream || !p->validated || !p->acked_any ||
	    p->size < DATAGRAM_BASE || p->probe_size != 0 ||
	    now < p->search_at)
		return (0);
	for (i = 0; i < sizeof path_larger / sizeof path_larger[0]; i++) {
		if (path_larger[i] > p->size)
			return (path_larger[i]);
	}
	return (0);
}

void
path_probe_sent(struct path *p, usec_t now, size_t n)
{
	p->probe_size = n;
	p->probe_tries++;
	p->search_at = timing_add(now, MTU_PROBE_US);
}

void
path_probe_acked(struct path *p)
{
	if (p->probe_size > p->size && p->size >= DATAGRAM_BASE)
		p->size = p->probe_size;
	p->probe_size = 0;
	p->probe_tries = 0;
}

void
path_probe_lost(struct path *p, usec_t now)
{
	p->probe_size = 0;
	if (p->probe_tries < MTU_TRIES)
		return;
	p->probe_tries = 0;
	p->search_at = timing_add(now, MTU_RAISE_US);
}

void
path_probe_left(struct path *p)
{
	p->probe_size = 0;
}
