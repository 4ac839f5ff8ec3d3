/* SPDX-License-Identifier: ISC */

/*
 * Everything at once on a thin line with a deep queue, in virtual time: a
 * flood in a visible pane, a copied megabyte, a history download and an
 * upload, while someone types.  Each key must be answered within the round
 * trip and 50 ms, and nothing may starve.
 *
 *	RATE=n		bytes a second (default 125000, which is 1 Mbit/s)
 *	TRACE=1		each key
 *
 * The program sim-load-planted.c includes this file with faults built in.
 */

#include "base/rng.h"
#include "base/xmalloc.h"
#include "sync/conn.h"
#include "sync/inlog.h"
#include "sync/stream.h"
#include "tap.h"

#define MS		USEC_PER_MSEC
#define SEC		USEC_PER_SEC
#define DELAY_US	(30 * MS)
#define RTT_US		(2 * DELAY_US)
#define QUEUE_MAX	2000000		/* bytes: 16 s at 1 Mbit/s */
#define FLOOD_BYTES	6000		/* of one picture of the flood */
#define WARM_US		(2 * SEC)
#define RUN_US		(20 * SEC)
#define KEY_EVERY_US	(150 * MS)

enum { CLIENT, SERVER };

struct letter {
	usec_t	 at;
	int	 to;
	size_t	 n;
	uint8_t	 d[DATAGRAM_MAX];
};

static struct {
	usec_t		 now;
	struct conn	*c[2];
	struct stream_set *streams[2];
	struct inlog_out *out;
	struct inlog_in	*in;
	struct letter	*v[8192];
	unsigned	 first, n;
	usec_t		 busy[2];	/* until when the line sends */
	uint64_t	 rate;
	bool		 stopped;	/* the flood, by Ctrl-C */

	unsigned	 typed, echoed, shown;
	usec_t		 typed_at[4096], shown_at[4096];
	size_t		 flood_left;	/* of the picture being sent */
	usec_t		 flood_at;
	uint64_t	 flood_bytes;
	uint64_t	 got[2][3];	/* stream bytes read, by class */
	unsigned	 overflow;
} world;

static struct rng_seeded	rng;

static int
plain_seal(void *arg, uint64_t pn, const uint8_t *p, size_t n, uint8_t *out,
    size_t cap)
{
	struct writer	wr;

	(void)arg;
	writer_init(&wr, out, cap);
	writer_u64(&wr, pn);
	writer_bytes(&wr, p, n);
	return (writer_ok(&wr) ? (int)writer_len(&wr) : -1);
}

static int
plain_open(void *arg, const uint8_t *d, size_t n, uint8_t *p, size_t cap,
    uint64_t *pn)
{
	struct reader	r;

	(void)arg;
	reader_init(&r, d, n);
	*pn = reader_u64(&r);
	if (!reader_ok(&r) || n - 8 > cap)
		return (-1);
	memcpy(p, d + 8, n - 8);
	return ((int)n - 8);
}

static const struct conn_seal_ops plain_ops = { plain_seal, plain_open, 8 };

/* KV: varint kind (0 echo, 1 flood), varint count, str */
static int
app_frame(void *arg, uint8_t type, struct reader *r, uint64_t pn)
{
	int		me = *(int *)arg;
	uint64_t	kind, count;
	size_t		n;

	(void)pn;
	if (stream_set_owns(type))
		return (stream_set_frame(world.streams[me], type, r));
	if (type == FRAME_INPUT)
		return (inlog_in_frame(world.in, type, r));
	if (type == FRAME_INPUT_ACK)
		return (inlog_out_frame(world.out, type, r));
	kind = reader_varint(r);
	count = reader_varint(r);
	reader_str(r, 2000, &n);
	if (kind == 1)
		world.flood_bytes += n;
	for (; kind == 0 && world.shown < count; world.shown++)
		world.shown_at[world.shown] = world.now;
	return (0);
}

static bool	echo_due;

static void
app_kv(struct packet *pk, unsigned kind, unsigned count, size_t n)
{
	static const uint8_t	 zero[2000];
	struct sent_note	 note = { .kind = FRAME_KV, .a = kind };
	struct writer		*wr = packet_begin(pk, FRAME_KV);

	writer_varint(wr, kind);
	writer_varint(wr, count);
	writer_str(wr, zero, n);
	if (!packet_end(pk, &note))
		return;
	if (kind == 0)
		echo_due = false;
	else
		world.flood_left -= n;
}

static void
app_fill(void *arg, enum conn_class cls, struct packet *pk)
{
	int	me = *(int *)arg;
	size_t	n;

	if (me == CLIENT)
		inlog_out_fill(world.out, cls, pk);
	else
		inlog_in_fill(world.in, cls, pk);
	if (me == SERVER && cls == CONN_CLASS_FOCUS && echo_due)
		app_kv(pk, 0, world.echoed, 40);
	if (me == SERVER && cls == CONN_CLASS_VISIBLE && world.flood_left > 0 &&
	    packet_left(pk) > 60) {
		n = packet_left(pk) - 10;
		app_kv(pk, 1, 0, n < world.flood_left ? n : world.flood_left);
	}
	stream_set_fill(world.streams[me], cls, pk);
}

static usec_t
app_due(void *arg, usec_t now, enum conn_class last)
{
	int			me = *(int *)arg;
	struct conn_stats	st;
	usec_t			t, x;

	t = me == CLIENT ? inlog_out_due(world.out, now) :
	    inlog_in_due(world.in, now);
	if ((x = stream_set_due(world.streams[me], now, last)) < t)
		t = x;
	if (me == CLIENT)
		return (t);
	if (last >= CONN_CLASS_FOCUS && echo_due)
		t = now;
	if (last < CONN_CLASS_VISIBLE || world.stopped)
		return (t);
	/* The flood changes all the time: a picture each interval. */
	conn_stats(world.c[SERVER], &st);
	x = world.flood_at + st.frame_interval_us;
	if (world.flood_left == 0 && x <= now) {
		world.flood_left = FLOOD_BYTES;
		world.flood_at = now;
	}
	if (world.flood_left > 0)
		t = now;
	return (x < t ? x : t);
}

static void
app_fate(int me, const struct sent_note *note, bool acked)
{
	if (stream_set_owns(note->kind)) {
		if (acked)
			stream_set_acked(world.streams[me], note);
		else
			stream_set_lost(world.streams[me], note);
	} else if (note->kind == FRAME_INPUT) {
		if (acked)
			inlog_out_acked(world.out, note);
		else
			inlog_out_lost(world.out, note);
	} else if (note->kind == FRAME_INPUT_ACK && !acked) {
		inlog_in_lost(world.in, note);
	} else if (note->kind == FRAME_KV && note->a == 0 && !acked)
		echo_due = true;
}

static void
app_acked(void *arg, const struct sent_note *note)
{
	app_fate(*(int *)arg, note, true);
}

static void
app_lost(void *arg, const struct sent_note *note)
{
	app_fate(*(int *)arg, note, false);
}

static const struct conn_app_ops app_ops = {
	.frame = app_frame,
	.fill = app_fill,
	.due = app_due,
	.acked = app_acked,
	.lost = app_lost,
};

static bool
on_input(void *arg, const struct inlog_entry *e)
{
	(void)arg;
	if (e->len == 1 && e->data[0] == 3)
		world.stopped = true;
	world.echoed++;
	echo_due = true;
	return (true);
}

/* Streams never end: written when there is room, read at once. */
static void
st_writable(void *arg, struct stream *s)
{
	static const uint8_t	zero[4096];

	(void)arg;
	while (stream_write(s, zero, sizeof zero) == sizeof zero)
		;
}

static void
st_opened(void *arg, struct stream *s)
{
	(void)arg;
	(void)s;
}

static void
st_readable(void *arg, struct stream *s)
{
	size_t	n;

	while (stream_peek(s, &n) != NULL) {
		world.got[*(int *)arg][stream_id(s) / 2 % 3] += n;
		stream_consume(s, n);
	}
}

static void
st_closed(void *arg, struct stream *s, bool reset, uint64_t code)
{
	(void)arg;
	(void)s;
	(void)reset;
	(void)code;
}

static const struct stream_ops st_ops = {
	.opened = st_opened, .readable = st_readable,
	.writable = st_writable, .closed = st_closed,
};

static void
pump(int i)
{
	struct conn_path	 to;
	struct letter		*l;
	uint8_t			 d[DATAGRAM_STREAM];
	size_t			 n;
	usec_t			 start;

	while ((n = conn_output(world.c[i], world.now, d, sizeof d, &to)) > 0) {
		start = world.busy[i] > world.now ? world.busy[i] : world.now;
		if ((start - world.now) * world.rate / SEC > QUEUE_MAX ||
		    world.first + world.n == 8192) {
			world.overflow++;
			continue;
		}
		world.busy[i] = start + (n + 28) * SEC / world.rate;
		l = xcalloc(1, sizeof *l);
		l->at = world.busy[i] + DELAY_US;
		l->to = !i;
		l->n = n;
		memcpy(l->d, d, n);
		world.v[world.n++] = l;
	}
}

static void
run(usec_t span)
{
	struct conn_path	 from;
	usec_t			 end = world.now + span, t, x;
	struct letter		*l;
	unsigned		 i, best;

	memset(&from, 0, sizeof from);
	from.remote.family = MSG_ADDR_V4;
	from.remote.ip[0] = 9;
	for (;;) {
		pump(CLIENT);
		pump(SERVER);
		t = end;
		best = world.n;
		for (i = 0; i < world.n; i++) {
			if (world.v[i]->at < t) {
				t = world.v[i]->at;
				best = i;
			}
		}
		for (i = 0; i < 2; i++) {
			if ((x = conn_deadline(world.c[i])) < t) {
				t = x;
				best = world.n;
			}
		}
		if (t > world.now)
			world.now = t;
		if (best < world.n) {
			l = world.v[best];
			/* In order, as a line is. */
			memmove(world.v + best, world.v + best + 1,
			    (--world.n - best) * sizeof *world.v);
			conn_input(world.c[l->to], world.now, &from, l->d, l->n);
			free(l);
		}
		if (world.now >= end)
			return;
	}
}

static void
start(uint64_t rate)
{
	static int		id[2] = { CLIENT, SERVER };
	struct conn_config	cfg;
	struct conn_path	p;
	int			i;

	memset(&world, 0, sizeof world);
	echo_due = false;
	rng_seeded_init(&rng, 3);
	world.now = 1000 * SEC;
	world.rate = rate;
	world.out = inlog_out_new();
	world.in = inlog_in_new(on_input, NULL);
	for (i = 0; i < 2; i++) {
		memset(&cfg, 0, sizeof cfg);
		cfg.role = i == CLIENT ? CONN_CLIENT : CONN_SERVER;
		cfg.rng = &rng.rng;
		cfg.seal = &plain_ops;
		cfg.app = &app_ops;
		cfg.app_arg = &id[i];
		world.streams[i] = stream_set_new(cfg.role, &st_ops, &id[i]);
		world.c[i] = conn_new(&cfg, world.now);
	}
	memset(&p, 0, sizeof p);
	p.remote.family = MSG_ADDR_V4;
	p.remote.ip[0] = 9;
	conn_event(world.c[CLIENT], world.now, CONN_EVENT_PATH_ADD, &p);
	run(SEC);
	/* The clipboard, history, a file; and one of them the other way. */
	for (i = 0; i < 3; i++)
		st_writable(NULL, stream_open(world.streams[SERVER],
		    CONN_CLASS_STREAM + (enum conn_class)i));
	st_writable(NULL, stream_open(world.streams[CLIENT], CONN_CLASS_BULK));
	conn_wake(world.c[CLIENT]);
	conn_wake(world.c[SERVER]);
}

static void
finish(void)
{
	int	i;

	for (i = 0; i < 2; i++) {
		conn_free(world.c[i]);
		stream_set_free(world.streams[i]);
	}
	inlog_out_free(world.out);
	inlog_in_free(world.in);
	while (world.n > 0)
		free(world.v[--world.n]);
}

static void
key(char ch)
{
	world.typed_at[world.typed++] = world.now;
	inlog_out_append(world.out, 1, INPUT_BYTES, &ch, 1);
	conn_active(world.c[CLIENT], world.now + ACTIVE_US);
	conn_wake(world.c[CLIENT]);
}

static int
compare(const void *a, const void *b)
{
	usec_t	x = *(const usec_t *)a, y = *(const usec_t *)b;

	return (x < y ? -1 : x > y);
}

struct load_result {
	usec_t	 p50, p95, worst;	/* key to echo, after the warm up */
	usec_t	 ctrl_c;		/* from Ctrl-C until it is shown */
	uint64_t least;			/* bytes of the slowest stream */
	uint64_t down;			/* bytes of pictures and streams */
};

static void
load(uint64_t rate, struct load_result *res)
{
	usec_t		 v[4096];
	unsigned	 i, n = 0;

	memset(res, 0, sizeof *res);
	start(rate);
	run(WARM_US);
	for (i = 0; i < RUN_US / KEY_EVERY_US; i++) {
		key('x');
		run(KEY_EVERY_US);
	}
	key(3);
	run(2 * SEC);
	for (i = 0; i < world.typed; i++) {
		v[n] = i < world.shown ? world.shown_at[i] - world.typed_at[i] : 9 * SEC;
		if (getenv("TRACE") != NULL)
			diag("key %u: %.1f ms", i, (double)v[n] / 1000);
		n++;
	}
	res->ctrl_c = v[n - 1];
	qsort(v, n, sizeof *v, compare);
	res->p50 = v[n / 2];
	res->p95 = v[n * 95 / 100];
	res->worst = v[n - 1];
	res->least = UINT64_MAX;
	for (i = 0; i < 3; i++) {
		res->down += world.got[CLIENT][i];
		if (world.got[CLIENT][i] < res->least)
			res->least = world.got[CLIENT][i];
	}
	if (world.got[SERVER][0] < res->least)
		res->least = world.got[SERVER][0];
	res->down += world.flood_bytes;
	diag("%ju B/s: key to echo %.0f, %.0f, %.0f ms; Ctrl-C %.0f ms; streams"
	    " %ju %ju %ju up %ju, flood %ju, lost in the queue %u",
	    (uintmax_t)rate, (double)res->p50 / 1000, (double)res->p95 / 1000,
	    (double)res->worst / 1000, (double)res->ctrl_c / 1000,
	    (uintmax_t)world.got[CLIENT][0], (uintmax_t)world.got[CLIENT][1],
	    (uintmax_t)world.got[CLIENT][2], (uintmax_t)world.got[SERVER][0],
	    (uintmax_t)world.flood_bytes, world.overflow);
	finish();
}

#ifndef SIM_PLANTED
int
main(void)
{
	const char		*rate = getenv("RATE");
	struct load_result	 res;
	uint64_t		 r;

	r = rate != NULL ? strtoull(rate, NULL, 10) : 125000;
	load(r, &res);
	ok(res.p95 <= RTT_US + 50 * MS, "95 of 100 keys are answered within "
	    "the round trip and 50 ms");
	ok(res.worst <= RTT_US + 100 * MS, "and the worst within 100");
	ok(res.ctrl_c <= RTT_US + 100 * MS, "Ctrl-C stops the flood in time");
	ok(res.least > 0, "no stream starves");
	ok(res.down >= r * (RUN_US + WARM_US) / SEC / 2,
	    "and at least half of the line is used");
	return (done_testing());
}
#endif
