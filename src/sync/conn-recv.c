/* SPDX-License-Identifier: ISC */

/*
 * Taking a datagram in.
 *
 *	open (at most one AEAD)  -- refused --> counted, nothing else
 *	mark its number, start the clock of the acknowledgement
 *	each frame: own ones here, the app's by its table
 *	newest, not a mere probe, from elsewhere: move (server)
 *
 * Everything in a frame is a stranger's until checked: an authentic peer may
 * still be hostile.  A malformed frame closes the connection.
 */

#include <string.h>

#include "sync/conn-int.h"
#include "sync/timing.h"

/* Most frames that are not the app's in one packet, but for padding. */
#define OWN_FRAMES_MAX	64

/* Ranges are acknowledged again for so long, and at most twice that. */
#define GOT_KEEP_US	5000000

/*** What became of packets ***/

/* Give the notes of a packet back. */
void
conn_tell(struct conn *c, struct sent *s, bool acked)
{
	unsigned	i;

	if (s->told)
		return;
	s->told = true;
	if (s->addrs && !acked)
		c->addrs_due = true;
	if (s->rekey != 0 && !acked)
		conn_rekey_lost(c, s);
	if (s->cids != 0)
		conn_cid_fate(c, s, acked);
	for (i = 0; i < s->notes_n; i++) {
		if (acked)
			c->cfg.app->acked(c->cfg.app_arg, &s->notes[i]);
		else
			c->cfg.app->lost(c->cfg.app_arg, &s->notes[i]);
	}
}

void
conn_note_loss(struct conn *c, bool lost)
{
	c->losses_sum += lost;
	if (c->losses_n < LOSS_SAMPLE)
		c->losses_n++;
	else
		c->losses_sum -= c->losses[c->losses_pos];
	c->losses[c->losses_pos] = lost;
	c->losses_pos = (c->losses_pos + 1) % LOSS_SAMPLE;
}

/* A packet in flight leaves the count of its path. */
static struct path *
conn_land(struct conn *c, struct sent *s)
{
	struct path	*p = conn_path_serial(c, s->path);

	if (p != NULL)
		conn_low_landed(p, s);
	if (p != NULL && conn_path_index(c, p) == c->active && !s->mtu) {
		if (c->flying > 0)
			c->flying--;
		if (s->input && c->flying_input > 0)
			c->flying_input--;
	}
	return (p);
}

void
conn_settle_lost(struct conn *c, struct sent *s)
{
	struct path	*p = conn_land(c, s);

	s->state = SENT_LOST;
	if (s->mtu) {			/* it says nothing of congestion */
		if (p != NULL) {
			cc_forget(&p->cc, s->size);
			path_probe_lost(p, c->now);
		}
		return;
	}
	c->stats.packets_lost++;
	conn_note_loss(c, true);
	if (p != NULL) {
		cc_lost(&p->cc, c->now, s->size, s->at);
		path_size_lost(p, c->now, s->size);
	}
	conn_tell(c, s, false);
	c->dry_until = 0;
}

/*
 * RFC 9002, section 6.1, for the packets of one path: lost is what was sent
 * PACKET_THRESHOLD numbers or a good round trip before one that arrived.
 */
#define PACKET_THRESHOLD	3

/*
 * RFC 9002, section 7.6: two packets are lost that were sent far apart, after
 * the first round trip was measured, and nothing between them arrived.  So
 * the path is another now.
 */
static bool
conn_persistent(const struct path *p, usec_t first, usec_t last)
{
	return (p->rtt.known && first > p->rtt.known_at && last - first >
	    PERSISTENT_PTOS * rtt_pto(&p->rtt, ACK_DELAY_US));
}

void
conn_detect_lost(struct conn *c, struct path *p)
{
	struct sent	*s;
	usec_t		 delay = rtt_loss_delay(&p->rtt);
	usec_t		 first = USEC_NEVER;
	uint64_t	 pn;
	bool		 collapse = false;

	p->loss_at = USEC_NEVER;
	if (!p->acked_any)
		return;
	for (pn = sent_flying(&c->sent); pn < p->acked; pn++) {
		s = sent_slot(&c->sent, pn);
		if (s->pn != pn || s->path != p->serial)
			continue;
		if (s->acked)
			first = USEC_NEVER;
		if (s->state != SENT_FLYING)
			continue;
		if (p->acked - pn < PACKET_THRESHOLD &&
		    s->at + delay > c->now) {
			if (s->at + delay < p->loss_at)
				p->loss_at = s->at + delay;
			continue;
		}
		if (s->mtu) {
			conn_settle_lost(c, s);
			continue;
		}
		if (first == USEC_NEVER)
			first = s->at;
		if (conn_persistent(p, first, s->at))
			collapse = true;
		conn_settle_lost(c, s);
	}
	if (collapse)
		cc_collapse(&p->cc);
}

static void
conn_acked(struct conn *c, struct sent *s)
{
	struct path	*p;

	switch (s->state) {
	case SENT_FLYING:
		p = conn_land(c, s);
		if (p != NULL) {
			cc_acked(&p->cc, &p->rtt, c->now, s->size, s->at);
			path_size_acked(p, s->size);
			if (s->mtu)
				path_probe_acked(p);
		}
		conn_note_loss(c, false);
		break;
	case SENT_LOST:
		c->stats.packets_spurious++;
		break;
	case SENT_LEFT:
	case SENT_FREE:
		break;
	}
	p = conn_path_serial(c, s->path);
	if (p != NULL && (!p->acked_any || s->pn > p->acked)) {
		p->acked_any = true;
		p->acked = s->pn;
	}
	if (p != NULL && conn_path_index(c, p) == c->active)
		conn_path_alive(c);
	conn_tell(c, s, true);
	s->state = SENT_FREE;
	s->acked = true;
}

/*** Frames of our own ***/

/* The highest newly acknowledged packet tells the round trip. */
static void
conn_ack_sample(struct conn *c, const struct sent *s, uint64_t delay)
{
	struct path	*p = conn_path_serial(c, s->path);
	usec_t		 rtt = c->now - s->at, held, extra;

	if (p == NULL || s->at < c->rtt_from)
		return;
	/* One that was overtaken came late, who knows how; or was kept back. */
	if (!c->in.newest)
		return;
	if (delay > USEC_NEVER >> ACK_DELAY_SHIFT)
		return;
	held = (usec_t)delay << ACK_DELAY_SHIFT;
	/*
	 * Held longer than ever promised: an earlier one was lost, perhaps an
	 * hour ago, and this says it again.  That was no part of the journey.
	 */
	if (held > ACK_DELAY_US) {
		extra = held - ACK_DELAY_US;
		if (extra >= rtt)
			return;
		rtt -= extra;
		held = ACK_DELAY_US;
	}
	rtt_sample(&p->rtt, c->now, rtt, held);
}

/* largest, delay, number of further ranges, length, [gap, length] ... */
static int
conn_frame_ack(struct conn *c, struct reader *r)
{
	struct range	 v[ACK_RANGES_MAX];
	struct sent	*s;
	uint64_t	 largest, delay, n, len, gap, top, pn;
	unsigned	 i, count = 0;
	bool		 any = false;

	largest = reader_varint(r);
	delay = reader_varint(r);
	n = reader_varint_max(r, ACK_RANGES_MAX - 1);
	top = largest;
	for (i = 0; i <= n; i++) {
		if (i > 0) {
			gap = reader_varint(r);
			if (gap + 2 > top) {
				reader_fail(r);
				break;
			}
			top -= gap + 2;
		}
		len = reader_varint(r);
		if (!reader_ok(r) || len > top) {
			reader_fail(r);
			break;
		}
		v[count].first = top - len;
		v[count++].end = top + 1;
		top -= len;
	}
	if (!reader_ok(r))
		return (-CLOSE_PROTOCOL);
	if (largest >= c->sent.next)		/* never sent */
		return (-CLOSE_PROTOCOL);
	s = sent_find(&c->sent, largest);
	if (s != NULL)
		conn_ack_sample(c, s, delay);
	for (i = 0; i < count; i++) {
		pn = v[i].first;
		if (pn < sent_first(&c->sent))
			pn = sent_first(&c->sent);
		for (; pn < v[i].end; pn++) {
			if ((s = sent_find(&c->sent, pn)) == NULL)
				continue;
			conn_acked(c, s);
			any = true;
		}
	}
	if (!any)
		return (0);
	c->pto_count = 0;
	c->pto_from = c->flying > 0 ? c->now : 0;
	c->dry_until = 0;
	for (i = 0; i < PATHS_MAX; i++) {
		if (c->paths[i].used)
			conn_detect_lost(c, &c->paths[i]);
	}
	return (0);
}

static int
conn_frame_close(struct conn *c, struct reader *r)
{
	const uint8_t	*text;
	uint64_t	 code;
	size_t		 n;

	code = reader_varint(r);
	text = reader_str(r, CLOSE_REASON_MAX, &n);
	if (!reader_ok(r))
		return (-CLOSE_PROTOCOL);
	if (c->state == CONN_CLOSING) {		/* both said it */
		conn_closed(c);
		return (0);
	}
	c->state = CONN_CLOSING;
	c->close_code = code;
	c->close_by_peer = true;
	conn_set_text(c, text, n);
	c->close_sends = 1;			/* so that it may stop */
	c->close_at = c->now;
	return (0);
}

static int
conn_frame_challenge(struct conn *c, struct reader *r)
{
	const uint8_t	*token = reader_bytes(r, PATH_DATA_LEN);
	struct path	*p;

	if (token == NULL)
		return (-CLOSE_PROTOCOL);
	c->in.urgent = true;
	/* A client answers only where it knows the way. */
	if (c->cfg.role == CONN_CLIENT)
		p = conn_path_find(c, c->in.from);
	else if ((p = conn_path_find(c, c->in.from)) == NULL) {
		p = conn_path_get(c, c->in.from);
		p->in = c->in.size;
		p->heard = c->now;
	}
	if (p == NULL)
		return (0);
	p->reply = true;
	memcpy(p->reply_token, token, PATH_DATA_LEN);
	return (0);
}

static int
conn_frame_response(struct conn *c, struct reader *r)
{
	const uint8_t	*token = reader_bytes(r, PATH_DATA_LEN);
	struct path	*p;
	unsigned	 i;

	if (token == NULL)
		return (-CLOSE_PROTOCOL);
	for (i = 0; i < PATHS_MAX; i++) {
		p = &c->paths[i];
		if (p->used && p->probing &&
		    memcmp(p->token, token, PATH_DATA_LEN) == 0) {
			conn_path_answered(c, p);
			break;
		}
	}
	return (0);
}

static int
conn_read_addr(struct reader *r, struct conn_addr *a)
{
	const uint8_t	*ip;
	size_t		 n;

	memset(a, 0, sizeof *a);
	a->family = reader_u8(r);
	if (a->family != MSG_ADDR_V4 && a->family != MSG_ADDR_V6)
		return (-CLOSE_PROTOCOL);
	n = a->family == MSG_ADDR_V4 ? 4 : 16;
	ip = reader_bytes(r, n);
	a->port = reader_u16(r);
	if (!reader_ok(r))
		return (-CLOSE_PROTOCOL);
	memcpy(a->ip, ip, n);
	return (0);
}

/*
 * The server tells from where it sees us.  Another port than last time,
 * without our doing, means that a NAT forgot us while we were idle: be idle
 * for half as long; if it keeps remembering, dare longer again.
 */
static int
conn_frame_observed(struct conn *c, struct reader *r)
{
	struct conn_addr	a;

	if (conn_read_addr(r, &a) != 0 || c->cfg.role != CONN_CLIENT)
		return (-CLOSE_PROTOCOL);
	if (c->observed.family == a.family &&
	    memcmp(c->observed.ip, a.ip, sizeof a.ip) == 0) {
		if (c->observed.port != a.port) {
			c->idle_quiet = 0;
			c->idle_interval = c->idle_longest / 2;
			if (c->idle_interval < KEEPALIVE_MIN_US)
				c->idle_interval = KEEPALIVE_MIN_US;
		} else if (c->idle_longest >= c->idle_interval &&
		    ++c->idle_quiet >= KEEPALIVE_QUIET) {
			c->idle_quiet = 0;
			c->idle_interval += KEEPALIVE_STEP_US;
		}
		if (c->idle_interval > c->cfg.keepalive_idle_us)
			c->idle_interval = c->cfg.keepalive_idle_us;
	}
	c->idle_longest = 0;
	c->observed = a;
	return (0);
}

static int
conn_frame_addrs(struct conn *c, struct reader *r)
{
	struct conn_addr	v[SERVER_ADDRS_MAX];
	uint64_t		n, i;

	n = reader_varint_max(r, SERVER_ADDRS_MAX);
	for (i = 0; i < n; i++) {
		if (conn_read_addr(r, &v[i]) != 0)
			return (-CLOSE_PROTOCOL);
	}
	if (!reader_ok(r) || c->cfg.role != CONN_CLIENT)
		return (-CLOSE_PROTOCOL);
	if (c->cfg.app->server_addrs != NULL)
		c->cfg.app->server_addrs(c->cfg.app_arg, v, (unsigned)n);
	return (0);
}

static int
conn_frame_ping(struct conn *c, struct reader *r)
{
	uint64_t	ms = reader_varint_max(r, KEEPALIVE_MAX_US / 1000);

	if (!reader_ok(r))
		return (-CLOSE_PROTOCOL);
	if (c->cfg.role == CONN_SERVER && ms > 0)
		c->peer_interval = ms * USEC_PER_MSEC;
	c->in.ping = true;
	return (0);
}

/* One frame; the type is read already. */
static int
conn_frame(struct conn *c, uint8_t type, struct reader *r)
{
	switch (type) {
	case FRAME_PATH_CHALLENGE:
		c->in.eliciting = true;
		return (conn_frame_challenge(c, r));
	case FRAME_PATH_RESPONSE:
		c->in.eliciting = true;
		return (conn_frame_response(c, r));
	case FRAME_NEW_CID:
		c->in.eliciting = true;
		return (conn_cid_frame_new(c, r));
	}
	c->in.nonprobe = true;
	if (type == FRAME_ACK)
		return (conn_frame_ack(c, r));
	if (type == FRAME_CLOSE)
		return (conn_frame_close(c, r));
	if (type == FRAME_OBSERVED)
		return (conn_frame_observed(c, r));
	c->in.eliciting = true;
	if (type >= FRAME_APP_FIRST && type <= FRAME_APP_LAST) {
		if (type == FRAME_INPUT) {
			c->in.input = true;
			c->input_at = c->now;
		}
		return (c->cfg.app->frame(c->cfg.app_arg, type, r, c->in.pn));
	}
	if (type >= FRAME_EXT_FIRST && type <= FRAME_EXT_LAST) {
		reader_bytes(r, reader_varint_max(r, EXT_FRAME_MAX));
		return (0);
	}
	switch (type) {
	case FRAME_PING:
		return (conn_frame_ping(c, r));
	case FRAME_SERVER_ADDRS:
		return (conn_frame_addrs(c, r));
	case FRAME_RETIRE_CID:
		return (conn_cid_frame_retire(c, r));
	case FRAME_REKEY:
	case FRAME_REKEY_OK:
	case FRAME_REKEY_ASK:
		return (conn_rekey_frame(c, type, r));
	}
	return (-CLOSE_PROTOCOL);
}

static void
conn_frames(struct conn *c, const uint8_t *p, size_t n)
{
	struct reader	r;
	uint8_t		type;
	unsigned	own = 0;
	int		rv;

	/* We said goodbye, the app may be gone: only the echo matters. */
	if (c->state == CONN_CLOSING && (n == 0 || p[0] != FRAME_CLOSE))
		return;
	reader_init(&r, p, n);
	while (reader_left(&r) > 0 && c->state != CONN_CLOSED) {
		type = reader_u8(&r);
		if (type == FRAME_PADDING)
			continue;
		if (type < FRAME_APP_FIRST && ++own > OWN_FRAMES_MAX) {
			conn_fail(c, CLOSE_LIMIT, "too many frames");
			return;
		}
		rv = conn_frame(c, type, &r);
		if (rv == 0 && !reader_ok(&r))
			rv = -CLOSE_PROTOCOL;
		if (rv != 0) {
			conn_fail(c, (uint64_t)-rv, rv == -CLOSE_LIMIT ?
			    "peer passed a limit" : "malformed frame");
			return;
		}
	}
}

/*** The datagram ***/

/* Is an acknowledgement due for this packet, and when? */
static void
conn_ack_owe(struct conn *c, bool in_order)
{
	usec_t	at;

	if (!c->in.eliciting)
		return;
	c->ack_owed++;
	if (!in_order || c->in.urgent || c->ack_owed >= ACK_EVERY)
		at = c->now;
	else if (c->in.input)
		at = c->now + ACK_DELAY_INPUT_US;
	else
		at = c->now + ACK_DELAY_US;
	if (at < c->ack_at)
		c->ack_at = at;
}

/*
 * The number is authentic and new.  At most ACK_RANGES_MAX ranges are kept:
 * what is older than them will not be acknowledged, and counts as lost.
 */
static void
conn_got(struct conn *c, uint64_t pn)
{
	uint64_t	last;

	if (CONN_PLANT(WRONG_ACK) && pn > 0)
		ranges_add(&c->got, pn - 1, pn);
	ranges_add(&c->got, pn, pn + 1);
	while (c->got.n > ACK_RANGES_MAX)
		ranges_shift(&c->got);
	/* Nor is old news worth repeating for ever. */
	if (c->now - c->got_kept_at >= GOT_KEEP_US) {
		last = c->got.v[c->got.n - 1].first;
		ranges_trim(&c->got, last < c->got_keep ? last : c->got_keep);
		c->got_keep = c->got_next;
		c->got_kept_at = c->now;
	}
	if (pn >= c->got_next) {
		c->got_next = pn + 1;
		c->got_at = c->now;
	}
}

static int
conn_open(struct conn *c, const uint8_t *d, size_t n, const uint8_t **plain,
    uint64_t *pn)
{
	struct reader	r;
	int		len;

	if (c->cfg.seal != NULL) {
		len = c->cfg.seal->open(c->cfg.seal_arg, d, n, c->plain,
		    sizeof c->plain, pn);
		if (len == CONN_SEAL_WORN) {
			conn_fail(c, CLOSE_KEY_LIMIT, "the key is worn out");
			conn_closed(c);
		}
		*plain = c->plain;
		return (len);
	}
	reader_init(&r, d, n);
	if (reader_u8(&r) != MSG_FLAG_SHORT)
		return (CONN_DROP_SIZE);
	*pn = reader_u64(&r);
	/* Nothing is lost or doubled on such a link. */
	if (!reader_ok(&r) || *pn != c->got_next)
		return (CONN_DROP_SIZE);
	*plain = d + MSG_OVERHEAD_LOCAL;
	return ((int)(n - MSG_OVERHEAD_LOCAL));
}

static void
conn_input_path(struct conn *c, const struct conn_path *from)
{
	struct path	*p = conn_path_find(c, from);

	if (p == NULL && c->cfg.role == CONN_SERVER && c->in.nonprobe &&
	    c->in.newest) {
		p = conn_path_get(c, from);
		p->in = c->in.size;
		p->heard = c->now;
	}
	if (p == NULL || c->state == CONN_CLOSED)
		return;
	if (c->cfg.role == CONN_SERVER) {
		if (!c->in.nonprobe || !(c->in.newest || CONN_PLANT(OLD_MOVES)))
			return;
		conn_path_use(c, p);
		/* The last round of challenges failed, yet here he is. */
		if (!p->validated && !p->probing)
			conn_path_challenge(c, p);
	} else if (c->active == CONN_NO_PATH)
		conn_path_use(c, p);
}

int
conn_input(struct conn *c, usec_t now, const struct conn_path *from,
    const uint8_t *d, size_t n)
{
	const uint8_t	*plain;
	struct path	*p;
	uint64_t	 pn;
	bool		 in_order;
	int		 len;

	conn_enter(c, now);
	if (c->state == CONN_CLOSED)
		return (CONN_DROP_CLOSED);
	if (n == 0 || n > DATAGRAM_STREAM ||
	    (len = conn_open(c, d, n, &plain, &pn)) < 0) {
		c->stats.packets_dropped++;
		return (n == 0 || n > DATAGRAM_STREAM ? CONN_DROP_SIZE : len);
	}
	c->stats.packets_in++;
	c->stats.bytes_in += n;

	memset(&c->in, 0, sizeof c->in);
	c->in.pn = pn;
	c->in.size = n;
	c->in.from = from;
	c->in.newest = pn >= c->got_next;
	in_order = pn == c->got_next;
	conn_got(c, pn);
	if (c->state == CONN_CONNECTING)
		c->state = CONN_OPEN;
	c->heard = c->now == 0 ? 1 : c->now;
	c->dry_until = 0;
	if ((p = conn_path_find(c, from)) != NULL) {
		p->in += n;
		p->heard = c->now;
	}
	/* The answer of another path says nothing good of this one. */
	if (c->active == CONN_NO_PATH ||
	    (p != NULL && conn_path_index(c, p) == c->active))
		conn_path_alive(c);
	conn_frames(c, plain, (size_t)len);
	conn_ack_owe(c, in_order);
	conn_input_path(c, from);
	if (c->in.ping && c->cfg.role == CONN_SERVER && !from->stream)
		c->observed_due = true;
	if (c->cfg.app->batch != NULL && c->state != CONN_CLOSED)
		c->cfg.app->batch(c->cfg.app_arg);
	c->in.from = NULL;
	return (0);
}
