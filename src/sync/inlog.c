/* SPDX-License-Identifier: ISC */

/*
 * The input log.
 *
 *	entry	varint pane, u8 kind, varint length, data
 *	INPUT	varint offset, varint length, bytes of the log
 *	INPUT_ACK	varint offset: everything below is accepted
 *
 * Client.  Every datagram carries the bytes that the server is not known to
 * have, from the lowest on, at most INPUT_TAIL_MAX of them, whether or not
 * they were sent before: a lost datagram costs no time if another follows.
 * What is longer goes out in order, piece by piece.  Bytes are dropped from
 * the log when they are accepted, not when the packet was acknowledged.
 *
 * Server.  Bytes may come in any order and again; whole entries are handed on
 * in order.  Refused ones stay here, so the client need not send them again;
 * it learns of the refusal by its window not moving.
 *
 * Invariants (numbers of protocol(7)):
 *  6. Entries are handed on in order, each once.
 *  7. INPUT_ACK never exceeds what was accepted; only that is discarded.
 */

#include "sync/inlog.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "sync/recvq.h"
#include "sync/sendq.h"

#define ENTRY_HEAD_MAX	16	/* as the header says */
#define FRAME_HEAD_MAX	16	/* type, offset, length */

/*** Client ***/

struct inlog_out {
	struct sendq	q;
	/* The newest frame: an older copy of it that is lost is no loss. */
	uint64_t	newest_pn;
	uint64_t	newest_off;
	uint64_t	newest_end;
};

struct inlog_out *
inlog_out_new(void)
{
	struct inlog_out	*l = xcalloc(1, sizeof *l);

	sendq_init(&l->q, INPUT_WINDOW);
	return (l);
}

void
inlog_out_free(struct inlog_out *l)
{
	if (l == NULL)
		return;
	sendq_fini(&l->q);
	free(l);
}

size_t
inlog_out_space(const struct inlog_out *l)
{
	size_t	space = buf_space(&l->q.data);

	if (space <= ENTRY_HEAD_MAX)
		return (0);
	space -= ENTRY_HEAD_MAX;
	return (space < INPUT_ENTRY_MAX - ENTRY_HEAD_MAX ? space :
	    INPUT_ENTRY_MAX - ENTRY_HEAD_MAX);
}

uint64_t
inlog_out_append(struct inlog_out *l, uint32_t pane, uint8_t kind,
    const void *data, size_t len)
{
	uint8_t		head[ENTRY_HEAD_MAX];
	struct writer	w;

	if (inlog_out_space(l) < len || inlog_out_space(l) == 0)
		return (0);
	writer_init(&w, head, sizeof head);
	writer_varint(&w, pane);
	writer_u8(&w, kind);
	writer_varint(&w, len);
	buf_add(&l->q.data, head, writer_len(&w));
	if (len > 0)
		buf_add(&l->q.data, data, len);
	return (sendq_end(&l->q));
}

uint64_t
inlog_out_end(const struct inlog_out *l)
{
	return (sendq_end(&l->q));
}

uint64_t
inlog_out_accepted(const struct inlog_out *l)
{
	return (l->q.base);
}

int
inlog_out_frame(struct inlog_out *l, uint8_t type, struct reader *r)
{
	uint64_t	off = reader_varint(r);

	if (type != FRAME_INPUT_ACK || !reader_ok(r) || off > l->q.next)
		return (-CLOSE_PROTOCOL);
	sendq_release(&l->q, off);
	return (0);
}

/* The lowest byte that the server is not known to hold. */
static uint64_t
inlog_out_missing(const struct inlog_out *l, uint64_t *end)
{
	const struct ranges	*a = &l->q.acked;
	uint64_t		 off = l->q.base;

	*end = sendq_end(&l->q);
	if (a->n > 0 && a->v[0].first == off) {
		off = a->v[0].end;
		if (a->n > 1)
			*end = a->v[1].first;
	} else if (a->n > 0)
		*end = a->v[0].first;
	return (off);
}

/* Write one frame with [off, end), cut to what fits; false if nothing does. */
static bool
inlog_out_write(struct inlog_out *l, struct packet *pk, uint64_t off,
    uint64_t end)
{
	struct sent_note	 note = { .kind = FRAME_INPUT };
	struct writer		*w;
	size_t			 n, left = packet_left(pk);

	if (off >= end || left <= FRAME_HEAD_MAX)
		return (false);
	left -= FRAME_HEAD_MAX;
	n = end - off < left ? (size_t)(end - off) : left;
	if (!pk->reliable && n > INPUT_TAIL_MAX)
		n = INPUT_TAIL_MAX;
	w = packet_begin(pk, FRAME_INPUT);
	writer_varint(w, off);
	writer_str(w, sendq_at(&l->q, off), n);
	note.a = (uint32_t)n;
	note.b = off;
	note.c = pk->pn;
	if (!packet_end(pk, &note))
		return (false);
	sendq_sent(&l->q, off, n);
	l->newest_pn = pk->pn;
	l->newest_off = off;
	l->newest_end = off + n;
	return (true);
}

void
inlog_out_fill(struct inlog_out *l, enum conn_class cls, struct packet *pk)
{
	uint64_t	off, end, tail, tail_end;
	size_t		n;
	bool		fresh;

	if (cls != CONN_CLASS_INPUT)
		return;
	n = sendq_pick(&l->q, UINT64_MAX, INPUT_TAIL_MAX, &off);
	if (pk->reliable) {
		while ((n = sendq_pick(&l->q, UINT64_MAX, INPUT_WINDOW,
		    &off)) > 0 && inlog_out_write(l, pk, off, off + n))
			;
		return;
	}
	/*
	 * Short enough to be repeated whole: do that, old and new in one.
	 * Else what is due, or, when nothing is, the beginning once more; that
	 * is a duplicate itself.
	 */
	tail = inlog_out_missing(l, &tail_end);
	end = sendq_end(&l->q);
	fresh = n > 0;
	if (n == 0 || (tail_end == end && end - tail <= INPUT_TAIL_MAX)) {
		off = tail;
		n = (size_t)(tail_end - tail);
	}
	if (inlog_out_write(l, pk, off, off + n) && fresh)
		pk->dup_ok = true;
}

usec_t
inlog_out_due(const struct inlog_out *l, usec_t now)
{
	uint64_t	off;

	return (sendq_pick(&l->q, UINT64_MAX, 1, &off) > 0 ? now :
	    USEC_NEVER);
}

void
inlog_out_acked(struct inlog_out *l, const struct sent_note *note)
{
	sendq_acked(&l->q, note->b, note->a);
}

void
inlog_out_lost(struct inlog_out *l, const struct sent_note *note)
{
	if (l->newest_pn > note->c && l->newest_off <= note->b &&
	    l->newest_end >= note->b + note->a)
		return;
	sendq_lost(&l->q, note->b, note->a);
}

/*** Server ***/

struct inlog_in {
	bool		(*deliver)(void *, const struct inlog_entry *);
	void		 *arg;
	struct recvq	  q;		/* read is what was accepted */
	bool		  ack_due;
	bool		  ack_now;	/* nothing it could ride on */
	bool		  busy;		/* deliver is running */
};

struct inlog_in *
inlog_in_new(bool (*deliver)(void *, const struct inlog_entry *), void *arg)
{
	struct inlog_in	*l = xcalloc(1, sizeof *l);

	l->deliver = deliver;
	l->arg = arg;
	recvq_init(&l->q, INPUT_WINDOW);
	return (l);
}

void
inlog_in_free(struct inlog_in *l)
{
	if (l == NULL)
		return;
	recvq_fini(&l->q);
	free(l);
}

uint64_t
inlog_in_accepted(const struct inlog_in *l)
{
	return (l->q.read);
}

/*
 * Hand on whole entries.  0 when there are no more or one was refused; -1 if
 * one can never be right.
 */
static int
inlog_in_run(struct inlog_in *l)
{
	struct inlog_entry	 e;
	struct reader		 r;
	const uint8_t		*p;
	size_t			 n, size;
	uint64_t		 pane;
	bool			 taken;

	while ((p = recvq_peek(&l->q, &n)) != NULL) {
		reader_init(&r, p, n);
		pane = reader_varint(&r);
		e.kind = reader_u8(&r);
		e.len = (size_t)reader_varint(&r);
		if (!reader_ok(&r))
			return (n >= ENTRY_HEAD_MAX + 8 ? -1 : 0);
		if (pane > UINT32_MAX || e.len > INPUT_ENTRY_MAX)
			return (-1);
		if ((e.data = reader_bytes(&r, e.len)) == NULL)
			return (0);		/* the rest is on its way */
		e.pane = (uint32_t)pane;
		size = n - reader_left(&r);
		e.end = l->q.read + size;
		l->busy = true;
		taken = l->deliver(l->arg, &e);
		l->busy = false;
		if (!taken)
			return (0);
		recvq_consume(&l->q, size);
		l->ack_due = true;
	}
	return (0);
}

int
inlog_in_frame(struct inlog_in *l, uint8_t type, struct reader *r)
{
	const uint8_t	*p;
	uint64_t	 off;
	size_t		 n;

	off = reader_varint(r);
	p = reader_str(r, DATAGRAM_STREAM, &n);
	if (type != FRAME_INPUT || !reader_ok(r) || n == 0)
		return (-CLOSE_PROTOCOL);
	/* Old news may mean that our acknowledgement was lost. */
	if (off + n <= l->q.read)
		l->ack_due = true;
	if (recvq_add(&l->q, off, p, n) != 0)
		return (-CLOSE_LIMIT);
	return (inlog_in_run(l) == 0 ? 0 : -CLOSE_PROTOCOL);
}

bool
inlog_in_retry(struct inlog_in *l)
{
	uint64_t	before = l->q.read;

	if (!l->busy)
		inlog_in_run(l);
	if (l->q.read != before)
		l->ack_now = true;
	return (l->ack_now);
}

void
inlog_in_fill(struct inlog_in *l, enum conn_class cls, struct packet *pk)
{
	struct sent_note	 note = { .kind = FRAME_INPUT_ACK };

	if (cls != CONN_CLASS_INPUT || !l->ack_due)
		return;
	note.b = l->q.read;
	writer_varint(packet_begin(pk, FRAME_INPUT_ACK), l->q.read);
	if (packet_end(pk, &note))
		l->ack_due = l->ack_now = false;
}

/*
 * What came by a frame INPUT rides on the acknowledgement of that packet,
 * which is due soon, or on the echo; only else it is worth a packet.
 */
usec_t
inlog_in_due(const struct inlog_in *l, usec_t now)
{
	return (l->ack_now ? now : USEC_NEVER);
}

void
inlog_in_acked(struct inlog_in *l, const struct sent_note *note)
{
	(void)l;
	(void)note;
}

void
inlog_in_lost(struct inlog_in *l, const struct sent_note *note)
{
	if (note->b == l->q.read)
		l->ack_due = l->ack_now = true;
}
