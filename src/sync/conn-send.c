/* SPDX-License-Identifier: ISC */

/*
 * Building datagrams.
 *
 * What goes into one, first come first served:
 *
 *	ACK  PATH_RESPONSE  PATH_CHALLENGE  OBSERVED  SERVER_ADDRS
 *	then the app's, by class; PING if the packet must be answered; padding
 *
 * Who may leave when:
 *
 *	kind		window	pacing	holds
 *	FLIGHT		no	no	everything: first contact
 *	PROBE		no	no	PATH_ frames only; moves no address
 *	BARE		no	no	own frames and CLASS_INPUT
 *	DUP		no	no	the same, only if there is input
 *	FULL		yes	yes	everything
 *	FULL, probe	no	no	everything, after a timeout
 *	MTU		yes	yes	PING and padding, to see how large
 *
 * Fresh input is let past a full window, one packet for each conn_wake(), but
 * only every SQUEEZE_US; so a key leaves at once, and a paste waits its turn.
 *
 * Every tenth packet that has no room left for them, the lower classes go
 * before the panes, so that a flood cannot starve them; nor one of them the
 * others.  They have at most half of the window while pictures or keys move.
 */

#include <string.h>

#include "sync/conn-int.h"
#include "sync/timing.h"

enum build {
	BUILD_FLIGHT,
	BUILD_PROBE,
	BUILD_BARE,
	BUILD_DUP,
	BUILD_FULL,
	BUILD_MTU,
};

#define STARVED_MAX	9
#define LOW_TURNS	10
#define ROOM_LEFT	64	/* less than this: the packet is full */
#define PTO_SMALL	2	/* timeouts before trying small packets */
#define BIG_UNANSWERED	8	/* or this many big ones on a new path */
#define FLYING_MAX	(PACKETS_TRACKED_MAX - 64)
#define GREASE_EVERY	61
#define ADDRS_ROOM	256	/* SERVER_ADDRS and then some */

/*** For the app ***/

size_t
packet_left(const struct packet *pk)
{
	return (pk->open ? 0 : writer_left(&pk->w));
}

struct writer *
packet_begin(struct packet *pk, uint8_t type)
{
	pk->mark = writer_mark(&pk->w);
	pk->open = true;
	writer_u8(&pk->w, type);
	if (type == FRAME_INPUT)
		pk->has_input = true;
	return (&pk->w);
}

void
packet_cancel(struct packet *pk)
{
	writer_rewind(&pk->w, pk->mark);
	pk->open = false;
}

bool
packet_note(struct packet *pk, const struct sent_note *note)
{
	if (pk->notes_count == PACKET_NOTES_MAX)
		return (false);
	pk->conn->notes[pk->notes_count++] = *note;
	return (true);
}

bool
packet_end(struct packet *pk, const struct sent_note *note)
{
	if (!writer_ok(&pk->w) || (note != NULL && !packet_note(pk, note))) {
		packet_cancel(pk);
		return (false);
	}
	pk->open = false;
	pk->eliciting = true;
	pk->frames_count++;
	return (true);
}

/*** Our own frames ***/

/* Close one of our own frames, which may or may not want an answer. */
static bool
packet_own(struct packet *pk, bool eliciting)
{
	bool	was = pk->eliciting;

	if (!packet_end(pk, NULL))
		return (false);
	pk->eliciting = was || eliciting;
	return (true);
}

static bool
packet_ack(struct packet *pk)
{
	struct conn		*c = pk->conn;
	const struct range	*v = c->got.v;
	struct writer		*w;
	unsigned		 n = c->got.n, i;
	uint64_t		 delay;

	if (n == 0)
		return (false);
	/* 16 bytes for the head, at most 16 for each range, half the room. */
	while (n > 1 && 16 + n * 16 > packet_left(pk) / 2)
		n--;
	delay = (c->now - c->got_at) >> ACK_DELAY_SHIFT;
	w = packet_begin(pk, FRAME_ACK);
	v += c->got.n - 1;
	writer_varint(w, v->end - 1);
	writer_varint(w, delay);
	writer_varint(w, n - 1);
	writer_varint(w, v->end - 1 - v->first);
	for (i = 1; i < n; i++) {
		v--;
		writer_varint(w, v[1].first - v->end - 1);
		writer_varint(w, v->end - 1 - v->first);
	}
	return (packet_own(pk, false));
}

static bool
packet_token(struct packet *pk, uint8_t type, const uint8_t *token)
{
	writer_bytes(packet_begin(pk, type), token, PATH_DATA_LEN);
	return (packet_own(pk, true));
}

static void
packet_write_addr(struct writer *w, const struct conn_addr *a)
{
	writer_u8(w, a->family);
	writer_bytes(w, a->ip, a->family == MSG_ADDR_V4 ? 4 : 16);
	writer_u16(w, a->port);
}

static void
packet_observed(struct packet *pk, const struct path *p)
{
	const struct conn_addr	*a = &p->addr.remote;

	if (a->family == MSG_ADDR_V4 || a->family == MSG_ADDR_V6) {
		packet_write_addr(packet_begin(pk, FRAME_OBSERVED), a);
		if (!packet_own(pk, false))
			return;
	}
	pk->conn->observed_due = false;
}

static bool
packet_addrs(struct packet *pk)
{
	struct conn	*c = pk->conn;
	struct writer	*w = packet_begin(pk, FRAME_SERVER_ADDRS);
	unsigned	 i;

	writer_varint(w, c->addrs_n);
	for (i = 0; i < c->addrs_n; i++)
		packet_write_addr(w, &c->addrs[i]);
	if (!packet_own(pk, true))
		return (false);
	c->addrs_due = false;
	return (true);
}

static void
packet_ping(struct packet *pk)
{
	struct conn	*c = pk->conn;

	writer_varint(packet_begin(pk, FRAME_PING),
	    c->cfg.role == CONN_SERVER ? 0 : conn_interval(c) / USEC_PER_MSEC);
	if (packet_own(pk, true))
		c->told_interval = conn_interval(c);
}

/* A frame that nobody knows, so that everyone learns to skip them. */
static void
packet_grease(struct packet *pk)
{
	struct conn	*c = pk->conn;
	uint8_t		 b[5];

	c->cfg.rng->fill(c->cfg.rng, b, sizeof b);
	writer_str(packet_begin(pk, FRAME_EXT_FIRST | (b[0] & 0x3f)), b + 2,
	    b[1] & 3);
	packet_own(pk, true);
}

/*** Filling ***/

static void
packet_fill(struct packet *pk, enum conn_class cls)
{
	const struct conn_config	*cfg = &pk->conn->cfg;

	cfg->app->fill(cfg->app_arg, cls, pk);
	if (pk->open)
		packet_cancel(pk);
}

static void
packet_fill_all(struct packet *pk, bool low)
{
	static const enum conn_class	normal[] = {
		CONN_CLASS_FOCUS, CONN_CLASS_LAYOUT, CONN_CLASS_VISIBLE,
		CONN_CLASS_STREAM, CONN_CLASS_HISTORY, CONN_CLASS_BULK,
	}, low_first[] = {
		CONN_CLASS_STREAM, CONN_CLASS_HISTORY, CONN_CLASS_BULK,
		CONN_CLASS_FOCUS, CONN_CLASS_LAYOUT, CONN_CLASS_VISIBLE,
	}, turn[][3] = {	/* one of ten each for the last two */
		{ CONN_CLASS_STREAM, CONN_CLASS_HISTORY, CONN_CLASS_BULK },
		{ CONN_CLASS_HISTORY, CONN_CLASS_BULK, CONN_CLASS_STREAM },
		{ CONN_CLASS_BULK, CONN_CLASS_STREAM, CONN_CLASS_HISTORY },
	};
	struct conn		*c = pk->conn;
	const enum conn_class	*order = normal, *lows;
	enum conn_class		 cls;
	size_t			 before;
	unsigned		 i;

	if (c->starved >= STARVED_MAX) {
		order = low_first;
		c->starved = 0;
	}
	lows = turn[c->low_turn % LOW_TURNS == LOW_TURNS - 1 ? 2 :
	    c->low_turn % LOW_TURNS == LOW_TURNS / 2 ? 1 : 0];
	packet_fill(pk, CONN_CLASS_INPUT);
	for (i = 0; i < sizeof normal / sizeof normal[0]; i++) {
		if (order[i] == CONN_CLASS_STREAM && order == normal) {
			if (packet_left(pk) < ROOM_LEFT)
				c->starved++;
			else
				c->starved = 0;
		}
		cls = order[i];
		if (cls >= CONN_CLASS_STREAM) {
			if (!low)
				continue;
			cls = lows[cls - CONN_CLASS_STREAM];
		}
		before = writer_len(&pk->w);
		packet_fill(pk, cls);
		if (cls >= CONN_CLASS_STREAM)
			pk->low += writer_len(&pk->w) - before;
		else if (writer_len(&pk->w) != before)
			pk->pictures = true;
	}
	if (pk->low > 0)
		c->low_turn++;
}

/*** One datagram ***/

/*
 * When streams and below may leave as far as their share goes: they get half
 * of the window while there are pictures or keys, or the next of those would
 * find it full.
 */
static usec_t
conn_low_at(const struct conn *c, const struct path *p)
{
	usec_t	span = SHARE_US;

	if (c->cfg.reliable || c->pictures_at == 0 ||
	    CONN_PLANT(NO_SHARE) ||
	    p->low_flight < p->cc.window / 2)
		return (0);
	if (p->rtt.srtt > span)
		span = p->rtt.srtt;
	return (timing_add(c->pictures_at, span));
}

/* The low part of a packet is not in flight any more. */
void
conn_low_landed(struct path *p, const struct sent *s)
{
	p->low_flight -= s->low < p->low_flight ? s->low : p->low_flight;
}

static size_t
conn_overhead(const struct conn *c)
{
	return (c->cfg.seal != NULL ? c->cfg.seal->overhead :
	    MSG_OVERHEAD_LOCAL);
}

/* Would a large datagram hold up a key for long? */
static bool
conn_thin(const struct path *p)
{
	return (!p->rtt.known || DATAGRAM_MAX * p->rtt.srtt >
	    (uint64_t)p->cc.window * MTU_SPAN_US);
}

/* How many bytes of frames the next datagram to this path may hold. */
size_t
conn_room(const struct conn *c, const struct path *p, size_t cap)
{
	size_t	max = p->size, budget, over = conn_overhead(c);

	if (p->addr.stream && c->stream_full)
		return (0);
	if (max > cap)
		max = cap;
	if (!p->addr.stream && max > DATAGRAM_BASE && conn_thin(p))
		max = DATAGRAM_BASE;
	/* Nothing gets through; perhaps something small does. */
	if ((c->pto_count >= PTO_SMALL || (c->active == CONN_NO_PATH &&
	    p->race_step >= MOVE_PAD_COUNT) || (!p->acked_any &&
	    p->big_sent >= BIG_UNANSWERED)) && !p->addr.stream &&
	    max > DATAGRAM_MIN)
		max = DATAGRAM_MIN;
	budget = path_budget(p, c->cfg.role == CONN_SERVER);
	if (max > budget && !CONN_PLANT(NO_BUDGET))
		max = budget;
	if (max < over + MSG_PAD)
		return (0);
	max -= over;
	return (c->cfg.seal == NULL ? max : max - max % MSG_PAD);
}

static void
conn_drop_notes(struct conn *c, unsigned n)
{
	unsigned	i;

	for (i = 0; i < n; i++)
		c->cfg.app->lost(c->cfg.app_arg, &c->notes[i]);
}

/* Seal what is in pk; returns the length of the datagram, 0 if it failed. */
static size_t
conn_seal(struct conn *c, struct packet *pk, const struct path *p,
    size_t room, bool pad, uint8_t *out, size_t cap)
{
	const uint8_t	*cid;
	struct writer	 w;
	size_t		 n = writer_len(&pk->w), full;
	int		 len;

	if (c->cfg.seal == NULL) {
		writer_init(&w, out, cap);
		writer_u8(&w, MSG_FLAG_SHORT);
		writer_u64(&w, pk->pn);
		writer_bytes(&w, c->plain, n);
		return (writer_ok(&w) ? writer_len(&w) : 0);
	}
	full = pad ? room : (n + MSG_PAD - 1) / MSG_PAD * MSG_PAD;
	memset(c->plain + n, FRAME_PADDING, full - n);
	if ((cid = conn_cid_use(c, p)) != NULL && c->cfg.seal->use_cid != NULL)
		c->cfg.seal->use_cid(c->cfg.seal_arg, cid);
	len = c->cfg.seal->seal(c->cfg.seal_arg, pk->pn, c->plain, full, out,
	    cap);
	return (len < 0 ? 0 : (size_t)len);
}

/* Write the frames of our own that belong into it. */
static void
conn_build_own(struct conn *c, struct packet *pk, struct path *p,
    enum build what, bool *acked)
{
	*acked = false;
	if (what == BUILD_MTU)
		return;
	*acked = what != BUILD_PROBE && c->ack_owed > 0 && packet_ack(pk);
	if (p->reply && packet_token(pk, FRAME_PATH_RESPONSE, p->reply_token))
		p->reply = false;
	if (c->cfg.role == CONN_SERVER) {
		if (p->probing && p->tries < PATH_TRIES &&
		    p->probe_at <= c->now &&
		    packet_token(pk, FRAME_PATH_CHALLENGE, p->token)) {
			p->tries++;
			p->probe_at = p->probe_start + timing_challenge(
			    rtt_pto(&p->rtt, ACK_DELAY_US), p->tries);
			if (p->probe_at <= c->now)
				p->probe_at = c->now + RTT_GRANULARITY_US;
		}
	} else if (p->probing && p->race_at <= c->now)
		packet_token(pk, FRAME_PATH_CHALLENGE, p->token);
	if (what == BUILD_PROBE)
		return;
	if (c->observed_due)
		packet_observed(pk, p);
	if (c->addrs_due)
		packet_addrs(pk);
	if (c->state == CONN_OPEN) {
		pk->rekey = conn_rekey_fill(c, pk);
		pk->cids = conn_cid_fill(c, pk);
	}
}

/* Remember a packet that left and wants to be acknowledged. */
static void
conn_remember(struct conn *c, struct packet *pk, struct path *p, size_t size,
    bool addrs, bool mtu)
{
	struct sent	*s = sent_slot(&c->sent, pk->pn);

	s->at = c->now;
	s->path = p->serial;
	s->size = (uint32_t)size;
	s->low = (uint32_t)pk->low;
	p->low_flight += pk->low;
	if (pk->pictures || pk->has_input)
		c->pictures_at = c->now;
	s->state = SENT_FLYING;
	s->told = false;
	s->mtu = mtu;
	s->input = pk->has_input;
	s->echo = false;
	s->addrs = addrs;
	s->cids = (uint8_t)pk->cids;
	s->rekey = (uint8_t)pk->rekey;
	sent_set_notes(s, c->notes, pk->notes_count);
	cc_sent(&p->cc, &p->rtt, c->now, size);
	if (s->mtu)
		return;			/* nobody waits for it */
	if (size > DATAGRAM_MIN)
		p->big_sent++;
	/* What asks another path must not put off what this one is asked. */
	if (c->active != CONN_NO_PATH && conn_path_index(c, p) != c->active)
		return;
	c->elicited_at = c->now;
	if (c->pto_from == 0)
		c->pto_from = c->now == 0 ? 1 : c->now;
	if (c->unanswered == 0)
		c->unanswered = c->now == 0 ? 1 : c->now;
	if (conn_path_index(c, p) == c->active) {
		c->flying++;
		c->flying_input += pk->has_input;
		if (c->probes > 0)
			c->probes--;
	}
}

static void
conn_plan_duplicate(struct conn *c, const struct packet *pk,
    const struct path *p, enum build what)
{
	if (!pk->has_input)
		return;
	c->dup_at = USEC_NEVER;
	if (what != BUILD_DUP && pk->dup_ok && !pk->reliable &&
	    conn_loss_ppm(c) >= DUPLICATE_LOSS_PPM)
		c->dup_at = c->now + timing_duplicate(p->rtt.srtt);
}

/*
 * Server: where packets are lost, so will be echoes, and the key is only as
 * fast as those.  A small picture that follows input is doubled like input:
 * not as bytes, but by giving its notes back, so that the app sends again
 * what is still wanted.
 */
static void
conn_plan_redo(struct conn *c, struct packet *pk, const struct path *p,
    size_t size)
{
	struct sent	*s;

	if (c->cfg.role != CONN_SERVER || pk->reliable || !pk->pictures)
		return;
	if (c->redoing) {
		c->redoing = false;
		c->stats.duplicates++;
		return;
	}
	if (size > ECHO_DUPLICATE_SIZE || c->input_at == 0 ||
	    c->now - c->input_at > ECHO_DUPLICATE_US ||
	    conn_loss_ppm(c) < DUPLICATE_LOSS_PPM)
		return;
	s = sent_slot(&c->sent, pk->pn);
	s->echo = true;
	if (c->redo_at == USEC_NEVER)
		c->redo_at = c->now + timing_duplicate(p->rtt.srtt);
}

void
conn_redo(struct conn *c)
{
	struct sent	*s;
	usec_t		 at;
	uint64_t	 pn;

	c->redo_at = USEC_NEVER;
	if (c->active == CONN_NO_PATH)
		return;
	for (pn = sent_flying(&c->sent); pn < c->sent.next; pn++) {
		if ((s = sent_find(&c->sent, pn)) == NULL ||
		    s->state != SENT_FLYING || s->told || !s->echo)
			continue;
		at = s->at + timing_duplicate(c->paths[c->active].rtt.srtt);
		if (at > c->now) {
			if (at < c->redo_at)
				c->redo_at = at;
			continue;
		}
		conn_tell(c, s, false);
		c->redoing = true;
		c->dry_until = 0;
	}
}

static size_t
conn_build(struct conn *c, struct path *p, enum build what, bool eliciting,
    uint8_t *out, size_t cap)
{
	struct packet	 pk;
	struct sent	*s;
	size_t		 room, n;
	bool		 acked, pad, addrs = c->addrs_due;

	if (what == BUILD_MTU) {
		room = path_probe_next(p, c->now) - conn_overhead(c);
		room -= room % MSG_PAD;
	} else if ((room = conn_room(c, p, cap)) == 0)
		return (0);
	memset(&pk, 0, sizeof pk);
	pk.now = c->now;
	pk.pn = c->sent.next;
	pk.reliable = c->cfg.reliable || p->addr.stream;
	pk.duplicate = what == BUILD_DUP;
	pk.conn = c;
	writer_init(&pk.w, c->plain, room);

	/* Whatever still flies in its place is forgotten, so it is lost. */
	s = sent_slot(&c->sent, pk.pn);
	if (s->state == SENT_FLYING)
		conn_settle_lost(c, s);
	conn_tell(c, s, false);

	conn_build_own(c, &pk, p, what, &acked);
	if (what == BUILD_FLIGHT || what == BUILD_FULL)
		packet_fill_all(&pk, what == BUILD_FLIGHT ||
		    conn_low_at(c, p) <= c->now);
	else if (what != BUILD_PROBE && what != BUILD_MTU)
		packet_fill(&pk, CONN_CLASS_INPUT);
	if (what == BUILD_DUP && !pk.has_input && !acked) {
		conn_drop_notes(c, pk.notes_count);
		return (0);
	}
	if (eliciting && (!pk.eliciting || what == BUILD_FLIGHT))
		packet_ping(&pk);
	if (c->cfg.seal != NULL && what != BUILD_PROBE && what != BUILD_MTU &&
	    pk.eliciting &&
	    pk.pn % GREASE_EVERY == GREASE_EVERY / 2)
		packet_grease(&pk);
	if (pk.frames_count == 0)
		return (0);

	pad = what == BUILD_MTU || (p->pad > 0 && what != BUILD_PROBE &&
	    !p->addr.stream);
	n = conn_seal(c, &pk, p, room, pad, out, cap);
	if (n == 0) {
		conn_drop_notes(c, pk.notes_count);
		conn_fail(c, CLOSE_KEY_LIMIT, "cannot seal any more");
		conn_closed(c);
		return (0);
	}
	c->sent.next++;
	s->pn = pk.pn;
	s->state = SENT_FREE;
	s->acked = false;
	if (what == BUILD_MTU)
		path_probe_sent(p, c->now, path_probe_next(p, c->now));
	else if (pad)
		p->pad--;
	if (acked) {
		c->ack_owed = 0;
		c->ack_at = USEC_NEVER;
	}
	if (pk.eliciting)
		conn_remember(c, &pk, p, n, addrs && !c->addrs_due,
		    what == BUILD_MTU);
	conn_plan_duplicate(c, &pk, p, what);
	if (pk.eliciting)
		conn_plan_redo(c, &pk, p, n);
	if (what != BUILD_PROBE && what != BUILD_MTU)
		c->woken = false;
	if (what == BUILD_DUP)
		c->stats.duplicates++;
	/* How long a NAT had to remember us without a word from here. */
	if (c->said_at != 0 && c->now - c->said_at > c->idle_longest)
		c->idle_longest = c->now - c->said_at;
	c->said_at = c->now;
	p->out += n;
	c->stats.packets_out++;
	c->stats.bytes_out += n;
	return (n);
}

/*** When ***/

bool
conn_window_open(const struct conn *c, const struct path *p)
{
	if (c->flying >= FLYING_MAX)
		return (false);
	if (c->cfg.reliable)
		return (p->cc.in_flight < RELIABLE_WINDOW);
	return (cc_open(&p->cc));
}

static usec_t
conn_keepalive_at(const struct conn *c)
{
	usec_t	t;

	if (c->cfg.role != CONN_CLIENT || c->cfg.reliable)
		return (USEC_NEVER);
	/* A timeout asks sooner, and must not be put off by asking. */
	if (c->flying > 0)
		return (USEC_NEVER);
	t = timing_add(c->elicited_at, conn_interval(c));
	/* A server that does not know of it would fall silent meanwhile. */
	if (c->told_interval != 0 && timing_silent(c->told_interval) <
	    c->idle_interval + SERVER_SLACK_US && c->active_until < t)
		t = c->active_until;
	return (t);
}

/* When the app's frames, up to and with this class, may leave. */
static usec_t
conn_app_when(struct conn *c, const struct path *p, enum conn_class last)
{
	usec_t	t, at;

	t = c->cfg.app->due(c->cfg.app_arg, c->now, last);
	if (t == USEC_NEVER)
		return (t);
	if (t < c->dry_until)
		t = c->dry_until;
	if (last == CONN_CLASS_INPUT) {
		if (!conn_window_open(c, p)) {
			if (!c->woken)
				return (USEC_NEVER);
			at = timing_add(c->squeezed_at, SQUEEZE_US);
			if (t < at)
				t = at;
		}
		return (t);
	}
	if (!conn_window_open(c, p))
		return (USEC_NEVER);
	if (!p->addr.stream && t < (at = cc_pace_at(&p->cc, &p->rtt)))
		t = at;
	return (t);
}

/* The same for all of them, each as early as its share allows. */
static usec_t
conn_low_when(struct conn *c, const struct path *p)
{
	usec_t	share = conn_low_at(c, p), low, t;

	if (share <= c->now)
		return (conn_app_when(c, p, CONN_CLASS_BULK));
	t = conn_app_when(c, p, CONN_CLASS_VISIBLE);
	low = conn_app_when(c, p, CONN_CLASS_BULK);
	if (low == USEC_NEVER || low >= share)
		return (t < low ? t : low);
	return (t < share ? t : share);
}

/* When something should leave by the active path. */
usec_t
conn_send_when(struct conn *c)
{
	const struct path	*p;
	usec_t			 t, x;
	size_t			 room;

	if (c->active == CONN_NO_PATH ||
	    (c->state != CONN_CONNECTING && c->state != CONN_OPEN))
		return (USEC_NEVER);
	p = &c->paths[c->active];
	if ((room = conn_room(c, p, DATAGRAM_STREAM)) == 0)
		return (USEC_NEVER);	/* until it may take more */
	/* Ids that the server gives ride on what it says anyway. */
	if (c->probes > 0 || p->reply || ((c->addrs_due ||
	    conn_rekey_due(c) || (c->cfg.role == CONN_CLIENT &&
	    conn_cid_due(c))) && c->state == CONN_OPEN && room >= ADDRS_ROOM))
		return (c->now);
	t = c->ack_at;
	if (c->cfg.role == CONN_SERVER && p->probing &&
	    p->tries < PATH_TRIES && p->probe_at < t)
		t = p->probe_at;
	if ((x = conn_keepalive_at(c)) < t)
		t = x;
	if (c->dup_at < t)
		t = c->dup_at;
	if ((x = conn_app_when(c, p, CONN_CLASS_INPUT)) < t)
		t = x;
	if ((x = conn_low_when(c, p)) < t)
		t = x;
	return (t);
}

/*** Output ***/

static size_t
conn_output_close(struct conn *c, uint8_t *out, size_t cap,
    struct conn_path *to)
{
	struct packet	 pk;
	struct path	*p;
	struct writer	*w;
	size_t		 room, n = 0;

	if (c->active == CONN_NO_PATH) {
		conn_closed(c);
		return (0);
	}
	if (c->close_sends == 0 || c->close_at > c->now)
		return (0);
	p = &c->paths[c->active];
	if ((room = conn_room(c, p, cap)) > 0) {
		memset(&pk, 0, sizeof pk);
		pk.pn = c->sent.next;
		pk.conn = c;
		conn_tell(c, sent_slot(&c->sent, pk.pn), false);
		sent_slot(&c->sent, pk.pn)->state = SENT_FREE;
		writer_init(&pk.w, c->plain, room);
		w = packet_begin(&pk, FRAME_CLOSE);
		writer_varint(w, c->close_code);
		n = strlen(c->close_text);
		if (n > CLOSE_REASON_MAX)
			n = CLOSE_REASON_MAX;
		if (n + 2 > writer_left(w))
			n = 0;
		writer_str(w, c->close_by_peer ? "" : c->close_text,
		    c->close_by_peer ? 0 : n);
		packet_own(&pk, false);
		n = conn_seal(c, &pk, p, room, false, out, cap);
		if (n > 0) {
			c->sent.next++;
			p->out += n;
			c->stats.packets_out++;
			c->stats.bytes_out += n;
			*to = p->addr;
		}
	}
	c->close_sends--;
	c->close_at = c->now + rtt_pto(&p->rtt, ACK_DELAY_US);
	if (c->close_sends == 0 && (c->cfg.reliable || c->close_by_peer))
		conn_closed(c);
	return (n);
}

/* After a probe of a candidate: when comes the next? */
static void
conn_race_next(struct conn *c, struct path *p)
{
	p->race_step++;
	if ((c->active == CONN_NO_PATH || c->troubled) &&
	    p->race_step >= TIMING_RACE_STEPS)
		p->race_at = c->now + timing_retry(c->now - p->race_start);
	else
		p->race_at = p->race_start + timing_race(p->race_step);
	if (p->race_at < c->now + RACE_1_US)
		p->race_at = c->now + RACE_1_US;
}

/* A path that is not the active one: answers, challenges, races. */
static size_t
conn_output_other(struct conn *c, struct path *p, uint8_t *out, size_t cap)
{
	bool		race, first;
	size_t		n;
	struct sent	*s;
	uint64_t	pn;

	race = conn_racing(c) && p->race_at <= c->now;
	if (!race && !p->reply && !(c->cfg.role == CONN_SERVER && p->probing &&
	    p->tries < PATH_TRIES && p->probe_at <= c->now))
		return (0);
	first = race && c->active == CONN_NO_PATH;
	if (first) {
		/* All of it again, as this may be the one that arrives. */
		for (pn = sent_flying(&c->sent); pn < c->sent.next; pn++) {
			if ((s = sent_find(&c->sent, pn)) != NULL)
				conn_tell(c, s, false);
		}
	}
	n = conn_build(c, p, first ? BUILD_FLIGHT : BUILD_PROBE, first, out,
	    cap);
	p->reply = false;
	if (race)
		conn_race_next(c, p);
	return (n);
}

/*
 * Is it time to see whether larger datagrams get through?  Only for streams.
 */
static bool
conn_wants_larger(const struct conn *c, const struct path *p)
{
	return (!c->cfg.reliable && c->cfg.packet_max == 0 &&
	    p->low_flight > 0 && !conn_thin(p) &&
	    path_probe_next(p, c->now) != 0);
}

static size_t
conn_output_active(struct conn *c, uint8_t *out, size_t cap)
{
	struct path	*p = &c->paths[c->active];
	enum build	 what = BUILD_BARE;
	bool		 eliciting, app, input, squeezed;
	size_t		 n;

	if (conn_send_when(c) > c->now)
		return (0);
	eliciting = c->probes > 0 || conn_keepalive_at(c) <= c->now;
	input = conn_app_when(c, p, CONN_CLASS_INPUT) <= c->now;
	app = conn_low_when(c, p) <= c->now;
	squeezed = input && !conn_window_open(c, p);
	if (app && c->probes == 0 && cap >= DATAGRAM_MAX &&
	    conn_wants_larger(c, p))
		return (conn_build(c, p, BUILD_MTU, true, out, cap));
	if (c->probes > 0 || app)
		what = BUILD_FULL;
	else if (c->dup_at <= c->now && !input)
		what = BUILD_DUP;
	if (c->dup_at <= c->now)
		c->dup_at = USEC_NEVER;
	n = conn_build(c, p, what, eliciting, out, cap);
	if (squeezed)
		c->squeezed_at = c->now;
	if (n > 0)
		return (n);
	/*
	 * The app said that it had something, but had not; or there is so
	 * little room that not even an ACK fits.  Do not spin.
	 */
	if (app || input)
		c->dry_until = c->now + DRY_US;
	if (c->ack_at <= c->now)
		c->ack_at = c->now + ACK_DELAY_US;
	conn_path_blocked(c, p);
	return (n);
}

size_t
conn_output(struct conn *c, usec_t now, uint8_t *out, size_t cap,
    struct conn_path *to)
{
	size_t	n;
	int	i;

	conn_enter(c, now);
	conn_run(c);
	if (c->state == CONN_CLOSED)
		return (0);
	if (c->state == CONN_CLOSING)
		return (conn_output_close(c, out, cap, to));
	if (conn_silent(c))
		return (0);
	for (i = 0; i < PATHS_MAX; i++) {
		if (!c->paths[i].used || i == c->active)
			continue;
		n = conn_output_other(c, &c->paths[i], out, cap);
		if (n > 0) {
			*to = c->paths[i].addr;
			return (n);
		}
	}
	if (c->active == CONN_NO_PATH)
		return (0);
	n = conn_output_active(c, out, cap);
	if (n > 0)
		*to = c->paths[c->active].addr;
	return (n);
}
