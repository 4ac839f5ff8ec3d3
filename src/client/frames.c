/* SPDX-License-Identifier: ISC */

/*
 * frames.c - which part of a client owns which frames, for the engine that makes packets.
 *
 * The engine (sync/conn.h) asks what there is to send, hands over what came, and tells what
 * became of what was sent.  Three parts answer: the log of input, the replica of what the
 * server shows, and the streams; each knows its frames by their type.  Here too is how a
 * packet is sealed, where it is.
 */

#include <string.h>

#include "client/client-int.h"
#include "os/random.h"
#include "seal/phase.h"

static int
app_frame(void *arg, uint8_t type, struct reader *r, uint64_t pn)
{
	struct app	*a = arg;

	(void)pn;
	if (type == FRAME_INPUT_ACK)
		return (inlog_out_frame(a->inlog, type, r));
	if (stream_set_owns(type))
		return (stream_set_frame(a->streams, type, r));
	if (view_owns_frame(type))
		return (replica_frame(a->replica, type, r, a->now) == 0 ? 0 : -CLOSE_PROTOCOL);
	return (-CLOSE_PROTOCOL);
}

static size_t
out_left(void *arg)
{
	return (packet_left(arg));
}

static struct writer *
out_begin(void *arg, uint8_t type)
{
	return (packet_begin(arg, type));
}

static void
note_of(const struct view_note *vn, struct sent_note *n)
{
	memset(n, 0, sizeof *n);
	n->kind = vn->kind;
	n->a = vn->a;
	n->b = vn->b;
	n->c = vn->c;
}

static bool
out_end(void *arg, const struct view_note *vn)
{
	struct sent_note	n;

	if (vn == NULL)
		return (packet_end(arg, NULL));
	note_of(vn, &n);
	return (packet_end(arg, &n));
}

static bool
out_note(void *arg, const struct view_note *vn)
{
	struct sent_note	n;

	note_of(vn, &n);
	return (packet_note(arg, &n));
}

static void
out_cancel(void *arg)
{
	packet_cancel(arg);
}

static void
app_fill(void *arg, enum conn_class cls, struct packet *pk)
{
	struct app	*a = arg;
	struct view_out	 out;

	inlog_out_fill(a->inlog, cls, pk);
	if (cls == CONN_CLASS_LAYOUT) {
		memset(&out, 0, sizeof out);
		out.left = out_left;
		out.begin = out_begin;
		out.end = out_end;
		out.note = out_note;
		out.cancel = out_cancel;
		out.arg = pk;
		out.whole = a->remote ? 440 : 8000;
		replica_fill(a->replica, &out, a->now);
	}
	stream_set_fill(a->streams, cls, pk);
}

static usec_t
app_due(void *arg, usec_t now, enum conn_class last)
{
	struct app	*a = arg;
	usec_t		 t, best = inlog_out_due(a->inlog, now);

	if (last >= CONN_CLASS_LAYOUT && (t = replica_due(a->replica, now)) < best)
		best = t;
	if ((t = stream_set_due(a->streams, now, last)) < best)
		best = t;
	return (best);
}

static void
app_fate(struct app *a, const struct sent_note *n, bool acked)
{
	struct view_note	vn;

	if (n->kind == FRAME_INPUT) {
		if (acked)
			inlog_out_acked(a->inlog, n);
		else
			inlog_out_lost(a->inlog, n);
	} else if (stream_set_owns(n->kind)) {
		if (acked)
			stream_set_acked(a->streams, n);
		else
			stream_set_lost(a->streams, n);
	} else {
		vn.kind = n->kind;
		vn.a = n->a;
		vn.b = n->b;
		vn.c = n->c;
		if (acked)
			replica_acked(a->replica, &vn);
		else
			replica_lost(a->replica, &vn);
	}
}

static void
app_acked(void *arg, const struct sent_note *n)
{
	app_fate(arg, n, true);
}

static void
app_lost(void *arg, const struct sent_note *n)
{
	app_fate(arg, n, false);
}

static const struct conn_app_ops app_ops = {
	.frame = app_frame,
	.fill = app_fill,
	.due = app_due,
	.acked = app_acked,
	.lost = app_lost,
};

static int
app_seal(void *arg, uint64_t pn, const uint8_t *plain, size_t n, uint8_t *out, size_t cap)
{
	return (seal_seal(arg, pn, plain, n, out, cap));
}

static int
app_rekey_ask(void *arg, uint8_t pub[MSG_PUB_LEN])
{
	return (seal_rekey_ask(arg, os_rng(), pub));
}

static int
app_rekey_finish(void *arg, uint64_t phase, const uint8_t theirs[MSG_PUB_LEN])
{
	return (seal_rekey_finish(arg, phase, theirs));
}

static uint64_t
app_rekey_phase(void *arg)
{
	return (seal_phase(arg));
}

static bool
app_rekey_old(void *arg)
{
	return (seal_old(arg));
}

static void
app_rekey_old_wipe(void *arg)
{
	seal_old_wipe(arg);
}

static const struct conn_rekey_ops app_rekey_ops = {
	.ask = app_rekey_ask,
	.finish = app_rekey_finish,
	.phase = app_rekey_phase,
	.old = app_rekey_old,
	.old_wipe = app_rekey_old_wipe,
};

static void
app_use_cid(void *arg, const uint8_t cid[MSG_CID_LEN])
{
	seal_use_cid(arg, cid);
}

static int
app_open(void *arg, const uint8_t *datagram, size_t n, uint8_t *plain, size_t cap, uint64_t *pn)
{
	return (seal_open(arg, datagram, n, plain, cap, pn));
}

void
frames_init(struct app *a)
{
	struct conn_config	cc;

	memset(&cc, 0, sizeof cc);
	cc.role = CONN_CLIENT;
	cc.reliable = !a->remote;
	cc.packet_max = a->remote ? 0 : DATAGRAM_STREAM;
	cc.rng = os_rng();
	if (a->seal != NULL) {
		a->seal_ops.seal = app_seal;
		a->seal_ops.open = app_open;
		a->seal_ops.use_cid = app_use_cid;
		a->seal_ops.rekey = &app_rekey_ops;
		a->seal_ops.overhead = seal_overhead(a->seal);
		cc.seal = &a->seal_ops;
		cc.seal_arg = a->seal;
		cc.cid = a->cid;
	}
	cc.app = &app_ops;
	cc.app_arg = a;
	a->conn = conn_new(&cc, a->now);
}
