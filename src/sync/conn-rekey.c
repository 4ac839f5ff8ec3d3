/* SPDX-License-Identifier: ISC */

/*
 * When keys are changed, and the frames for it; the keys are the owner's
 * (seal/phase.h).
 *
 *	client	idle --(due, or REKEY_ASK)--> REKEY until answered
 *		     --REKEY_OK--> idle, sealing under the next phase
 *	server	each REKEY is answered by REKEY_OK; the same question by the
 *		same answer
 *
 * The old receiving key is wiped max(3 PTO, REKEY_OLD_US) after the next phase
 * was first heard.  Before that nothing new is begun, so there is one change
 * of keys at a time.  Whatever is lost is said again; if the other side is
 * away in the middle of it, both go on with the phase that they had.
 */

#include <string.h>

#include "sync/conn-int.h"
#include "sync/timing.h"

static const struct conn_rekey_ops *
rekey_ops(const struct conn *c)
{
	return (c->cfg.seal == NULL ? NULL : c->cfg.seal->rekey);
}

static void
rekey_count_from_here(struct conn *c)
{
	c->rekey.since = c->now;
	c->rekey.packets = c->stats.packets_in + c->stats.packets_out;
	c->rekey.bytes = c->stats.bytes_in + c->stats.bytes_out;
}

/* Has enough been done with these keys? */
static bool
rekey_worn(const struct conn *c, unsigned factor)
{
	const struct conn_stats	*st = &c->stats;
	uint64_t		 packets = REKEY_PACKETS;

	if (c->cfg.rekey_packets != 0)
		packets = c->cfg.rekey_packets;
	return (c->now - c->rekey.since >= factor * (usec_t)REKEY_US ||
	    st->packets_in + st->packets_out - c->rekey.packets >=
	    factor * packets ||
	    st->bytes_in + st->bytes_out - c->rekey.bytes >=
	    factor * (uint64_t)REKEY_BYTES);
}

/* Client: ask for new keys, unless that is being done or not possible yet. */
static void
rekey_begin(struct conn *c)
{
	if (c->rekey.asked || c->state != CONN_OPEN)
		return;
	/* Not before the last change is over: then. */
	c->rekey.wanted =
	    rekey_ops(c)->ask(c->cfg.seal_arg, c->rekey.pub) != 0;
	if (c->rekey.wanted)
		return;
	c->rekey.asked = c->rekey.due = true;
	c->rekey.n = rekey_ops(c)->phase(c->cfg.seal_arg) + 1;
	c->rekey.since_pn = c->sent.next;
}

/* Server: have the client ask, once for each phase. */
static void
rekey_ask(struct conn *c)
{
	if (!c->rekey.ask_sent)
		c->rekey.ask_due = c->rekey.ask_sent = true;
}

void
conn_rekey(struct conn *c, usec_t now)
{
	conn_enter(c, now);
	if (rekey_ops(c) == NULL || c->state != CONN_OPEN)
		return;
	if (c->cfg.role == CONN_CLIENT)
		rekey_begin(c);
	else
		rekey_ask(c);
}

void
conn_rekey_init(struct conn *c)
{
	c->rekey.old_until = USEC_NEVER;
	rekey_count_from_here(c);
}

/*
 * Something is being sent: are these keys worn?  The server asks only when
 * the client should have done it by itself long ago.
 */
static void
rekey_use(struct conn *c)
{
	if (c->cfg.role == CONN_CLIENT) {
		if (c->rekey.wanted || rekey_worn(c, 1))
			rekey_begin(c);
	} else if (rekey_worn(c, 2))
		rekey_ask(c);
}

/* The phases may have changed, by what was opened; and time goes on. */
void
conn_rekey_run(struct conn *c)
{
	const struct conn_rekey_ops	*ops = rekey_ops(c);
	usec_t				 t;
	uint64_t			 phase;

	if (ops == NULL)
		return;
	phase = ops->phase(c->cfg.seal_arg);
	if (phase != c->rekey.phase) {
		c->rekey.phase = phase;
		c->rekey.ask_sent = c->rekey.ask_due = false;
		rekey_count_from_here(c);
	}
	if (!ops->old(c->cfg.seal_arg)) {
		c->rekey.old_until = USEC_NEVER;
		return;
	}
	if (c->rekey.old_until == USEC_NEVER) {
		t = c->active == CONN_NO_PATH ? 0 : 3 *
		    rtt_pto(&c->paths[c->active].rtt, ACK_DELAY_US);
		if (t < REKEY_OLD_US)
			t = REKEY_OLD_US;
		c->rekey.old_until = timing_add(c->now, t);
	}
	if (c->rekey.old_until <= c->now && !CONN_PLANT(OLD_KEY)) {
		ops->old_wipe(c->cfg.seal_arg);
		c->rekey.old_until = USEC_NEVER;
	}
}

usec_t
conn_rekey_wipe_at(const struct conn *c)
{
	return (c->rekey.old_until);
}

bool
conn_rekey_due(const struct conn *c)
{
	return (c->rekey.due || c->rekey.ask_due);
}

/*** Frames ***/

/* Bits of sent.rekey. */
#define SAID_KEY	1		/* REKEY or REKEY_OK */
#define SAID_ASK	2

unsigned
conn_rekey_fill(struct conn *c, struct packet *pk)
{
	struct writer	*w;
	unsigned	 bits = 0;

	if (rekey_ops(c) == NULL)
		return (0);
	rekey_use(c);
	if (c->rekey.due) {
		w = packet_begin(pk, c->cfg.role == CONN_CLIENT ?
		    FRAME_REKEY : FRAME_REKEY_OK);
		writer_varint(w, c->rekey.n);
		writer_bytes(w, c->rekey.pub, sizeof c->rekey.pub);
		if (packet_end(pk, NULL)) {
			c->rekey.due = false;
			bits |= SAID_KEY;
		}
	}
	if (c->rekey.ask_due) {
		packet_begin(pk, FRAME_REKEY_ASK);
		if (packet_end(pk, NULL)) {
			c->rekey.ask_due = false;
			bits |= SAID_ASK;
		}
	}
	return (bits);
}

void
conn_rekey_lost(struct conn *c, const struct sent *s)
{
	if (s->rekey & SAID_KEY) {
		/* Until the next phase was heard the answer may be needed. */
		if (s->pn >= c->rekey.since_pn &&
		    (c->cfg.role == CONN_CLIENT ? c->rekey.asked :
		    c->rekey.phase < c->rekey.n))
			c->rekey.due = true;
	}
	if ((s->rekey & SAID_ASK) && c->rekey.ask_sent)
		c->rekey.ask_due = true;
}

/* n, pub */
static int
rekey_frame_asked(struct conn *c, uint64_t n, const uint8_t *pub)
{
	uint8_t	ours[MSG_PUB_LEN];

	switch (rekey_ops(c)->answer(c->cfg.seal_arg, n, pub, ours)) {
	case 0:
		if (c->rekey.n != n)
			c->rekey.since_pn = c->sent.next;
		c->rekey.n = n;
		c->rekey.due = true;
		memcpy(c->rekey.pub, ours, sizeof ours);
		return (0);
	case 1:
		return (0);
	}
	return (-CLOSE_PROTOCOL);
}

static int
rekey_frame_answered(struct conn *c, uint64_t n, const uint8_t *pub)
{
	if (!c->rekey.asked || n != c->rekey.n)
		return (n <= c->rekey.n ? 0 : -CLOSE_PROTOCOL);
	if (rekey_ops(c)->finish(c->cfg.seal_arg, n, pub) != 0)
		return (-CLOSE_PROTOCOL);
	c->rekey.asked = c->rekey.due = false;
	return (0);
}

int
conn_rekey_frame(struct conn *c, uint8_t type, struct reader *r)
{
	const uint8_t	*pub;
	uint64_t	 n;
	bool		 client = c->cfg.role == CONN_CLIENT;

	if (rekey_ops(c) == NULL || client != (type != FRAME_REKEY))
		return (-CLOSE_PROTOCOL);
	if (type == FRAME_REKEY_ASK) {
		rekey_begin(c);
		return (0);
	}
	n = reader_varint(r);
	pub = reader_bytes(r, MSG_PUB_LEN);
	if (pub == NULL || !reader_ok(r))
		return (-CLOSE_PROTOCOL);
	return (client ? rekey_frame_answered(c, n, pub) :
	    rekey_frame_asked(c, n, pub));
}
