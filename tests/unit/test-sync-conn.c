/* SPDX-License-Identifier: ISC */

/*
 * Single scenes of a connection, each with the time at which things happen.
 * The world as a whole is in tests/sim/sim-sync.c.
 *
 * The app is a counter on each side: "value" is sent whenever it changed, in
 * a frame KV, newest wins; input goes by an input log.
 */

#include "base/rng.h"
#include "sync/conn.h"
#include "sync/inlog.h"
#include "tap.h"

#define MS	USEC_PER_MSEC
#define SEC	USEC_PER_SEC

struct letter {
	usec_t		 at;
	struct conn_path from;
	int		 to;
	size_t		 n;
	uint8_t		 d[DATAGRAM_STREAM];
};

struct app {
	struct conn	*c;
	int		 me;
	uint64_t	 value, seen;
	bool		 dirty;
	unsigned	 packets, bytes;
	usec_t		 seen_at;
	bool		 bulk;		/* fill CLASS_BULK, nobody reads it */
	size_t		 pad;		/* bytes added to each value */
	size_t		 largest;
	uint64_t	 highest;	/* number opened */
	bool		 any;
};

static struct {
	usec_t		 now;
	struct app	 a[2];		/* client, server */
	struct inlog_out *out;
	struct inlog_in	*in;
	unsigned	 typed;
	usec_t		 typed_at;
	struct letter	*v[4096];
	unsigned	 n;
	usec_t		 delay;
	bool		 dark[2];	/* towards client, server */
	bool		 no_udp;
	unsigned	 lose_nth, sent;
	size_t		 mtu;
	uint16_t	 port;		/* of the client, as the server sees */
	uint32_t	 sock;		/* of the client */
	uint32_t	 dead_sock;	/* what goes by it is lost */
	uint32_t	 other;		/* socket to the server's other address */
	uint8_t		 cid[MSG_CID_LEN];	/* of the last packet */
	unsigned	 cids_made, cids_gone;
	struct letter	*kept;		/* the last that went to the server */
} w;

static struct rng_seeded	rng;

/* "Sealing": the number, eight bytes more, the text. */
static int
plain_seal(void *arg, uint64_t pn, const uint8_t *p, size_t n, uint8_t *out,
    size_t cap)
{
	struct writer	wr;

	(void)arg;
	writer_init(&wr, out, cap);
	writer_u64(&wr, pn);
	writer_u64(&wr, 0);
	writer_bytes(&wr, p, n);
	return (writer_ok(&wr) ? (int)writer_len(&wr) : -1);
}

static int
plain_open(void *arg, const uint8_t *d, size_t n, uint8_t *p, size_t cap,
    uint64_t *pn)
{
	struct reader	 r;

	(void)arg;
	reader_init(&r, d, n);
	*pn = reader_u64(&r);
	reader_u64(&r);
	if (!reader_ok(&r) || n - 16 > cap)
		return (-1);
	memcpy(p, d + 16, n - 16);
	return ((int)n - 16);
}

/* Keys that change: only the phases are kept. */
static struct toy_keys {
	uint64_t	phase;
	bool		asking, old;
	unsigned	asks, answers, wipes;
} toy[2];

static int
toy_ask(void *arg, uint8_t pub[MSG_PUB_LEN])
{
	(void)arg;
	if (toy[0].old)
		return (-1);
	toy[0].asking = true;
	toy[0].asks++;
	memset(pub, 1, MSG_PUB_LEN);
	return (0);
}

static int
toy_answer(void *arg, uint64_t phase, const uint8_t theirs[MSG_PUB_LEN],
    uint8_t ours[MSG_PUB_LEN])
{
	(void)arg;
	toy[1].answers++;
	if (phase > toy[1].phase + 1 || theirs[0] != 1)
		return (-1);
	memset(ours, 2, MSG_PUB_LEN);
	return (phase <= toy[1].phase);
}

static int
toy_finish(void *arg, uint64_t phase, const uint8_t theirs[MSG_PUB_LEN])
{
	(void)arg;
	if (!toy[0].asking || phase != toy[0].phase + 1 || theirs[0] != 2)
		return (-1);
	/* As if the next packets came through at once. */
	toy[0].asking = false;
	toy[0].phase = toy[1].phase = phase;
	toy[0].old = toy[1].old = true;
	return (0);
}

static uint64_t
toy_phase(void *arg)
{
	return (toy[((struct app *)arg)->me].phase);
}

static bool
toy_old(void *arg)
{
	return (toy[((struct app *)arg)->me].old);
}

static void
toy_old_wipe(void *arg)
{
	struct toy_keys	*t = &toy[((struct app *)arg)->me];

	t->old = false;
	t->wipes++;
}

static const struct conn_rekey_ops toy_rekey_ops = {
	toy_ask, toy_answer, toy_finish, toy_phase, toy_old, toy_old_wipe,
};

static void
plain_use_cid(void *arg, const uint8_t *cid)
{
	(void)arg;
	memcpy(w.cid, cid, sizeof w.cid);
}

static const struct conn_seal_ops plain_ops = {
	plain_seal, plain_open, 16, plain_use_cid, &toy_rekey_ops,
};

static bool
app_cid_new(void *arg, uint8_t *cid)
{
	(void)arg;
	memset(cid, (int)++w.cids_made, MSG_CID_LEN);
	return (true);
}

static void
app_cid_gone(void *arg, const uint8_t *cid)
{
	(void)arg;
	(void)cid;
	w.cids_gone++;
}

static int
app_frame(void *arg, uint8_t type, struct reader *r, uint64_t pn)
{
	struct app	*a = arg;
	uint64_t	 v;
	size_t		 n;

	(void)pn;
	switch (type) {
	case FRAME_INPUT:
		return (inlog_in_frame(w.in, type, r));
	case FRAME_INPUT_ACK:
		return (inlog_out_frame(w.out, type, r));
	case FRAME_KV:
		v = reader_varint(r);
		reader_str(r, 16384, &n);
		if (v > a->seen) {
			a->seen = v;
			a->seen_at = w.now;
		}
		return (0);
	}
	return (-CLOSE_PROTOCOL);
}

static void
app_fill(void *arg, enum conn_class cls, struct packet *pk)
{
	static const uint8_t	 zero[16384];
	struct app		*a = arg;
	struct sent_note	 note = { .kind = FRAME_KV };
	struct writer		*wr;
	size_t			 n;

	if (a->me == 0)
		inlog_out_fill(w.out, cls, pk);
	else
		inlog_in_fill(w.in, cls, pk);
	if (cls == CONN_CLASS_BULK && a->bulk && packet_left(pk) > 40) {
		n = packet_left(pk) - 20;
		wr = packet_begin(pk, FRAME_KV);
		writer_varint(wr, 0);
		writer_str(wr, zero, n);
		packet_end(pk, NULL);
	}
	if (cls != CONN_CLASS_FOCUS || !a->dirty)
		return;
	n = a->pad;
	if (n > packet_left(pk) - 20)
		n = packet_left(pk) - 20;
	wr = packet_begin(pk, FRAME_KV);
	writer_varint(wr, a->value);
	writer_str(wr, zero, n);
	note.b = a->value;
	if (packet_end(pk, &note))
		a->dirty = false;
}

static usec_t
app_due(void *arg, usec_t now, enum conn_class last)
{
	struct app	*a = arg;
	usec_t		 t;

	t = a->me == 0 ? inlog_out_due(w.out, now) : inlog_in_due(w.in, now);
	if (last >= CONN_CLASS_BULK && a->bulk)
		return (now);
	return (last >= CONN_CLASS_FOCUS && a->dirty ? now : t);
}

static void
app_acked(void *arg, const struct sent_note *note)
{
	struct app	*a = arg;

	if (note->kind == FRAME_INPUT && a->me == 0)
		inlog_out_acked(w.out, note);
}

static void
app_lost(void *arg, const struct sent_note *note)
{
	struct app	*a = arg;

	if (note->kind == FRAME_INPUT)
		inlog_out_lost(w.out, note);
	else if (note->kind == FRAME_INPUT_ACK)
		inlog_in_lost(w.in, note);
	else if (note->b == a->value)
		a->dirty = true;
}

static const struct conn_app_ops app_ops = {
	.frame = app_frame,
	.fill = app_fill,
	.due = app_due,
	.acked = app_acked,
	.lost = app_lost,
	.cid_new = app_cid_new,
	.cid_gone = app_cid_gone,
};

static bool
on_input(void *arg, const struct inlog_entry *e)
{
	(void)arg;
	(void)e;
	w.typed++;
	w.typed_at = w.now;
	return (true);
}

static struct conn_path
path_to_server(uint32_t sock)
{
	struct conn_path	p;

	memset(&p, 0, sizeof p);
	p.remote.family = MSG_ADDR_V4;
	p.remote.ip[0] = sock == w.other ? 10 : 9;
	p.remote.port = 60001;
	p.id = sock;
	return (p);
}

static struct conn_path
path_to_client(uint8_t ip, uint16_t port)
{
	struct conn_path	p;

	memset(&p, 0, sizeof p);
	p.remote.family = MSG_ADDR_V4;
	p.remote.ip[0] = ip;
	p.remote.port = port;
	return (p);
}

#define OTHER_PORT	7000	/* of the client, by the other address */

/* As the receiver sees it. */
static struct conn_path
seen_from(int i, const struct conn_path *to)
{
	bool	other;

	if (to->stream)
		return (*to);
	other = w.other != 0 && (i == 0 ? to->id == w.other :
	    to->remote.port == OTHER_PORT);
	if (i == 0)
		return (path_to_client(5, other ? OTHER_PORT : w.port));
	return (path_to_server(other ? w.other : w.sock));
}

static bool
dropped(int i, const struct conn_path *to, const struct conn_path *from,
    size_t n)
{
	if (w.dark[!i] || (w.no_udp && !to->stream) ||
	    (w.mtu != 0 && n > w.mtu))
		return (true);
	if (w.dead_sock != 0 && (i == 0 ? to : from)->id == w.dead_sock)
		return (true);
	if (w.lose_nth != 0 && ++w.sent % w.lose_nth == 0)
		return (true);
	/* The NAT has forgotten that port. */
	return (i == 1 && !to->stream && from->id != w.other &&
	    to->remote.port != w.port);
}

static void
post(int to, const struct conn_path *from, const uint8_t *d, size_t n)
{
	struct letter	*l = calloc(1, sizeof *l);

	l->at = w.now + w.delay;
	l->from = *from;
	l->to = to;
	l->n = n;
	memcpy(l->d, d, n);
	w.v[w.n++] = l;
}

static void
pump(int i)
{
	struct app		*a = &w.a[i];
	struct conn_path	 to, from;
	uint8_t			 d[DATAGRAM_STREAM];
	size_t			 n;
	unsigned		 guard = 0;

	while ((n = conn_output(a->c, w.now, d, sizeof d, &to)) > 0 &&
	    guard++ < 1000) {
		a->packets++;
		a->bytes += (unsigned)n;
		if (n > a->largest)
			a->largest = n;
		from = seen_from(i, &to);
		if (i == 0) {
			free(w.kept);
			w.kept = calloc(1, sizeof *w.kept);
			w.kept->n = n;
			memcpy(w.kept->d, d, n);
		}
		if (!dropped(i, &to, &from, n))
			post(!i, &from, d, n);
	}
	if (guard >= 1000)
		bail("it does not stop sending");
}

static void
run(usec_t span)
{
	usec_t		 end = w.now + span, t, x;
	struct letter	*l;
	unsigned	 i, best, turns = 0;

	while (turns++ < 200000) {
		pump(0);
		pump(1);
		t = end;
		best = w.n;
		for (i = 0; i < w.n; i++) {
			if (w.v[i]->at < t || (best == w.n &&
			    w.v[i]->at <= t)) {
				t = w.v[i]->at;
				best = i;
			}
		}
		for (i = 0; i < 2; i++) {
			x = conn_deadline(w.a[i].c);
			if (x < t) {
				t = x;
				best = w.n;
			}
		}
		if (t > w.now)
			w.now = t;
		if (best < w.n) {
			l = w.v[best];
			/* In the order in which they were sent. */
			memmove(w.v + best, w.v + best + 1,
			    (--w.n - best) * sizeof *w.v);
			conn_input(w.a[l->to].c, w.now, &l->from, l->d, l->n);
			free(l);
			continue;
		}
		if (w.now >= end)
			return;
	}
	bail("it spins");
}

static usec_t		keepalive;		/* of the next start() */
static const uint8_t	first_cid[MSG_CID_LEN];

static void
start(usec_t delay, bool reliable)
{
	struct conn_config	cfg;
	struct conn_path	p;
	int			i;

	while (w.n > 0)
		free(w.v[--w.n]);
	free(w.kept);
	conn_free(w.a[0].c);
	conn_free(w.a[1].c);
	inlog_out_free(w.out);
	inlog_in_free(w.in);
	memset(&w, 0, sizeof w);
	memset(toy, 0, sizeof toy);
	w.now = 5 * SEC;
	w.delay = delay;
	w.port = 1000;
	w.sock = 1;
	w.out = inlog_out_new();
	w.in = inlog_in_new(on_input, NULL);
	for (i = 0; i < 2; i++) {
		memset(&cfg, 0, sizeof cfg);
		cfg.role = i == 0 ? CONN_CLIENT : CONN_SERVER;
		cfg.reliable = reliable;
		cfg.rng = &rng.rng;
		cfg.seal = reliable ? NULL : &plain_ops;
		cfg.seal_arg = &w.a[i];
		cfg.app = &app_ops;
		cfg.app_arg = &w.a[i];
		cfg.keepalive_idle_us = keepalive;
		cfg.cid = first_cid;
		w.a[i].me = i;
		w.a[i].c = conn_new(&cfg, w.now);
	}
	p = path_to_server(1);
	p.stream = reliable;
	conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_ADD, &p);
}

static void
change(int i)
{
	w.a[i].value++;
	w.a[i].dirty = true;
	conn_wake(w.a[i].c);
}

static void
type(void)
{
	inlog_out_append(w.out, 1, INPUT_BYTES, "x", 1);
	conn_wake(w.a[0].c);
}

static void
stop_counting(void)
{
	w.a[0].packets = w.a[1].packets = 0;
	w.a[0].bytes = w.a[1].bytes = 0;
	w.a[0].largest = w.a[1].largest = 0;
}

/*** Scenes ***/

static void
test_local(void)
{
	usec_t	t;

	start(0, true);
	change(0);
	change(1);
	run(10 * MS);
	is_int(w.a[1].seen, 1, "local: the server hears the client");
	is_int(w.a[0].seen, 1, "local: and the client the server");
	run(5 * SEC);
	stop_counting();
	t = w.now;
	w.a[1].pad = 12000;
	change(1);
	run(5 * SEC);
	is_int(w.a[0].seen_at, t, "local: the first change leaves at once");
	is_int(w.a[1].packets, 1, "local: in one packet");
	ok(w.a[1].largest > 12000, "local: though it is large");
	stop_counting();
	run(3600 * SEC);
	is_int(w.a[0].packets + w.a[1].packets, 0, "local: idle is silent");
	conn_close(w.a[1].c, w.now, 20, "bye\033[2J");
	run(0);
	is_int(conn_state(w.a[0].c), CONN_CLOSED, "local: closed");
	is_str(conn_error(w.a[0].c), "bye?[2J",
	    "local: the reason cannot hold control characters");
}

static void
test_first_contact(void)
{
	struct conn_stats	st;
	usec_t			t;

	start(100 * MS, false);
	w.a[1].pad = 900;
	change(1);
	t = w.now;
	run(1 * SEC);
	is_int(conn_state(w.a[0].c), CONN_OPEN, "contact: open");
	is_int(w.a[0].seen_at - t, 200 * MS,
	    "contact: the screen is there after one round trip");
	conn_stats(w.a[1].c, &st);
	ok(st.path_validated, "contact: the server has asked back");
	ok(st.srtt_us >= 195 * MS && st.srtt_us < 240 * MS,
	    "contact: and knows the round trip");
	run(10 * SEC);
	t = w.now;
	stop_counting();
	type();
	run(90 * MS);
	is_int(w.a[0].packets, 1, "a key leaves at once, in one datagram");
	run(20 * MS);
	is_int(w.typed_at - t, 100 * MS, "and arrives half a trip later");
	run(2 * SEC);
	is_int(inlog_out_accepted(w.out), inlog_out_end(w.out),
	    "and is acknowledged");
	is_int(w.a[0].packets + w.a[1].packets, 3,
	    "in three packets: key, its echo, acknowledgement of that");
}

static void
test_idle(void)
{
	start(50 * MS, false);
	run(10 * SEC);
	stop_counting();
	run(100 * SEC);
	is_int(w.a[0].packets, 4, "idle: a heartbeat every 25 s");
	is_int(w.a[1].packets, 4, "idle: each with its answer");
	conn_active(w.a[0].c, w.now + 50 * SEC);
	stop_counting();
	run(50 * SEC);
	ok(w.a[0].packets >= 9 && w.a[0].packets <= 11,
	    "active: every 5 s");
	ok(w.a[0].bytes / w.a[0].packets <= 32, "heartbeats are small");
}

static void
test_silence(void)
{
	struct conn_stats	st;
	unsigned		first;

	start(50 * MS, false);
	run(5 * SEC);
	w.dark[0] = w.dark[1] = true;
	stop_counting();
	type();
	change(1);
	run(60 * SEC);
	first = w.a[1].packets;
	conn_stats(w.a[1].c, &st);
	ok(st.silent, "a server that hears nothing falls silent");
	change(1);
	run(3600 * SEC);
	is_int(w.a[1].packets, first, "and says nothing more");
	ok(w.a[0].packets < 500, "the client tries ever less often");
	conn_stats(w.a[0].c, &st);
	ok(st.stale_at < w.now, "and knows that it is out of touch");
	/* The lights go on and the owner notices. */
	w.dark[0] = w.dark[1] = false;
	conn_event(w.a[0].c, w.now, CONN_EVENT_NETWORK, NULL);
	first = w.typed;
	w.typed_at = 0;
	{
		usec_t	t = w.now;

		run(10 * SEC);
		is_int(w.typed_at - t, 50 * MS,
		    "what was typed arrives with the first packet");
		is_int(w.a[0].seen, 2, "the newest value too");
		ok(w.a[0].seen_at - t <= 150 * MS,
		    "within a round trip and 50 ms");
	}
	is_int(w.typed, first + 1, "typed once, arrived once");
	/* A key press after a long silence does not wait for a timer. */
	w.dark[1] = true;
	type();
	run(1000 * SEC);
	w.dark[1] = false;
	{
		usec_t	t = w.now;

		type();
		run(60 * MS);
		ok(w.typed_at > t, "a key press is tried at once");
	}
}

static void
test_old_address(void)
{
	struct conn_stats	st;
	struct conn_path	thief = path_to_client(66, 6);
	struct letter		old;

	start(50 * MS, false);
	run(5 * SEC);
	/* Withhold a datagram; let a newer one pass. */
	w.dark[1] = true;
	change(0);
	run(1 * MS);
	old = *w.kept;
	w.dark[1] = false;
	change(0);
	run(2 * SEC);
	conn_input(w.a[1].c, w.now, &thief, old.d, old.n);
	conn_stats(w.a[1].c, &st);
	is_int(st.path.remote.ip[0], 5,
	    "R1: an old packet from elsewhere moves nothing");
	is_int(st.moves, 1, "R1: nor counts as a move");
}

static void
test_thief(void)
{
	struct conn_stats	st;
	struct conn_path	thief = path_to_client(66, 6);

	start(50 * MS, false);
	run(5 * SEC);
	w.dark[1] = true;
	change(0);
	run(1 * MS);
	w.dark[1] = false;
	conn_input(w.a[1].c, w.now, &thief, w.kept->d, w.kept->n);
	conn_stats(w.a[1].c, &st);
	is_int(st.path.remote.ip[0], 66,
	    "R2: the newest packet moves the address, whoever relays it");
	ok(!st.path_validated, "R2: on approval");
	w.a[1].pad = 1000;
	w.a[1].bytes = 0;
	w.dark[0] = true;
	change(1);
	run(20 * MS);
	ok(w.a[1].bytes <= AMPLIFY_FACTOR * w.kept->n + 64,
	    "R2: it gets three times what it sent");
	w.dark[0] = false;
	run(4 * SEC);
	conn_stats(w.a[1].c, &st);
	is_int(st.path.remote.ip[0], 5, "R3, R5: and then it is over");
	is_int(w.a[0].seen, 1, "and the client has the news");
}

static void
test_revert(void)
{
	struct conn_stats	st;
	struct conn_path	thief = path_to_client(66, 6);

	start(50 * MS, false);
	run(5 * SEC);
	w.dark[0] = w.dark[1] = true;
	change(0);
	run(1 * MS);
	conn_input(w.a[1].c, w.now, &thief, w.kept->d, w.kept->n);
	run(900 * MS);
	conn_stats(w.a[1].c, &st);
	is_int(st.path.remote.ip[0], 66, "R5: a second is given to answer");
	run(6 * SEC);
	conn_stats(w.a[1].c, &st);
	is_int(st.path.remote.ip[0], 5, "R5: no answer, back to the last");
}

static void
test_rebinding(void)
{
	struct conn_stats	st;
	usec_t			t;

	start(50 * MS, false);
	run(20 * SEC);
	w.port = 2000;
	change(1);			/* goes to where nobody is */
	run(300 * MS);
	is_int(w.a[0].seen, 0, "NAT: what is sent to the old port is gone");
	t = w.now;
	type();
	run(5 * SEC);
	is_int(w.a[0].seen_at - t, 100 * MS,
	    "NAT: one packet from the new port brings it all back");
	conn_stats(w.a[1].c, &st);
	is_int(st.path.remote.port, 2000, "NAT: the new port is known");
	ok(st.path_validated, "NAT: and validated");
	ok(st.rtt_known && st.srtt_us < 130 * MS,
	    "R6: same host, so the round trip is kept");
}

static void
test_duplicates(void)
{
	struct conn_stats	st;
	int			i;

	start(50 * MS, false);
	run(2 * SEC);
	for (i = 0; i < 100; i++) {
		type();
		run(100 * MS);
	}
	conn_stats(w.a[0].c, &st);
	is_int(st.duplicates, 0, "no loss, no duplicates");
	w.lose_nth = 10;
	for (i = 0; i < 100; i++) {
		type();
		run(100 * MS);
	}
	conn_stats(w.a[0].c, &st);
	ok(st.duplicates >= 40, "loss: most input is sent twice");
	ok(st.duplicates <= 110,
	    "loss: none is itself doubled");
	w.lose_nth = 0;
	run(2 * SEC);
	is_int(w.typed, 200, "all of it is typed once");
}

/*
 * An acknowledgement that is said again long after, and one that someone
 * withheld: neither makes the round trip longer.
 */
static void
test_late_ack(void)
{
	struct conn_path	from = path_to_client(5, 1000);
	struct conn_stats	st;
	struct letter		old;
	struct writer		wr;
	uint8_t			plain[64], d[128];

	start(50 * MS, false);
	run(20 * SEC);
	w.dark[0] = w.dark[1] = true;
	change(1);
	run(12 * SEC);
	stop_counting();
	while (w.a[1].packets == 0)
		run(10 * MS);
	run(SEC);
	conn_stats(w.a[1].c, &st);
	writer_init(&wr, plain, sizeof plain);
	writer_u8(&wr, FRAME_ACK);
	writer_varint(&wr, st.packets_out - 1);
	writer_varint(&wr, 950 * MS >> ACK_DELAY_SHIFT);
	writer_varint(&wr, 0);
	writer_varint(&wr, 0);
	plain_seal(NULL, 100000, plain, writer_len(&wr), d, sizeof d);
	conn_input(w.a[1].c, w.now, &from, d, writer_len(&wr) + 16);
	conn_stats(w.a[1].c, &st);
	ok(st.rtt_latest_us < 200 * MS,
	    "RTT: what an acknowledgement waited is not the journey");

	start(50 * MS, false);
	run(20 * SEC);
	change(1);
	run(51 * MS);
	w.dark[0] = w.dark[1] = true;
	run(30 * MS);
	old = *w.kept;
	w.dark[1] = false;
	type();
	run(10 * SEC);
	conn_input(w.a[1].c, w.now, &from, old.d, old.n);
	conn_stats(w.a[1].c, &st);
	ok(st.rtt_latest_us < 200 * MS, "RTT: nor what comes an hour late");
}

/* The echo of a key is lost: it comes again long before the timeout. */
static void
test_echo(void)
{
	struct conn_stats	st;
	usec_t			t;
	int			i;

	start(50 * MS, false);
	run(2 * SEC);
	for (i = 0; i < 20; i++) {
		type();
		run(50 * MS);
		change(1);
		w.dark[0] = i == 0;	/* teaches that there is loss */
		run(1 * MS);
		w.dark[0] = false;
		run(200 * MS);
	}
	conn_stats(w.a[1].c, &st);
	ok(st.duplicates >= 18 && st.duplicates <= 20,
	    "echo: each is sent twice, none oftener");
	type();
	run(50 * MS);
	t = w.now;
	change(1);
	w.dark[0] = true;
	run(1 * MS);
	w.dark[0] = false;
	run(SEC);
	ok(w.a[0].seen_at - t <= 76 * MS,
	    "echo: lost, it is there a quarter of the round trip later");
	w.a[1].pad = 900;
	conn_stats(w.a[1].c, &st);
	i = (int)st.duplicates;
	type();
	run(50 * MS);
	change(1);
	run(SEC);
	w.a[1].pad = 0;
	change(1);
	run(SEC);
	conn_stats(w.a[1].c, &st);
	is_int(st.duplicates, i,
	    "echo: neither large pictures nor those without a key are");
}

/*
 * Half of what was sent in a long time is lost, the other half arrived, and
 * all of that is learnt at once: a lossy path, but not another one.
 */
static void
test_persistent(void)
{
	struct conn_stats	before, st;
	int			i;

	start(50 * MS, false);
	run(2 * SEC);
	for (i = 0; i < 40; i++) {
		change(0);
		run(20 * MS);
	}
	run(SEC);
	conn_stats(w.a[0].c, &before);
	w.dark[0] = true;
	for (i = 0; i < 30; i++) {
		w.dark[1] = i % 2 == 1;
		change(0);
		run(40 * MS);
	}
	w.dark[0] = w.dark[1] = false;
	change(0);
	run(150 * MS);
	conn_stats(w.a[0].c, &st);
	ok(st.packets_lost >= before.packets_lost + 10, "loss: it is known");
	ok(st.window * 2 >= before.window,
	    "loss: with arrivals between, it is no new path");
	/* Nothing at all for as long: that is. */
	run(5 * SEC);
	w.dark[0] = w.dark[1] = true;
	for (i = 0; i < 30; i++) {
		change(0);
		run(60 * MS);
	}
	w.dark[0] = w.dark[1] = false;
	change(0);
	run(SEC);
	conn_stats(w.a[0].c, &st);
	is_int(st.window, 2 * DATAGRAM_BASE, "loss: but without any, it is");
}

/* The mapping of a NAT died while nothing was said, PING or no PING. */
static void
test_keepalive(void)
{
	usec_t	t;

	start(50 * MS, false);
	run(24 * SEC);
	w.port = 2000;
	type();
	run(SEC);
	stop_counting();
	run(45 * SEC);
	is_int(w.a[0].packets, 3, "NAT: forgotten within 24 s, asked every 12");

	/* A server that knows of no pause takes a long one for the end. */
	keepalive = 110 * SEC;
	start(50 * MS, false);
	keepalive = 0;
	run(SEC);
	conn_active(w.a[0].c, w.now + 20 * SEC);
	run(100 * SEC);
	t = w.now;
	change(1);
	run(SEC);
	ok(w.a[0].seen == 1 && w.a[0].seen_at < t + 200 * MS,
	    "NAT: a long interval is told before it begins");
}

static void
test_small_network(void)
{
	struct conn_stats	st;
	int			i;

	start(30 * MS, false);
	run(2 * SEC);
	w.mtu = 600;
	w.a[1].pad = 1100;
	for (i = 0; i < 40; i++) {
		change(1);
		type();
		run(100 * MS);
	}
	run(2 * SEC);
	conn_stats(w.a[1].c, &st);
	is_int(st.packet_max, 500, "MTU: big ones vanish, so small ones go");
	is_int(w.a[0].seen, 40, "MTU: and all is well");
	w.mtu = 0;
	run(601 * SEC);
	conn_stats(w.a[1].c, &st);
	is_int(st.packet_max, 1200, "MTU: tried again after ten minutes");

	start(30 * MS, false);
	w.mtu = 600;
	w.a[1].pad = 1100;
	change(1);
	run(5 * SEC);
	is_int(w.a[0].seen, 1, "MTU: nor does it prevent first contact");
}

/* A stream from the server, read at once; says that long enough. */
static void
bulk(usec_t span)
{
	usec_t	end = w.now + span;

	while (w.now < end) {
		w.a[1].bulk = true;
		conn_wake(w.a[1].c);
		run(10 * MS);
	}
	w.a[1].bulk = false;
}

static void
test_large_network(void)
{
	struct conn_stats	st, before;
	int			i;

	start(30 * MS, false);
	run(2 * SEC);
	w.a[1].pad = 1100;
	for (i = 0; i < 40; i++) {
		change(1);
		run(100 * MS);
	}
	conn_stats(w.a[1].c, &st);
	is_int(st.packet_max, DATAGRAM_BASE, "MTU: screens look for no more");
	bulk(10 * SEC);
	conn_stats(w.a[1].c, &st);
	is_int(st.packet_max, DATAGRAM_MAX, "MTU: a stream does, and finds it");
	is_int(st.packets_lost, 0, "MTU: without loss");
	w.mtu = 1300;
	bulk(10 * SEC);
	conn_stats(w.a[1].c, &st);
	is_int(st.packet_max, DATAGRAM_BASE,
	    "MTU: a network that takes less is noticed");
	bulk(8 * SEC);
	conn_stats(w.a[1].c, &before);
	is_int(before.packet_max, DATAGRAM_BASE, "MTU: and left in peace");
	w.mtu = 1400;
	run(600 * SEC);
	bulk(20 * SEC);
	conn_stats(w.a[1].c, &st);
	is_int(st.packet_max, DATAGRAM_STEP_3, "MTU: it is tried again later");
	is_int(st.packets_lost, before.packets_lost,
	    "MTU: probes that vanish are no loss");
	ok(st.window >= before.window, "MTU: and narrow no window");
	run(100 * SEC);
	stop_counting();
	run(100 * SEC);
	ok(w.a[1].largest <= 64, "MTU: no probes on an idle link");
}

static void
test_rekey(void)
{
	start(50 * MS, false);
	run(3590 * SEC);
	is_int(toy[0].asks, 0, "keys: the first last an hour");
	run(40 * SEC);
	is_int(toy[1].phase, 1, "keys: then come others");
	is_int(toy[0].asks, 1, "keys: asked for once");
	is_int(toy[0].wipes + toy[1].wipes, 2, "keys: the old ones are gone");
	run(3550 * SEC);
	is_int(toy[1].phase, 1, "keys: another hour");
	w.dark[1] = true;
	run(40 * SEC);
	w.dark[1] = false;
	w.dark[0] = true;
	run(60 * SEC);
	is_int(toy[1].phase, 1, "keys: a question and answers are lost");
	w.dark[0] = false;
	run(30 * SEC);
	is_int(toy[1].phase, 2, "keys: and said again");
	conn_rekey(w.a[1].c, w.now);
	conn_rekey(w.a[1].c, w.now);
	run(60 * SEC);
	is_int(toy[1].phase, 3, "keys: the server asks, and once is enough");
	conn_rekey(w.a[0].c, w.now);
	run(SEC);
	conn_rekey(w.a[0].c, w.now);
	run(SEC);
	is_int(toy[1].phase, 4, "keys: not while there are still old ones");
	run(60 * SEC);
	is_int(toy[1].phase, 5, "keys: but then");
}

static void
move(void)
{
	struct conn_path	old = path_to_server(w.sock), p;

	p = path_to_server(++w.sock);
	w.port++;
	conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_CHANGED, &p);
	conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_DEL, &old);
}

/* Another id for each socket; the old one is given back. */
static void
test_cids(void)
{
	uint8_t		before[MSG_CID_LEN];
	unsigned	i;

	start(50 * MS, false);
	type();
	run(SEC);
	is_mem(w.cid, first_cid, MSG_CID_LEN, "id: at first that of the keys");
	is_int(w.cids_made, CIDS_SPARE, "id: some are kept in store");
	for (i = 0; i < 20; i++) {
		memcpy(before, w.cid, sizeof before);
		move();
		w.dark[i & 1] = i % 3 == 0;
		run(200 * MS);
		w.dark[0] = w.dark[1] = false;
		run(20 * SEC);
		if (memcmp(before, w.cid, sizeof before) == 0)
			break;
	}
	is_int(i, 20, "id: each network sees another");
	is_int(w.cids_gone, 20, "id: those before are given back");
	is_int(w.cids_made, 24, "id: for each of them comes one");
	/* All at once: more moves than there are spare ones. */
	for (i = 0; i < 10; i++) {
		move();
		run(10 * MS);
	}
	type();
	run(60 * SEC);
	is_int(w.typed, 2, "id: too many moves, and it goes on all the same");
	is_int(w.cids_made - w.cids_gone, CIDS_SPARE,
	    "id: and the store is full again");
}

/* The way by this port is dead: another is tried, not too often. */
static void
test_hop(void)
{
	struct conn_stats	st;
	struct conn_path	p;
	usec_t			t, hops[8];
	unsigned		n = 0, sent;

	start(50 * MS, false);
	run(2 * SEC);
	conn_stats(w.a[0].c, &st);
	ok(st.hop_at == USEC_NEVER, "hop: not while all is well");
	w.dark[1] = true;
	t = w.now;
	type();
	while (w.now - t < 170 * SEC && n < 8) {
		run(100 * MS);
		conn_stats(w.a[0].c, &st);
		if (w.now < st.hop_at)
			continue;
		hops[n++] = w.now - t;
		p = path_to_server(++w.sock);
		conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_HOP, &p);
	}
	ok(n == 5 && hops[0] >= 5 * SEC && hops[0] < 6 * SEC,
	    "hop: after 5 s of silence (%u in all)", n);
	ok(hops[1] >= 15 * SEC && hops[4] >= 130 * SEC,
	    "hop: then ever less often");
	conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_HOP, &p);
	conn_stats(w.a[0].c, &st);
	ok(st.hop_at > w.now + 50 * SEC,
	    "hop: when there is no other port, it is not asked for all the time");
	sent = w.a[0].packets;
	run(20 * SEC);
	ok(w.a[0].packets - sent <= 6, "hop: the tries do not start over");
	w.dark[1] = false;
	w.dead_sock = w.sock;		/* only this port is dead */
	w.port = 2000;
	t = w.now;
	while (w.typed == 0 && w.now - t < 100 * SEC) {
		run(100 * MS);
		conn_stats(w.a[0].c, &st);
		if (w.now >= st.hop_at) {
			p = path_to_server(++w.sock);
			conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_HOP, &p);
		}
	}
	is_int(w.typed, 1, "hop: what the old port could not bring arrives");
}

/* One address of the server is dead and another is not. */
static void
test_failover(void)
{
	struct conn_stats	st;
	struct conn_path	p;
	usec_t			t;
	unsigned		i;

	start(50 * MS, false);
	run(2 * SEC);
	w.other = 50;
	p = path_to_server(w.other);
	conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_ADD, &p);
	for (i = 0; i < 5; i++) {	/* the padding of the start is over */
		change(0);
		run(SEC);
	}
	conn_stats(w.a[0].c, &st);
	is_int(st.path.id, 1, "failover: not while all is well");

	w.dead_sock = w.sock;
	w.a[0].largest = 0;
	t = w.now;
	type();
	run(4 * SEC);
	conn_stats(w.a[0].c, &st);
	is_int(st.path.id, 50, "failover: the other address is taken");
	ok(w.a[0].largest > DATAGRAM_BASE - MSG_PAD,
	    "failover: with room for a screen in answer (%d)",
	    (int)w.a[0].largest);
	ok(w.typed == 1 && w.typed_at - t < 2 * SEC,
	    "failover: the key arrives (after %d ms)",
	    (int)((w.typed_at - t) / MS));
	change(1);
	run(SEC);
	is_int(w.a[0].seen, 1, "failover: and so does what comes back");

	/* Both, for long; then the one that is not in use comes back. */
	w.dark[0] = w.dark[1] = true;
	type();
	run(20 * SEC);
	w.dark[0] = w.dark[1] = false;
	w.dead_sock = w.other;
	t = w.now;
	run(8 * SEC);
	ok(w.typed == 2 && w.typed_at - t < 3 * SEC,
	    "failover: back, as soon as that is a way again");
	conn_stats(w.a[0].c, &st);
	is_int(st.path.id, 1, "failover: and it stays there");
}

static void
test_fallback(void)
{
	struct conn_stats	st;
	struct conn_path	p = path_to_server(77);
	usec_t			t;

	start(50 * MS, false);
	p.stream = true;
	conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_ADD, &p);
	w.no_udp = true;
	type();
	run(1900 * MS);
	is_int(conn_state(w.a[1].c), CONN_CONNECTING, "ssh: not at once");
	run(200 * MS);
	is_int(w.typed, 1, "ssh: but after two seconds");
	w.a[1].pad = 9000;
	change(1);
	run(60 * SEC);
	is_int(w.a[0].seen, 1, "ssh: in large packets");
	is_int(w.a[1].packets < 20, 1, "ssh: and few");
	w.no_udp = false;
	t = w.now;
	run(40 * SEC);
	conn_stats(w.a[0].c, &st);
	ok(!st.path.stream && w.now > t, "ssh: UDP is taken when it works");
	conn_stats(w.a[1].c, &st);
	ok(!st.path.stream && st.path_validated, "ssh: by the server too");
	w.no_udp = true;
	run(20 * SEC);
	t = w.now;
	type();
	run(14 * SEC);
	is_int(w.typed, 2, "ssh: and when it fails again, ssh is there");
	ok(w.typed_at - t < 12 * SEC, "ssh: after ten seconds of silence");
}

/* A stream that takes no more: nothing is built for it, UDP goes on. */
static void
test_full(void)
{
	struct conn_stats	st;
	struct conn_path	p = path_to_server(77);
	unsigned		before;
	int			i;

	start(50 * MS, false);
	p.stream = true;
	conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_ADD, &p);
	w.no_udp = true;
	type();
	run(4 * SEC);
	is_int(w.typed, 1, "full: over a stream");
	conn_stream_full(w.a[0].c, true);
	conn_stream_full(w.a[1].c, true);
	type();
	change(1);
	before = w.a[1].packets;
	run(60 * SEC);
	is_int(w.a[1].packets - before, 0, "full: nothing is built for it");
	is_int(w.typed, 1, "full: so nothing arrives");
	for (i = 0; i < 2; i++) {
		conn_stats(w.a[i].c, &st);
		ok(st.path_known && st.path.stream, "full: the path stays");
	}
	w.no_udp = false;
	run(40 * SEC);
	is_int(w.typed, 2, "full: what UDP lets through does not wait for it");
	is_int(w.a[0].seen, 1, "full: either way");

	start(50 * MS, false);
	conn_event(w.a[0].c, w.now, CONN_EVENT_PATH_ADD, &p);
	w.no_udp = true;
	run(4 * SEC);
	conn_stream_full(w.a[1].c, true);
	change(1);
	run(5 * SEC);
	is_int(w.a[0].seen, 0, "full: it waits");
	conn_stream_full(w.a[1].c, false);
	run(SEC);
	is_int(w.a[0].seen, 1, "full: and goes on when there is room");
	conn_stream_full(w.a[1].c, true);
	conn_close(w.a[1].c, w.now, CLOSE_NONE, "");
	run(10 * SEC);
	is_int(conn_state(w.a[1].c), CONN_CLOSED, "full: it can be closed");
}

/*** What an authentic but hostile peer may try ***/

static int
feed(const char *bytes, size_t n)
{
	struct conn_path	from = path_to_client(5, 1000);
	uint8_t			d[1500];
	static uint64_t		pn = 1000000;

	plain_seal(NULL, pn++, (const uint8_t *)bytes, n, d, sizeof d);
	return (conn_input(w.a[1].c, w.now, &from, d, n + 16));
}

static void
test_hostile(void)
{
	static const struct {
		const char	*bytes;
		size_t		 n;
		uint64_t	 want;		/* CLOSE_NONE: stays open */
		const char	*what;
	} v[] = {
		{ "\x02\x80\x0f\x42\x40\x00\x00\x00", 8, CLOSE_PROTOCOL,
		    "acknowledges what was never sent" },
		{ "\x02\x00\x00\x00\x01", 5, CLOSE_PROTOCOL,
		    "a range below zero" },
		{ "\x02\x00\x00\x20\x00", 5, CLOSE_PROTOCOL,
		    "too many ranges" },
		{ "\x02\x00\x00\x01\x00\x00\x00", 7, CLOSE_PROTOCOL,
		    "a gap below zero" },
		{ "\x02\x00", 2, CLOSE_PROTOCOL, "cut short" },
		{ "\x03\x00\x00\x00\x00\x00\x00\x00", 8, CLOSE_PROTOCOL,
		    "a reserved frame" },
		{ "\x0f", 1, CLOSE_PROTOCOL, "an unknown frame" },
		{ "\x80", 1, CLOSE_PROTOCOL, "a type that cannot be" },
		{ "\x05\x01\x02", 3, CLOSE_PROTOCOL, "half a challenge" },
		{ "\x09\x04\x01\x02\x03\x04\x00\x01", 8, CLOSE_PROTOCOL,
		    "a client that observes" },
		{ "\x44\x03" "abc\x41\x00\x01\x00", 9, CLOSE_NONE,
		    "extensions are skipped" },
		{ "\x44\x05" "abc", 5, CLOSE_PROTOCOL,
		    "an extension cut short" },
		{ "\x44\x44\x01", 3, CLOSE_PROTOCOL, "one too long" },
		{ "\x3f", 1, CLOSE_PROTOCOL, "what the app does not know" },
		{ "\x01\xc0\xff\xff\xff\xff\xff\xff\xff", 9, CLOSE_PROTOCOL,
		    "an interval of ages" },
		{ "\0\0\0\0\0", 5, CLOSE_NONE, "padding is nothing" },
		{ "", 0, CLOSE_NONE, "nor is nothing" },
		{ "\x0b\x01" "short", 7, CLOSE_PROTOCOL, "half a key" },
		{ "\x0b\x05" "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1"
		    "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1", 34,
		    CLOSE_PROTOCOL, "a key for the phase after the next" },
		{ "\x0d", 1, CLOSE_PROTOCOL, "a client that has itself asked" },
		{ "\x07\x01" "12345678", 10, CLOSE_PROTOCOL,
		    "a client that gives ids" },
		{ "\x08\x09", 2, CLOSE_PROTOCOL,
		    "an id given back that was never given" },
		{ "\x06" "abcdefgh", 9, CLOSE_NONE,
		    "an answer that nobody asked for" },
	};
	char	many[200];
	size_t	i;

	for (i = 0; i < sizeof v / sizeof v[0]; i++) {
		start(10 * MS, false);
		run(1 * SEC);
		is_int(feed(v[i].bytes, v[i].n), 0, "%s: taken in",
		    v[i].what);
		ok(conn_close_code(w.a[1].c, NULL) == v[i].want &&
		    (conn_state(w.a[1].c) == CONN_OPEN) ==
		    (v[i].want == CLOSE_NONE), "%s", v[i].what);
	}
	start(10 * MS, false);
	run(1 * SEC);
	for (i = 0; i < sizeof many; i += 2)
		memcpy(many + i, "\x01\x00", 2);
	feed(many, sizeof many);
	is_int(conn_close_code(w.a[1].c, NULL), CLOSE_LIMIT,
	    "a hundred pings in one packet");
	run(2 * SEC);
	is_int(conn_state(w.a[0].c), CONN_CLOSED, "the peer hears of it");
	is_str(conn_error(w.a[0].c), "too many frames", "and why");
}

int
main(void)
{
	rng_seeded_init(&rng, 11);
	test_local();
	test_first_contact();
	test_idle();
	test_silence();
	test_old_address();
	test_thief();
	test_revert();
	test_rebinding();
	test_duplicates();
	test_late_ack();
	test_echo();
	test_persistent();
	test_keepalive();
	test_small_network();
	test_large_network();
	test_rekey();
	test_cids();
	test_hop();
	test_failover();
	test_fallback();
	test_full();
	test_hostile();
	start(0, false);
	return (done_testing());
}
