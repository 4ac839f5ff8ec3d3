/* SPDX-License-Identifier: ISC */

/*
 * Connection ids: what a datagram to the server says in clear, so that the
 * server finds the connection.  A client that used the same on two networks
 * could be followed from one to the other, so the server gives out spare
 * ones and the client takes a new one for each socket.
 *
 *	server:	made --NEW_CID--> known to the client --RETIRE_CID--> gone
 *	client:	spare --(first packet of a socket)--> taken
 *		    --(no path of that socket for CID_RETIRE_US)--> RETIRE_CID
 *
 * The first id came with the keys and has number 0.  When there is no spare
 * one, as at the very start, sockets share.
 *
 * Source: RFC 9000, section 5.1.  Differences: no tokens, no retirement asked
 * for by the side that gave the id.
 */

#include <string.h>

#include "sync/conn-int.h"
#include "sync/timing.h"

_Static_assert(CIDS_MAX <= 8, "a packet remembers its ids in 8 bits");

static struct conn_cid *
cid_slot(struct conn *c)
{
	unsigned	i;

	for (i = 0; i < CIDS_MAX; i++) {
		if (!c->cids[i].used)
			return (&c->cids[i]);
	}
	/* Whoever gives more has heard of a retirement, though we know not. */
	for (i = 0; i < CIDS_MAX; i++) {
		if (c->cids[i].retired)
			return (&c->cids[i]);
	}
	return (NULL);
}

static struct conn_cid *
cid_put(struct conn *c, uint64_t seq, const uint8_t *id)
{
	struct conn_cid	*cid = cid_slot(c);

	if (cid == NULL)
		return (NULL);
	memset(cid, 0, sizeof *cid);
	cid->used = true;
	cid->seq = seq;
	cid->since_pn = c->sent.next;
	cid->idle_at = USEC_NEVER;
	memcpy(cid->id, id, sizeof cid->id);
	return (cid);
}

/* Server: so many that the client does not use are to be there. */
static void
cid_make(struct conn *c)
{
	struct conn_cid	*cid;
	uint8_t		 id[MSG_CID_LEN];
	unsigned	 i, n = 0;

	for (i = 0; i < CIDS_MAX; i++)
		n += c->cids[i].used;
	for (; n < CIDS_SPARE + 1; n++) {
		if (!c->cfg.app->cid_new(c->cfg.app_arg, id))
			return;
		cid = cid_put(c, c->cid_next++, id);
		cid->due = true;
	}
}

void
conn_cid_init(struct conn *c)
{
	if (c->cfg.cid == NULL)
		return;
	cid_put(c, 0, c->cfg.cid);
	c->cids[0].acked = true;
	c->cid_next = 1;
	c->cid_seen = 1;
	if (c->cfg.role == CONN_SERVER && c->cfg.app->cid_new != NULL)
		cid_make(c);
}

void
conn_cid_fini(struct conn *c)
{
	unsigned	i;

	for (i = 0; i < CIDS_MAX; i++) {
		if (c->cids[i].used && c->cfg.role == CONN_SERVER &&
		    c->cfg.app->cid_gone != NULL)
			c->cfg.app->cid_gone(c->cfg.app_arg, c->cids[i].id);
	}
}

/*** Client: which id for which socket ***/

static bool
cid_socket_lives(const struct conn *c, uint32_t sock)
{
	unsigned	i;

	for (i = 0; i < PATHS_MAX; i++) {
		if (c->paths[i].used && !c->paths[i].addr.stream &&
		    c->paths[i].addr.id == sock)
			return (true);
	}
	return (false);
}

/* The id for a datagram on this path; NULL: there are none here. */
const uint8_t *
conn_cid_use(struct conn *c, const struct path *p)
{
	struct conn_cid	*cid, *spare = NULL, *any = NULL;
	unsigned	 i;

	if (c->cfg.role != CONN_CLIENT || c->cfg.cid == NULL)
		return (NULL);
	for (i = 0; i < CIDS_MAX; i++) {
		cid = &c->cids[i];
		if (!cid->used || cid->retired)
			continue;
		if (!cid->taken) {
			if (spare == NULL || cid->seq < spare->seq)
				spare = cid;
			continue;
		}
		if (!p->addr.stream && cid->socket == p->addr.id)
			return (cid->id);
		if (any == NULL || cid->seq > any->seq)
			any = cid;
	}
	if (any != NULL && (p->addr.stream || spare == NULL))
		return (any->id);
	if (spare == NULL)		/* a server that takes all of them away */
		return (c->cfg.cid);
	spare->taken = true;
	spare->socket = p->addr.id;
	return (spare->id);
}

/* Client: give back what no socket uses any more. */
void
conn_cid_run(struct conn *c)
{
	struct conn_cid	*cid;
	unsigned	 i, left = 0;

	if (c->cfg.role != CONN_CLIENT || c->cfg.cid == NULL)
		return;
	for (i = 0; i < CIDS_MAX; i++)
		left += c->cids[i].used && !c->cids[i].retired;
	for (i = 0; i < CIDS_MAX; i++) {
		cid = &c->cids[i];
		if (!cid->used || !cid->taken || cid->retired)
			continue;
		if (cid_socket_lives(c, cid->socket)) {
			cid->idle_at = USEC_NEVER;
		} else if (cid->idle_at == USEC_NEVER) {
			cid->idle_at = timing_add(c->now, CID_RETIRE_US);
		} else if (cid->idle_at <= c->now && left > 1) {
			cid->retired = cid->due = true;
			cid->since_pn = c->sent.next;
			left--;
		}
	}
}

/* When conn_cid_run() has something to do next. */
usec_t
conn_cid_at(const struct conn *c)
{
	const struct conn_cid	*cid;
	usec_t			 t = USEC_NEVER;
	unsigned		 i;

	for (i = 0; i < CIDS_MAX; i++) {
		cid = &c->cids[i];
		if (cid->used && !cid->retired && cid->idle_at > c->now &&
		    cid->idle_at < t)
			t = cid->idle_at;
	}
	return (t);
}

bool
conn_cid_due(const struct conn *c)
{
	unsigned	i;

	for (i = 0; i < CIDS_MAX; i++) {
		if (c->cids[i].used && c->cids[i].due)
			return (true);
	}
	return (false);
}

/*** Frames ***/

/* Say what is due; returns the bits of the slots that were said. */
unsigned
conn_cid_fill(struct conn *c, struct packet *pk)
{
	struct conn_cid	*cid;
	struct writer	*w;
	unsigned	 i, bits = 0;

	for (i = 0; i < CIDS_MAX; i++) {
		cid = &c->cids[i];
		if (!cid->used || !cid->due)
			continue;
		w = packet_begin(pk, c->cfg.role == CONN_SERVER ?
		    FRAME_NEW_CID : FRAME_RETIRE_CID);
		writer_varint(w, cid->seq);
		if (c->cfg.role == CONN_SERVER)
			writer_bytes(w, cid->id, sizeof cid->id);
		if (!packet_end(pk, NULL))
			break;
		cid->due = false;
		bits |= 1u << i;
	}
	return (bits);
}

void
conn_cid_fate(struct conn *c, const struct sent *s, bool acked)
{
	struct conn_cid	*cid;
	unsigned	 i;

	for (i = 0; i < CIDS_MAX; i++) {
		cid = &c->cids[i];
		/* The place may be another's by now. */
		if ((s->cids >> i & 1) == 0 || !cid->used ||
		    s->pn < cid->since_pn)
			continue;
		if (c->cfg.role == CONN_SERVER) {
			cid->acked = cid->acked || acked;
			cid->due = !cid->acked;
		} else if (acked)
			cid->used = false;
		else
			cid->due = true;
	}
}

/* seq, id */
int
conn_cid_frame_new(struct conn *c, struct reader *r)
{
	const uint8_t	*id;
	uint64_t	 seq = reader_varint(r), shift;

	id = reader_bytes(r, MSG_CID_LEN);
	if (id == NULL || !reader_ok(r) || c->cfg.role != CONN_CLIENT ||
	    c->cfg.cid == NULL)
		return (-CLOSE_PROTOCOL);
	/* Once only, however often it is said: it may be retired already. */
	if (seq >= c->cid_next) {
		shift = seq - c->cid_next + 1;
		c->cid_seen = shift < 64 ? c->cid_seen << shift : 0;
		c->cid_next = seq + 1;
	} else if (c->cid_next - 1 - seq >= 64 ||
	    (c->cid_seen >> (c->cid_next - 1 - seq) & 1) != 0)
		return (0);
	c->cid_seen |= UINT64_C(1) << (c->cid_next - 1 - seq);
	if (cid_put(c, seq, id) == NULL)
		return (-CLOSE_LIMIT);
	return (0);
}

/* seq */
int
conn_cid_frame_retire(struct conn *c, struct reader *r)
{
	struct conn_cid	*cid;
	uint64_t	 seq = reader_varint(r);
	unsigned	 i;

	if (!reader_ok(r) || c->cfg.role != CONN_SERVER ||
	    c->cfg.app->cid_new == NULL || seq >= c->cid_next)
		return (-CLOSE_PROTOCOL);
	for (i = 0; i < CIDS_MAX; i++) {
		cid = &c->cids[i];
		if (!cid->used || cid->seq != seq)
			continue;
		c->cfg.app->cid_gone(c->cfg.app_arg, cid->id);
		memset(cid, 0, sizeof *cid);
		cid_make(c);
		break;
	}
	return (0);
}
