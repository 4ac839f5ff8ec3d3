/* SPDX-License-Identifier: ISC */

/*
 * Streams.
 *
 *	STREAM	28..2f: varint id, [offset], [length], bytes; FIN in the type
 *	RESET	id, code, bytes sent in all: the stream is cut in both
 *		directions; answered by a RESET of the other side
 *	MAX_DATA	bytes in all that may be sent
 *	MAX_STREAM	id, bytes that may be sent on it
 *
 * Ids count up by two from the opener's role (client 0, server 1); the first
 * frame of an id makes the stream, and all lower ones of that side.
 *
 *	  send side			receive side
 *	OPEN --finish--> FIN set	OPEN --FIN came--> end known
 *	  |                |		  |                  |
 *	  |              acked		  |               all read
 *	  |                '---> done <---+------------------'
 *	  '----reset, from either side----'---> ZOMBIE --> gone
 *
 * A zombie is what is left of a stream that was reset: it waits until its own
 * RESET is acknowledged and the peer has said how much it had sent, so that
 * both agree about the sum that MAX_DATA limits.
 *
 * Invariants:
 * 1. Bytes are read in order, each once, and never beyond what was written.
 * 2. Held bytes: STREAM_WINDOW per stream and direction, on the receiving
 *    side STREAMS_WINDOW in all.
 * 3. What was acknowledged is not sent again; what was lost is.
 *
 * Source: RFC 9000, sections 2 to 4.  Differences: no streams of one
 * direction, RESET cuts both, so there is no need for STOP; a fixed number of
 * streams instead of MAX_STREAMS.
 */

#include "sync/stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/xmalloc.h"
#include "sync/recvq.h"
#include "sync/sendq.h"

#define FRAME_HEAD_MAX	32	/* type, id, offset, length */
#define CHUNK_MIN	16	/* do not bother to send less */

enum owed {			/* a frame that must arrive once */
	OWED_NO,
	OWED_DUE,
	OWED_SENT,
	OWED_ACKED,
};

struct stream {
	TAILQ_ENTRY(stream)	 entry;
	struct stream_set	*set;
	uint64_t		 id;
	enum conn_class		 cls;
	void			*arg;
	bool			 zombie;

	struct sendq		 out;
	uint64_t		 out_max;	/* the peer allows */
	bool			 out_end;	/* finish was called */
	enum owed		 fin;
	bool			 want_space;

	struct recvq		 in;
	uint64_t		 in_high;	/* highest offset that came */
	uint64_t		 in_max;	/* we allow */
	bool			 in_end;	/* the end is known */
	uint64_t		 in_size;
	enum owed		 max;		/* MAX_STREAM */

	enum owed		 reset;
	uint64_t		 code;
};

TAILQ_HEAD(stream_list, stream);

struct stream_set {
	enum conn_role		  role;
	const struct stream_ops	 *ops;
	void			 *arg;
	struct stream_list	  list;
	unsigned		  n;		/* no zombies */
	unsigned		  n_ours;
	unsigned		  n_zombies;
	uint64_t		  next_ours;	/* ids */
	uint64_t		  next_theirs;

	uint64_t		  out_total;
	uint64_t		  out_max;
	uint64_t		  in_total;	/* sum of in_high */
	uint64_t		  in_read;	/* sum of what was read */
	uint64_t		  in_max;
	enum owed		  max;		/* MAX_DATA */
};

/*** Life ***/

struct stream_set *
stream_set_new(enum conn_role role, const struct stream_ops *ops, void *arg)
{
	struct stream_set	*set = xcalloc(1, sizeof *set);

	set->role = role;
	set->ops = ops;
	set->arg = arg;
	TAILQ_INIT(&set->list);
	set->next_ours = role == CONN_CLIENT ? 0 : 1;
	set->next_theirs = role == CONN_CLIENT ? 1 : 0;
	set->out_max = set->in_max = STREAMS_WINDOW;
	return (set);
}

static bool
stream_is_ours(const struct stream *s)
{
	return ((s->id & 1) == (s->set->role == CONN_CLIENT ? 0 : 1));
}

static struct stream *
stream_new(struct stream_set *set, uint64_t id)
{
	struct stream	*s = xcalloc(1, sizeof *s);

	s->set = set;
	s->id = id;
	s->cls = CONN_CLASS_STREAM;
	sendq_init(&s->out, STREAM_WINDOW);
	recvq_init(&s->in, STREAM_WINDOW);
	s->out_max = s->in_max = STREAM_WINDOW;
	TAILQ_INSERT_TAIL(&set->list, s, entry);
	set->n++;
	set->n_ours += stream_is_ours(s);
	return (s);
}

static void
stream_free(struct stream *s)
{
	struct stream_set	*set = s->set;

	if (s->zombie)
		set->n_zombies--;
	else {
		set->n--;
		set->n_ours -= stream_is_ours(s);
	}
	TAILQ_REMOVE(&set->list, s, entry);
	sendq_fini(&s->out);
	recvq_fini(&s->in);
	free(s);
}

void
stream_set_free(struct stream_set *set)
{
	struct stream	*s;

	if (set == NULL)
		return;
	while ((s = TAILQ_FIRST(&set->list)) != NULL) {
		if (!s->zombie)
			set->ops->closed(set->arg, s, true, CLOSE_NONE);
		stream_free(s);
	}
	free(set);
}

static struct stream *
stream_lookup(struct stream_set *set, uint64_t id)
{
	struct stream	*s;

	TAILQ_FOREACH(s, &set->list, entry) {
		if (s->id == id)
			return (s);
	}
	return (NULL);
}

struct stream *
stream_find(struct stream_set *set, uint64_t id)
{
	struct stream	*s = stream_lookup(set, id);

	return (s == NULL || s->zombie ? NULL : s);
}

struct stream *
stream_open(struct stream_set *set, enum conn_class cls)
{
	struct stream	*s;

	if (set->n_ours >= STREAMS_EACH_MAX ||
	    set->n_zombies >= STREAMS_LINGER_MAX / 2)
		return (NULL);
	s = stream_new(set, set->next_ours);
	set->next_ours += 2;
	stream_set_class(s, cls);
	return (s);
}

uint64_t
stream_id(const struct stream *s)
{
	return (s->id);
}

void
stream_set_class(struct stream *s, enum conn_class cls)
{
	s->cls = cls < CONN_CLASS_STREAM ? CONN_CLASS_STREAM : cls;
}

void
stream_set_arg(struct stream *s, void *arg)
{
	s->arg = arg;
}

void *
stream_arg(const struct stream *s)
{
	return (s->arg);
}

size_t
stream_set_count(const struct stream_set *set)
{
	return (set->n);
}

size_t
stream_set_memory(const struct stream_set *set)
{
	const struct stream	*s;
	size_t			 n = sizeof *set;

	TAILQ_FOREACH(s, &set->list, entry) {
		n += sizeof *s + s->out.data.cap + s->in.cap +
		    (s->out.lost.cap + s->out.acked.cap + s->in.have.cap) *
		    sizeof (struct range);
	}
	return (n);
}

/* Both directions are over, and the app read it all. */
static bool
stream_is_done(const struct stream *s)
{
	return (!s->zombie && s->fin == OWED_ACKED &&
	    s->out.base == sendq_end(&s->out) && stream_eof(s));
}

/* If so: tell, and forget it. */
static void
stream_check_done(struct stream *s)
{
	if (s->zombie) {
		if (s->reset == OWED_ACKED && s->in_end)
			stream_free(s);
		return;
	}
	if (!stream_is_done(s))
		return;
	s->set->ops->closed(s->set->arg, s, false, CLOSE_NONE);
	stream_free(s);
}

/* Bytes that nobody will read any more give their room back. */
static void
stream_discard(struct stream *s, uint64_t end)
{
	struct stream_set	*set = s->set;

	if (end > s->in_high) {
		set->in_total += end - s->in_high;
		s->in_high = end;
	}
	set->in_read += s->in_high - s->in.read;
	recvq_fini(&s->in);
	recvq_init(&s->in, STREAM_WINDOW);
	s->in.read = s->in.base = s->in_high;
	if (set->in_max - set->in_read < STREAMS_WINDOW / 2)
		set->max = OWED_DUE;
}

static void
stream_kill(struct stream *s, uint64_t code)
{
	struct stream_set	*set = s->set;

	set->ops->closed(set->arg, s, true, code);
	s->zombie = true;
	set->n--;
	set->n_ours -= stream_is_ours(s);
	set->n_zombies++;
	s->reset = OWED_DUE;
	s->code = code;
	s->max = OWED_NO;
	stream_discard(s, s->in_high);
	sendq_release(&s->out, sendq_end(&s->out));
}

void
stream_reset(struct stream *s, uint64_t code)
{
	/* How much was really sent, before the queue is emptied. */
	uint64_t	sent = s->out.next;

	if (s->zombie)
		return;
	stream_kill(s, code);
	s->out.next = sent;
}

/*** Writing ***/

size_t
stream_write_space(const struct stream *s)
{
	return (s->out_end ? 0 : buf_space(&s->out.data));
}

size_t
stream_write(struct stream *s, const void *p, size_t n)
{
	size_t	space = stream_write_space(s);

	if (n > space) {
		n = space;
		s->want_space = !s->out_end;
	}
	if (n > 0)
		buf_add(&s->out.data, p, n);
	return (n);
}

void
stream_finish(struct stream *s)
{
	if (s->out_end)
		return;
	s->out_end = true;
	s->fin = OWED_DUE;
}

/*** Reading ***/

const uint8_t *
stream_peek(const struct stream *s, size_t *n)
{
	return (recvq_peek(&s->in, n));
}

void
stream_consume(struct stream *s, size_t n)
{
	struct stream_set	*set = s->set;
	uint64_t		 before = s->in.read;

	recvq_consume(&s->in, n);
	set->in_read += s->in.read - before;
	if (!s->in_end && s->in_max - s->in.read < STREAM_WINDOW / 2)
		s->max = OWED_DUE;
	if (set->in_max - set->in_read < STREAMS_WINDOW / 2)
		set->max = OWED_DUE;
}

size_t
stream_read(struct stream *s, void *p, size_t n)
{
	const uint8_t	*in;
	size_t		 have;

	if ((in = stream_peek(s, &have)) == NULL)
		return (0);
	if (n > have)
		n = have;
	memcpy(p, in, n);
	stream_consume(s, n);
	return (n);
}

bool
stream_eof(const struct stream *s)
{
	return (s->in_end && s->in.read == s->in_size);
}

/*** Frames ***/

bool
stream_set_owns(uint8_t type)
{
	return (type >= FRAME_STREAM && type <= FRAME_MAX_STREAM &&
	    type != FRAME_STREAM_STOP);
}

/* Streams of the peer of which more may come. */
static unsigned
stream_count_theirs(const struct stream_set *set)
{
	const struct stream	*s;
	unsigned		 n = 0;

	TAILQ_FOREACH(s, &set->list, entry) {
		if (!stream_is_ours(s) && !s->in_end)
			n++;
	}
	return (n);
}

/*
 * The stream of a frame, made if the peer just opened it.  NULL with *error
 * set if it may not be; NULL and 0 if it is over and the frame merely late.
 */
static struct stream *
stream_incoming(struct stream_set *set, uint64_t id, int *error)
{
	struct stream	*s;

	*error = 0;
	if ((s = stream_lookup(set, id)) != NULL)
		return (s);
	if ((id & 1) == (set->next_ours & 1)) {
		if (id >= set->next_ours)
			*error = -CLOSE_PROTOCOL;
		return (NULL);
	}
	if (id < set->next_theirs)
		return (NULL);
	/* The frames of lower ids may come later. */
	while (set->next_theirs <= id) {
		if (set->n + set->n_zombies >= STREAMS_LINGER_MAX ||
		    stream_count_theirs(set) >= STREAMS_MAX) {
			*error = -CLOSE_LIMIT;
			return (NULL);
		}
		s = stream_new(set, set->next_theirs);
		set->next_theirs += 2;
		set->ops->opened(set->arg, s);
	}
	return (stream_lookup(set, id));
}

/* More came, or the end: is it within what we allowed? */
static int
stream_account(struct stream *s, uint64_t end, bool fin)
{
	struct stream_set	*set = s->set;

	if (s->in_end && (end > s->in_size || (fin && end != s->in_size)))
		return (-CLOSE_PROTOCOL);
	if (fin && end < s->in_high)
		return (-CLOSE_PROTOCOL);
	if (end > s->in_high) {
		if (end > s->in_max ||
		    set->in_total + (end - s->in_high) > set->in_max)
			return (-CLOSE_LIMIT);
		set->in_total += end - s->in_high;
		s->in_high = end;
	}
	if (fin) {
		s->in_end = true;
		s->in_size = end;
	}
	return (0);
}

static int
stream_frame_data(struct stream_set *set, uint8_t type, struct reader *r)
{
	struct stream	*s;
	const uint8_t	*p;
	uint64_t	 id, off = 0, before;
	size_t		 n, have;
	bool		 fin = (type & FRAME_STREAM_FIN) != 0, ended;
	int		 error;

	id = reader_varint(r);
	if (type & FRAME_STREAM_OFF)
		off = reader_varint(r);
	n = type & FRAME_STREAM_LEN ?
	    (size_t)reader_varint_max(r, DATAGRAM_STREAM) : reader_left(r);
	p = reader_bytes(r, n);
	if (!reader_ok(r))
		return (-CLOSE_PROTOCOL);
	if ((s = stream_incoming(set, id, &error)) == NULL)
		return (error);
	ended = s->in_end;
	if ((error = stream_account(s, off + n, fin)) != 0)
		return (error);
	if (s->zombie) {
		stream_discard(s, s->in_high);
		stream_check_done(s);
		return (0);
	}
	recvq_peek(&s->in, &have);
	before = s->in.read + have;
	if (recvq_add(&s->in, off, p, n) != 0)
		return (-CLOSE_LIMIT);
	recvq_peek(&s->in, &have);
	if (s->in.read + have > before || ended != s->in_end)
		set->ops->readable(set->arg, s);
	/* It may be gone by now. */
	if ((s = stream_lookup(set, id)) != NULL)
		stream_check_done(s);
	return (0);
}

static int
stream_frame_reset(struct stream_set *set, struct reader *r)
{
	struct stream	*s;
	uint64_t	 id, code, size;
	int		 error;

	id = reader_varint(r);
	code = reader_varint(r);
	size = reader_varint(r);
	if (!reader_ok(r))
		return (-CLOSE_PROTOCOL);
	if ((s = stream_incoming(set, id, &error)) == NULL)
		return (error);
	if ((error = stream_account(s, size, true)) != 0)
		return (error);
	if (s->zombie)
		stream_discard(s, size);
	else
		stream_reset(s, code);
	stream_check_done(s);
	return (0);
}

int
stream_set_frame(struct stream_set *set, uint8_t type, struct reader *r)
{
	struct stream	*s;
	uint64_t	 id, max;
	int		 error;

	if (type >= FRAME_STREAM && type <= FRAME_STREAM_LAST)
		return (stream_frame_data(set, type, r));
	switch (type) {
	case FRAME_STREAM_RESET:
		return (stream_frame_reset(set, r));
	case FRAME_MAX_DATA:
		max = reader_varint(r);
		if (!reader_ok(r))
			return (-CLOSE_PROTOCOL);
		if (max > set->out_max)
			set->out_max = max;
		return (0);
	case FRAME_MAX_STREAM:
		id = reader_varint(r);
		max = reader_varint(r);
		if (!reader_ok(r))
			return (-CLOSE_PROTOCOL);
		if ((s = stream_incoming(set, id, &error)) == NULL)
			return (error);
		if (max > s->out_max)
			s->out_max = max;
		return (0);
	}
	return (-CLOSE_PROTOCOL);
}

/*** Filling ***/

/* How far new bytes of this stream may go now. */
static uint64_t
stream_limit(const struct stream *s)
{
	uint64_t	room = s->set->out_max - s->set->out_total;

	if (s->out.next + room < s->out_max)
		return (s->out.next + room);
	return (s->out_max);
}

static bool
stream_has_data(const struct stream *s)
{
	uint64_t	off;

	if (s->zombie)
		return (false);
	if (sendq_pick(&s->out, stream_limit(s), 1, &off) > 0)
		return (true);
	/* FIN goes with the last byte, or alone behind it. */
	return (s->fin == OWED_DUE && s->out.next == sendq_end(&s->out));
}

static bool
stream_fill_data(struct stream *s, struct packet *pk)
{
	struct sent_note	 note = { .kind = FRAME_STREAM };
	struct stream_set	*set = s->set;
	struct writer		*w;
	size_t			 left = packet_left(pk), n;
	uint64_t		 off;
	uint8_t			 type;

	if (left < FRAME_HEAD_MAX + CHUNK_MIN)
		return (false);
	n = sendq_pick(&s->out, stream_limit(s), left - FRAME_HEAD_MAX, &off);
	type = FRAME_STREAM | FRAME_STREAM_LEN | FRAME_STREAM_OFF;
	if (s->out_end && off + n == sendq_end(&s->out))
		type |= FRAME_STREAM_FIN;
	w = packet_begin(pk, type);
	writer_varint(w, s->id);
	writer_varint(w, off);
	writer_varint(w, n);
	if (n > 0)
		writer_bytes(w, sendq_at(&s->out, off), n);
	note.kind |= type & FRAME_STREAM_FIN;
	note.a = (uint32_t)n;
	note.b = s->id;
	note.c = off;
	if (!packet_end(pk, &note))
		return (false);
	if (off + n > s->out.next)
		set->out_total += off + n - s->out.next;
	sendq_sent(&s->out, off, n);
	if (type & FRAME_STREAM_FIN)
		s->fin = OWED_SENT;
	return (true);
}

static void
stream_fill_max(struct stream *s, struct packet *pk)
{
	struct sent_note	 note = { .kind = FRAME_MAX_STREAM };
	struct writer		*w = packet_begin(pk, FRAME_MAX_STREAM);

	note.b = s->id;
	note.c = s->in.read + STREAM_WINDOW;
	writer_varint(w, note.b);
	writer_varint(w, note.c);
	if (packet_end(pk, &note)) {
		s->in_max = note.c;
		s->max = OWED_SENT;
	}
}

static void
stream_fill_reset(struct stream *s, struct packet *pk)
{
	struct sent_note	 note = { .kind = FRAME_STREAM_RESET };
	struct writer		*w = packet_begin(pk, FRAME_STREAM_RESET);

	note.b = s->id;
	writer_varint(w, s->id);
	writer_varint(w, s->code);
	writer_varint(w, s->out.next);
	if (packet_end(pk, &note))
		s->reset = OWED_SENT;
}

static void
stream_fill_control(struct stream_set *set, struct packet *pk)
{
	struct sent_note	 note = { .kind = FRAME_MAX_DATA };
	struct stream		*s;

	if (set->max == OWED_DUE) {
		note.c = set->in_read + STREAMS_WINDOW;
		writer_varint(packet_begin(pk, FRAME_MAX_DATA), note.c);
		if (packet_end(pk, &note)) {
			set->in_max = note.c;
			set->max = OWED_SENT;
		}
	}
	TAILQ_FOREACH(s, &set->list, entry) {
		if (s->max == OWED_DUE)
			stream_fill_max(s, pk);
		if (s->reset == OWED_DUE)
			stream_fill_reset(s, pk);
	}
}

/* Turn about: who was served goes to the end. */
void
stream_set_fill(struct stream_set *set, enum conn_class cls,
    struct packet *pk)
{
	struct stream	*s, *last, *next;

	if (cls < CONN_CLASS_STREAM)
		return;
	if (cls == CONN_CLASS_STREAM) {
		/* The app may have read the last byte on its own time. */
		TAILQ_FOREACH_SAFE(s, &set->list, entry, next)
			stream_check_done(s);
		stream_fill_control(set, pk);
	}
	last = TAILQ_LAST(&set->list, stream_list);
	for (s = TAILQ_FIRST(&set->list); s != NULL; s = next) {
		next = s == last ? NULL : TAILQ_NEXT(s, entry);
		if (s->cls != cls || !stream_has_data(s))
			continue;
		if (!stream_fill_data(s, pk))
			return;
		TAILQ_REMOVE(&set->list, s, entry);
		TAILQ_INSERT_TAIL(&set->list, s, entry);
	}
}

usec_t
stream_set_due(struct stream_set *set, usec_t now, enum conn_class last)
{
	const struct stream	*s;

	if (last < CONN_CLASS_STREAM)
		return (USEC_NEVER);
	if (set->max == OWED_DUE)
		return (now);
	TAILQ_FOREACH(s, &set->list, entry) {
		if (s->max == OWED_DUE || s->reset == OWED_DUE ||
		    stream_is_done(s) || (s->cls <= last && stream_has_data(s)))
			return (now);
	}
	return (USEC_NEVER);
}

/*** What became of it ***/

static void
stream_acked_data(struct stream *s, const struct sent_note *note)
{
	struct stream_set	*set = s->set;
	uint64_t		 id = s->id;

	sendq_acked(&s->out, note->c, note->a);
	if (s->out.acked.n > 0 && s->out.acked.v[0].first == s->out.base)
		sendq_release(&s->out, s->out.acked.v[0].end);
	if (note->kind & FRAME_STREAM_FIN)
		s->fin = OWED_ACKED;
	if (s->want_space && buf_space(&s->out.data) >= STREAM_WINDOW / 2) {
		s->want_space = false;
		set->ops->writable(set->arg, s);
		if ((s = stream_lookup(set, id)) == NULL)
			return;
	}
	stream_check_done(s);
}

void
stream_set_acked(struct stream_set *set, const struct sent_note *note)
{
	struct stream	*s;

	if (note->kind == FRAME_MAX_DATA)
		return;
	if ((s = stream_lookup(set, note->b)) == NULL)
		return;
	if (note->kind == FRAME_STREAM_RESET) {
		s->reset = OWED_ACKED;
		stream_check_done(s);
	} else if (note->kind != FRAME_MAX_STREAM && !s->zombie)
		stream_acked_data(s, note);
}

void
stream_set_lost(struct stream_set *set, const struct sent_note *note)
{
	struct stream	*s;

	if (note->kind == FRAME_MAX_DATA) {
		if (note->c == set->in_max)
			set->max = OWED_DUE;
		return;
	}
	if ((s = stream_lookup(set, note->b)) == NULL)
		return;
	switch (note->kind) {
	case FRAME_MAX_STREAM:
		if (note->c == s->in_max && !s->in_end && !s->zombie)
			s->max = OWED_DUE;
		break;
	case FRAME_STREAM_RESET:
		if (s->reset == OWED_SENT)
			s->reset = OWED_DUE;
		break;
	default:
		if (s->zombie)
			break;
		sendq_lost(&s->out, note->c, note->a);
		if ((note->kind & FRAME_STREAM_FIN) && s->fin == OWED_SENT)
			s->fin = OWED_DUE;
	}
}
