/* SPDX-License-Identifier: ISC */

/*
 * A connection: its life, its paths, its timers.  Taking datagrams in is in
 * conn-recv.c, building them in conn-send.c.
 *
 *	CONNECTING --(first authentic packet)--> OPEN
 *	    |                                      |
 *	    '--(conn_close, conn_fail, CLOSE)--> CLOSING --(said, or given up)
 *	                                                    --> CLOSED
 *
 * Paths, server.  The active one is where we send; valid is the last that
 * answered a challenge.
 *
 *	newest non-probe packet from elsewhere:	conn_path_use(): active; a
 *						challenge to it, and to the
 *						one before if just heard
 *	the answer:				conn_path_answered(): valid
 *	no answer:				conn_path_verdict(): back to
 *						valid
 *
 * Paths, client.  The owner adds candidates; they are raced while there is no
 * path, or a worse one than they would be (conn_racing()).  Whoever answers
 * first is used.  What the owner says overrules it.
 *
 * Invariants (numbers of protocol(7)):
 *  1. What does not open changes nothing but counters.
 *  4. The server's path is that of the highest-numbered authentic non-probe
 *     packet, or the last validated one.
 *  5. A path that never answered gets at most 3 x the bytes that came from it.
 *  -. A note that went into a packet comes back exactly once.
 *
 * It must not know what the app's frames mean, what a socket is, or what time
 * it is: `now' is stored on entry and read from there.
 *
 * Sources: RFC 9000 sections 8 and 9, RFC 9002.  Differences: there is no
 * handshake and one packet number space; a probe timeout gives the app back
 * what seems lost, to be sent in its newest form, instead of sending bytes
 * again; the server never moves to an address that it did not hear from.
 */

#include "sync/conn.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "sync/conn-int.h"
#include "sync/timing.h"

/*** Helpers ***/

void
conn_set_text(struct conn *c, const void *text, size_t n)
{
	const uint8_t	*p = text;
	size_t		 i;

	if (n >= sizeof c->close_text)
		n = sizeof c->close_text - 1;
	for (i = 0; i < n; i++)
		c->close_text[i] = p[i] >= 0x20 && p[i] < 0x7f ?
		    (char)p[i] : '?';
	c->close_text[n] = '\0';
}

void
conn_closed(struct conn *c)
{
	c->state = CONN_CLOSED;
}

/* Something is beyond repair: say so to the peer and end. */
void
conn_fail(struct conn *c, uint64_t code, const char *why)
{
	if (c->state == CONN_CLOSING || c->state == CONN_CLOSED)
		return;
	c->state = CONN_CLOSING;
	c->close_code = code;
	conn_set_text(c, why, strlen(why));
	c->close_sends = c->cfg.reliable ? 1 : CONN_CLOSE_SENDS;
	c->close_at = c->now;
	if (c->active == CONN_NO_PATH)
		conn_closed(c);
}

usec_t
conn_interval(const struct conn *c)
{
	usec_t	t;

	if (c->cfg.role == CONN_SERVER)
		return (c->peer_interval);
	if (c->now < c->active_until) {
		t = c->cfg.keepalive_active_us;
		return (t < c->idle_interval ? t : c->idle_interval);
	}
	return (c->idle_interval);
}

/* Server: has the client been away for so long that we say nothing more? */
bool
conn_silent(const struct conn *c)
{
	if (c->cfg.role != CONN_SERVER || c->cfg.reliable)
		return (false);
	return (c->heard == 0 || c->now >= timing_add(c->heard,
	    timing_silent(c->peer_interval)));
}

unsigned
conn_loss_ppm(const struct conn *c)
{
	if (c->losses_n == 0)
		return (0);
	return ((unsigned)(UINT64_C(1000000) * c->losses_sum / c->losses_n));
}

/*** Paths ***/

struct path *
conn_path_find(struct conn *c, const struct conn_path *addr)
{
	unsigned	i;

	for (i = 0; i < PATHS_MAX; i++) {
		if (c->paths[i].used &&
		    conn_path_equal(&c->paths[i].addr, addr))
			return (&c->paths[i]);
	}
	return (NULL);
}

struct path *
conn_path_serial(struct conn *c, uint32_t serial)
{
	unsigned	i;

	for (i = 0; i < PATHS_MAX; i++) {
		if (c->paths[i].used && c->paths[i].serial == serial)
			return (&c->paths[i]);
	}
	return (NULL);
}

int
conn_path_index(const struct conn *c, const struct path *p)
{
	return ((int)(p - c->paths));
}

/*
 * Find it or make it, in the place of the one not heard for longest.  Not of a
 * client's byte stream: there is one, and no other way when UDP ends.
 */
struct path *
conn_path_get(struct conn *c, const struct conn_path *addr)
{
	struct path	*p, *worst = NULL;
	int		 i;

	if ((p = conn_path_find(c, addr)) != NULL)
		return (p);
	for (i = 0; i < PATHS_MAX; i++) {
		p = &c->paths[i];
		if (i == c->active || i == c->valid)
			continue;
		if (!p->used) {
			worst = p;
			break;
		}
		if (c->cfg.role == CONN_CLIENT && p->addr.stream)
			continue;
		if (worst == NULL || p->heard < worst->heard)
			worst = p;
	}
	path_init(worst, addr, ++c->serial, c->cfg.packet_max,
	    c->cfg.reliable);
	return (worst);
}

/* Start, or start over, asking whether this path goes there and back. */
void
conn_path_challenge(struct conn *c, struct path *p)
{
	c->cfg.rng->fill(c->cfg.rng, p->token, sizeof p->token);
	p->probing = true;
	p->tries = 0;
	p->probe_start = p->probe_at = c->now;
}

/*
 * Everything in flight went where nobody may be any more: give its notes back
 * so that it is sent again at once, and count it no longer.
 */
static void
conn_leave_flying(struct conn *c)
{
	struct path	*p;
	struct sent	*s;
	uint64_t	 pn;

	for (pn = sent_flying(&c->sent); pn < c->sent.next; pn++) {
		if ((s = sent_find(&c->sent, pn)) == NULL ||
		    s->state != SENT_FLYING)
			continue;
		if ((p = conn_path_serial(c, s->path)) != NULL) {
			cc_forget(&p->cc, s->size);
			conn_low_landed(p, s);
			if (s->mtu)
				path_probe_left(p);
		}
		s->state = SENT_LEFT;
		conn_tell(c, s, false);
	}
	c->flying = c->flying_input = 0;
	c->pto_from = 0;
}

static void
conn_patience_reset(struct conn *c)
{
	c->pto_count = 0;
	c->unanswered = 0;
	c->elicited_at = c->now;
	c->troubled = false;
}

/* The active path brought something, or something that went by it arrived. */
void
conn_path_alive(struct conn *c)
{
	c->unanswered = 0;
	c->hops = 0;
	c->troubled = false;
}

/* Send by this path from now on. */
void
conn_path_use(struct conn *c, struct path *p)
{
	struct path	*old = NULL;

	if (conn_path_index(c, p) == c->active)
		return;
	if (c->active != CONN_NO_PATH)
		old = &c->paths[c->active];
	conn_leave_flying(c);
	if (old != NULL && conn_path_rebound(&old->addr, &p->addr))
		path_inherit(p, old);
	c->active = conn_path_index(c, p);
	p->race_at = USEC_NEVER;
	conn_patience_reset(c);
	c->moves++;
	c->dry_until = 0;
	c->observed_due = c->cfg.role == CONN_SERVER && !p->addr.stream;
	if (c->cfg.role == CONN_CLIENT) {
		c->observed.family = 0;
		c->probes = 1;
		return;
	}
	if (p->validated) {
		c->valid = c->active;
		return;
	}
	conn_path_challenge(c, p);
	/* Whoever is really there will answer, and so win back a theft. */
	if (old != NULL && !old->addr.stream && old->heard != 0 &&
	    c->now - old->heard <= 3 * rtt_pto(&old->rtt, ACK_DELAY_US))
		conn_path_challenge(c, old);
}

/* A challenge was answered. */
void
conn_path_answered(struct conn *c, struct path *p)
{
	p->probing = false;
	p->validated = true;
	if (c->cfg.role == CONN_SERVER) {
		c->valid = conn_path_index(c, p);
		return;
	}
	if (c->active == CONN_NO_PATH)
		conn_path_use(c, p);
	else if (c->troubled ||
	    (c->paths[c->active].addr.stream && !p->addr.stream)) {
		conn_path_use(c, p);
		p->pad = MOVE_PAD_COUNT;
	}
}

/* Server: all challenges of a path went unanswered. */
static void
conn_path_verdict(struct conn *c, struct path *p)
{
	p->probing = false;
	if (conn_path_index(c, p) == c->active && !p->validated &&
	    c->valid != CONN_NO_PATH && c->valid != c->active)
		conn_path_use(c, &c->paths[c->valid]);
}

/* Client: is it worth looking for a better path? */
bool
conn_racing(const struct conn *c)
{
	if (c->cfg.role != CONN_CLIENT || c->cfg.reliable)
		return (false);
	return (c->active == CONN_NO_PATH || c->troubled ||
	    c->paths[c->active].addr.stream);
}

/* Client: start all candidates anew, one shortly after the other. */
static void
conn_race(struct conn *c)
{
	usec_t		 at = c->now;
	struct path	*p;
	int		 i;

	for (i = 0; i < PATHS_MAX; i++) {
		p = &c->paths[i];
		if (!p->used || p->addr.stream || i == c->active)
			continue;
		c->cfg.rng->fill(c->cfg.rng, p->token, sizeof p->token);
		p->probing = true;
		p->probe_at = USEC_NEVER;
		p->race_step = 0;
		p->race_start = p->race_at = at;
		at += c->heard == 0 ? RACE_STAGGER_US : RACE_STAGGER_ROAM_US;
	}
}

static bool
conn_has_datagram_path(const struct conn *c)
{
	unsigned	i;

	for (i = 0; i < PATHS_MAX; i++) {
		if (c->paths[i].used && !c->paths[i].addr.stream)
			return (true);
	}
	return (false);
}

/* Client: when the session goes over to a stream path; NEVER if it cannot. */
static usec_t
conn_fallback_at(const struct conn *c, int *index)
{
	int	i;

	if (c->cfg.role != CONN_CLIENT ||
	    (c->active != CONN_NO_PATH && (c->paths[c->active].addr.stream ||
	    c->unanswered == 0)))
		return (USEC_NEVER);
	for (i = 0; i < PATHS_MAX; i++) {
		if (c->paths[i].used && c->paths[i].addr.stream)
			break;
	}
	if (i == PATHS_MAX)
		return (USEC_NEVER);
	*index = i;
	if (c->active != CONN_NO_PATH)
		return (timing_add(c->unanswered, FALLBACK_US));
	if (!conn_has_datagram_path(c))
		return (c->now);
	return (c->start + FALLBACK_START_US);
}

/* Client: has the active path been without an answer for suspiciously long? */
static usec_t
conn_trouble_at(const struct conn *c)
{
	usec_t	t;

	if (c->cfg.role != CONN_CLIENT || c->cfg.reliable ||
	    c->active == CONN_NO_PATH || c->troubled || c->unanswered == 0)
		return (USEC_NEVER);
	t = 4 * rtt_pto(&c->paths[c->active].rtt, ACK_DELAY_US);
	if (t < PTO_MAX_US)
		t = PTO_MAX_US;
	return (timing_add(c->unanswered, t));
}

/*
 * Client: when to try from another port.  The first time soon, as the mapping
 * in some NAT may be gone or one of several paths dead; then ever less often.
 */
usec_t
conn_hop_at(const struct conn *c)
{
	usec_t		t, from = c->unanswered;
	unsigned	i;

	if (c->cfg.role != CONN_CLIENT || c->cfg.reliable ||
	    c->active == CONN_NO_PATH || c->unanswered == 0 ||
	    c->paths[c->active].addr.stream)
		return (USEC_NEVER);
	t = 4 * rtt_pto(&c->paths[c->active].rtt, ACK_DELAY_US);
	if (t < HOP_US)
		t = HOP_US;
	for (i = 0; i < c->hops && t < HOP_MAX_US; i++)
		t *= 2;
	if (c->hopped_at > from)
		from = c->hopped_at;
	return (timing_add(from, t));
}

/*** Timers ***/

usec_t
conn_pto_at(const struct conn *c)
{
	const struct path	*p;
	usec_t			 t, least;

	if (c->active == CONN_NO_PATH || c->flying == 0 || c->cfg.reliable ||
	    c->probes > 0)
		return (USEC_NEVER);
	p = &c->paths[c->active];
	t = timing_pto(rtt_pto(&p->rtt, c->flying_input > 0 ?
	    ACK_DELAY_INPUT_US : ACK_DELAY_US), c->pto_count,
	    c->flying_input > 0);
	if (c->unanswered != 0 && c->elicited_at > c->unanswered) {
		least = timing_retry(c->elicited_at - c->unanswered);
		if (c->elicited_at - c->unanswered < RETRY_2_UNTIL_US)
			least = 0;	/* the backoff is slow enough */
		if (t < least)
			t = least;
	}
	if (p->addr.stream && t < PTO_MAX_US)
		t = PTO_MAX_US;		/* asks for life, not for loss */
	/* What answers the other side's packets may not put it off for ever. */
	if (c->pto_from != 0 && c->elicited_at > timing_add(c->pto_from, t))
		return (timing_add(c->pto_from, 2 * t));
	return (timing_add(c->elicited_at, t));
}

/*
 * No acknowledgement in time.  What was in flight may be lost: let the app
 * send it again, in the form that it has now.  The packets stay, as late
 * acknowledgements still teach us.
 */
static void
conn_pto(struct conn *c)
{
	struct path	*p = &c->paths[c->active];
	struct sent	*s;
	uint64_t	 pn;

	if (!p->addr.stream) {
		for (pn = sent_flying(&c->sent); pn < c->sent.next; pn++) {
			if ((s = sent_find(&c->sent, pn)) != NULL &&
			    s->state == SENT_FLYING)
				conn_tell(c, s, false);
		}
	}
	c->pto_count++;
	c->pto_from = 0;
	c->probes = c->pto_count == 1 ? 2 : 1;
	c->dry_until = 0;
}

/* The 3 x rule allows for nothing: what was due counts as done. */
void
conn_path_blocked(struct conn *c, struct path *p)
{
	p->reply = false;
	if (p->probing && p->tries < PATH_TRIES && p->probe_at <= c->now) {
		p->tries++;
		p->probe_at = c->now + rtt_pto(&p->rtt, ACK_DELAY_US);
	}
}

static void
conn_run_paths(struct conn *c)
{
	struct path	*p;
	int		 i;

	for (i = 0; i < PATHS_MAX; i++) {
		p = &c->paths[i];
		if (!p->used)
			continue;
		path_size_raise(p, c->now);
		if (conn_room(c, p, DATAGRAM_STREAM) == 0)
			conn_path_blocked(c, p);
		if (p->loss_at <= c->now)
			conn_detect_lost(c, p);
		if (c->cfg.role == CONN_SERVER && p->probing &&
		    p->tries == PATH_TRIES && p->probe_at <= c->now)
			conn_path_verdict(c, p);
	}
}

static void
conn_run_client(struct conn *c)
{
	int	i;

	if (conn_fallback_at(c, &i) <= c->now)
		conn_path_use(c, &c->paths[i]);
	conn_cid_run(c);
	if (conn_trouble_at(c) <= c->now) {
		c->troubled = true;
		conn_race(c);
	}
}

void
conn_run(struct conn *c)
{
	if (c->state == CONN_CLOSED)
		return;
	if (c->state == CONN_CLOSING) {
		if (c->close_sends == 0 && c->close_at <= c->now)
			conn_closed(c);
		return;
	}
	conn_rekey_run(c);
	if (c->heard != 0 && conn_silent(c)) {
		if (c->flying > 0)
			conn_leave_flying(c);
		return;
	}
	conn_run_paths(c);
	if (conn_pto_at(c) <= c->now)
		conn_pto(c);
	if (c->redo_at <= c->now)
		conn_redo(c);
	if (c->cfg.role == CONN_CLIENT)
		conn_run_client(c);
}

/* Times measured across this moment mean nothing. */
static void
conn_slept(struct conn *c)
{
	c->rtt_from = c->now;
	if (c->active == CONN_NO_PATH || c->cfg.reliable)
		return;			/* nothing is lost by sleeping */
	conn_leave_flying(c);
	conn_patience_reset(c);
	c->dry_until = 0;
	if (c->cfg.role == CONN_CLIENT) {
		c->paths[c->active].pad = MOVE_PAD_COUNT;
		c->probes = 1;
		conn_race(c);
	}
}

void
conn_enter(struct conn *c, usec_t now)
{
	if (now > c->now)
		c->now = now;
	if (c->promised != USEC_NEVER &&
	    c->now > timing_add(c->promised, SUSPEND_LATE_US)) {
		c->promised = USEC_NEVER;
		if (!conn_silent(c))
			conn_slept(c);
	}
	c->promised = USEC_NEVER;
}

usec_t
conn_deadline(struct conn *c)
{
	usec_t		 t, x;
	struct path	*p;
	int		 i;

	if (c->state == CONN_CLOSED)
		return (USEC_NEVER);
	if (c->state == CONN_CLOSING)
		return (c->close_at);
	if (conn_silent(c))
		return (conn_rekey_wipe_at(c));
#define EARLIER(x_)	do { if ((x = (x_)) < t) t = x; } while (0)
	t = conn_send_when(c);
	EARLIER(conn_pto_at(c));
	EARLIER(c->redo_at);
	EARLIER(conn_rekey_wipe_at(c));
	if (c->cfg.role == CONN_SERVER && c->flying > 0)
		EARLIER(timing_add(c->heard, timing_silent(c->peer_interval)));
	if (c->cfg.role == CONN_CLIENT) {
		EARLIER(conn_fallback_at(c, &i));
		EARLIER(conn_trouble_at(c));
		EARLIER(conn_cid_at(c));
	}
	for (i = 0; i < PATHS_MAX; i++) {
		p = &c->paths[i];
		if (!p->used)
			continue;
		EARLIER(p->loss_at);
		if (p->reply)
			EARLIER(c->now);
		if (c->cfg.role == CONN_SERVER && p->probing)
			EARLIER(p->probe_at);
		if (conn_racing(c) && i != c->active)
			EARLIER(p->race_at);
	}
#undef EARLIER
	c->promised = t;
	return (t);
}

/*** Life ***/

struct conn *
conn_new(const struct conn_config *cfg, usec_t now)
{
	struct conn	*c = xcalloc(1, sizeof *c);

	c->cfg = *cfg;
	if (c->cfg.keepalive_active_us == 0)
		c->cfg.keepalive_active_us = KEEPALIVE_ACTIVE_US;
	if (c->cfg.keepalive_idle_us == 0)
		c->cfg.keepalive_idle_us = KEEPALIVE_IDLE_US;
	if (c->cfg.keepalive_idle_us > KEEPALIVE_MAX_US)
		c->cfg.keepalive_idle_us = KEEPALIVE_MAX_US;
	c->idle_interval = c->cfg.keepalive_idle_us;
	c->peer_interval = KEEPALIVE_ACTIVE_US;
	c->now = c->start = now;
	c->promised = USEC_NEVER;
	c->active = c->valid = CONN_NO_PATH;
	c->ack_at = USEC_NEVER;
	c->dup_at = USEC_NEVER;
	c->redo_at = USEC_NEVER;
	ranges_init(&c->got, ACK_RANGES_MAX + 1);
	sent_init(&c->sent);
	conn_cid_init(c);
	conn_rekey_init(c);
	return (c);
}

void
conn_free(struct conn *c)
{
	struct sent	*s;
	uint64_t	 pn;

	if (c == NULL)
		return;
	for (pn = sent_first(&c->sent); pn < c->sent.next; pn++) {
		if ((s = sent_find(&c->sent, pn)) != NULL)
			conn_tell(c, s, false);
	}
	conn_cid_fini(c);
	sent_fini(&c->sent);
	ranges_fini(&c->got);
	free(c);
}

void
conn_stream_full(struct conn *c, bool full)
{
	c->stream_full = full;
}

void
conn_wake(struct conn *c)
{
	c->dry_until = 0;
	c->woken = true;
}

void
conn_close(struct conn *c, usec_t now, uint64_t code, const char *reason)
{
	conn_enter(c, now);
	conn_fail(c, code, reason == NULL ? "" : reason);
}

void
conn_active(struct conn *c, usec_t until)
{
	if (until > c->active_until)
		c->active_until = until;
}

void
conn_set_addrs(struct conn *c, const struct conn_addr *v, unsigned n)
{
	if (n > SERVER_ADDRS_MAX)
		n = SERVER_ADDRS_MAX;
	memcpy(c->addrs, v, n * sizeof *v);
	c->addrs_n = n;
	c->addrs_due = n > 0;
}

/*** Events ***/

static void
conn_event_add(struct conn *c, const struct conn_path *addr)
{
	struct path	*p, *q;
	unsigned	 i, n = 0;

	if (c->cfg.role != CONN_CLIENT || conn_path_find(c, addr) != NULL)
		return;
	p = conn_path_get(c, addr);
	if (c->cfg.reliable) {
		conn_path_use(c, p);
		return;
	}
	if (addr->stream)
		return;
	if (c->active == CONN_NO_PATH)
		p->pad = MOVE_PAD_COUNT;
	for (i = 0; i < PATHS_MAX; i++) {
		q = &c->paths[i];
		if (q->used && q != p && q->race_at != USEC_NEVER)
			n++;
	}
	c->cfg.rng->fill(c->cfg.rng, p->token, sizeof p->token);
	p->probing = true;
	p->probe_at = USEC_NEVER;
	p->race_start = p->race_at = c->now + n * RACE_STAGGER_US;
}

static void
conn_event_del(struct conn *c, const struct conn_path *addr)
{
	struct path	*p;
	int		 i;

	if ((p = conn_path_find(c, addr)) == NULL)
		return;
	i = conn_path_index(c, p);
	if (i == c->valid)
		c->valid = CONN_NO_PATH;
	if (i == c->active) {
		conn_leave_flying(c);
		conn_patience_reset(c);
		c->active = CONN_NO_PATH;
	}
	memset(p, 0, sizeof *p);
	if (c->active != CONN_NO_PATH)
		return;
	if (c->cfg.role == CONN_SERVER) {
		if (c->valid != CONN_NO_PATH)
			conn_path_use(c, &c->paths[c->valid]);
	} else {
		conn_race(c);
	}
}

static void
conn_event_changed(struct conn *c, const struct conn_path *addr)
{
	struct path	*p;

	if (c->cfg.role != CONN_CLIENT)
		return;
	p = conn_path_get(c, addr);
	conn_leave_flying(c);
	conn_path_use(c, p);
	p->pad = MOVE_PAD_COUNT;
	conn_patience_reset(c);
	c->probes = 1;
}

static void
conn_event_hop(struct conn *c, const struct conn_path *addr)
{
	struct path	*p, *old;
	usec_t		 unanswered = c->unanswered;
	unsigned	 count = c->pto_count;
	bool		 troubled = c->troubled;

	if (c->cfg.role != CONN_CLIENT || c->active == CONN_NO_PATH)
		return;
	c->hopped_at = c->now;
	c->hops++;
	/* An owner who has no other socket to give says the same path. */
	if (conn_path_find(c, addr) != NULL)
		return;
	old = &c->paths[c->active];
	p = conn_path_get(c, addr);
	p->pad = MOVE_PAD_COUNT;
	conn_path_use(c, p);
	if (!old->addr.stream)
		memset(old, 0, sizeof *old);
	c->unanswered = unanswered;
	c->pto_count = count;
	c->troubled = troubled;
}

void
conn_event(struct conn *c, usec_t now, enum conn_event event,
    const struct conn_path *path)
{
	conn_enter(c, now);
	if (c->state == CONN_CLOSED)
		return;
	switch (event) {
	case CONN_EVENT_PATH_ADD:
		conn_event_add(c, path);
		break;
	case CONN_EVENT_PATH_DEL:
		conn_event_del(c, path);
		break;
	case CONN_EVENT_PATH_CHANGED:
		conn_event_changed(c, path);
		break;
	case CONN_EVENT_PATH_HOP:
		conn_event_hop(c, path);
		break;
	case CONN_EVENT_SUSPENDED:
		conn_slept(c);
		break;
	case CONN_EVENT_NETWORK:
		if (c->cfg.role != CONN_CLIENT || c->cfg.reliable)
			break;
		conn_race(c);
		if (c->active == CONN_NO_PATH)
			break;
		conn_leave_flying(c);
		conn_patience_reset(c);
		c->paths[c->active].pad = MOVE_PAD_COUNT;
		c->probes = 1;
		break;
	}
}

/*** Looking ***/

enum conn_state
conn_state(const struct conn *c)
{
	return (c->state);
}

uint64_t
conn_close_code(const struct conn *c, bool *by_peer)
{
	if (by_peer != NULL)
		*by_peer = c->close_by_peer;
	return (c->close_code);
}

const char *
conn_error(const struct conn *c)
{
	return (c->close_text);
}

void
conn_stats(const struct conn *c, struct conn_stats *st)
{
	const struct path	*p;
	struct rtt		 guess;
	const struct rtt	*rtt = &guess;

	*st = c->stats;
	rtt_init(&guess);
	if (c->active != CONN_NO_PATH) {
		p = &c->paths[c->active];
		rtt = &p->rtt;
		st->path_known = true;
		st->path = p->addr;
		st->path_validated = p->validated;
		st->in_flight = p->cc.in_flight;
		st->window = p->cc.window;
		st->packet_max = p->size;
	}
	st->srtt_us = rtt->srtt;
	st->rttvar_us = rtt->var;
	st->rtt_min_us = rtt_min(rtt);
	st->rtt_latest_us = rtt->latest;
	st->rtt_known = rtt->known;
	st->frame_interval_us = c->cfg.reliable ? FRAME_INTERVAL_MIN_US :
	    timing_frame(rtt->srtt, c->active == CONN_NO_PATH ? 1000 :
	    c->paths[c->active].cc.stretch);
	st->loss_ppm = conn_loss_ppm(c);
	st->last_heard = c->heard;
	st->stale_at = c->heard == 0 || c->cfg.reliable ? USEC_NEVER :
	    c->heard + 2 * conn_interval(c) + CONTACT_SLACK_US;
	st->hop_at = conn_hop_at(c);
	st->moves = c->moves;
	st->silent = conn_silent(c);
	st->silent_at = c->heard == 0 || c->cfg.reliable || c->cfg.role != CONN_SERVER ?
	    USEC_NEVER : timing_add(c->heard, timing_silent(c->peer_interval));
	st->rekeying = c->rekey.asked;
}

bool
conn_can_send(struct conn *c)
{
	return (c->active != CONN_NO_PATH && c->state == CONN_OPEN &&
	    !conn_silent(c) && conn_window_open(c, &c->paths[c->active]));
}
