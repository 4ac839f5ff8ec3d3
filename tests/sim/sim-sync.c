/* SPDX-License-Identifier: ISC */

/*
 * Two ends of a connection and a bad network in one thread and virtual time,
 * all from one seed.
 *
 *	client					server
 *	  input log ------------------------------> what was typed
 *	  replica <-------------------------------- slots: newest value wins,
 *						    and old values come back
 *	  streams <-------------------------------> streams
 *
 * The network delays, reorders, loses (alone and in bursts), doubles, flips
 * bits, cuts off, has a queue and a largest size, goes dark, forgets its NAT
 * mappings, loses one of the server's addresses; the client moves and sleeps;
 * an ssh process hangs and ends; an attacker records everything and sends it
 * again, from the same or from another address, sometimes before the
 * original arrives.  Half of the runs have real crypto, the others a checksum;
 * some have a Unix socket's link, some an ssh process to fall back to.
 *
 * After each event the safety invariants of protocol(7) are checked; then the
 * network heals, and all must arrive; then nothing is to be said but
 * heartbeats; then they part.  On failure: the seed, and how to run it again.
 *
 *	SEEDS=n		how many (default 1000)
 *	SEED=n		only this one, and TRACE=1 to see what happens
 *
 * The program sim-sync-planted.c includes this file with faults built in.
 */

#include "base/rng.h"
#include "base/xmalloc.h"
#include "seal/replay.h"
#include "seal/phase.h"
#include "seal/seal.h"
#include "sync/conn.h"
#include "sync/inlog.h"
#include "sync/stream.h"
#include "tap.h"

enum fault {
	FAULT_NONE,
	FAULT_REPLAY,		/* a replayed datagram is accepted */
	FAULT_DROP_INPUT,	/* an entry is accepted but not handed on */
	FAULT_OLD_MOVES,	/* an old datagram moves the address */
	FAULT_WRONG_ACK,	/* what did not arrive is acknowledged */
	FAULT_NO_BUDGET,	/* the 3 x rule is forgotten */
	FAULT_OLD_KEY,		/* the key of the last phase is kept */
	FAULT_STALE_SLOT,	/* an old value overwrites a newer one */
	FAULT_COUNT,
};
#ifndef SIM_PLANTED
static const enum fault	sim_fault = FAULT_NONE;
#endif

#define MS		USEC_PER_MSEC
#define SEC		USEC_PER_SEC
#define PACKETS_MAX	8192	/* in the network at once */
#define RECORD_MAX	512	/* kept by the attacker */
#define PNS_MAX		(1 << 17)
#define SLOTS		48
#define VERSIONS	8192
#define ENTRIES		65536
#define STREAMS		64
#define ADDRS		64
#define TOKENS_MAX	4096	/* any 05 in a packet looks like one */
#define HEAL_US		(300 * SEC)	/* for all of it, streams too */
#define SOON_US		(25 * SEC)	/* input, slots: longest retry + */
#define KEEPALIVE_LONG	(25 * SEC)	/* until who is quiet notices */
#define STREAM_FULL	65536	/* bytes on their way: no more, please */
#define SPIN_MAX	4000
#define ADDR_ATTACKER	66	/* last byte of its address */
#define SERVER_IPS	2

enum side { CLIENT, SERVER };

struct dgram {
	usec_t		 at;
	uint64_t	 order;
	enum side	 to;
	struct conn_path path;		/* as the receiver sees it */
	size_t		 n;
	uint8_t		*data;
	uint8_t		 cid[MSG_CID_LEN];	/* in clear, to the server */
};

struct toy_seal {
	uint64_t	key;
	struct replay	replay;
};

struct note_token {
	bool	back;
};

struct slot {
	uint32_t	version;	/* server: newest; client: held */
	bool		dirty;
};

struct sim_stream {
	struct stream	*s;		/* NULL when over */
	uint64_t	 id;
	uint64_t	 size;		/* to be written */
	uint64_t	 wrote;
	uint64_t	 read;
	bool		 used;
	bool		 reset;
	bool		 ended;		/* read to the end */
	bool		 closed;
};

struct addr_book {			/* server's view of one address */
	struct conn_path path;
	uint64_t	 in, out;
	bool		 validated;
};

struct host {
	enum side	 side;
	struct conn	*c;
	struct seal	*seal;		/* NULL: toy */
	struct toy_seal	 mine, theirs;
	struct stream_set *streams;
	struct sim_stream st[2][STREAMS];	/* by role of the opener */
	unsigned	 opened;
	usec_t		 deadline;
	usec_t		 asleep_until;
	usec_t		 frame_at;
	unsigned	 notes_out;
	/* Oracles. */
	uint64_t	 seal_next;
	uint64_t	 phase;		/* 2: numbers sealed under this one */
	uint64_t	 phase_first;
	uint64_t	 old_phase;	/* 11 */
	usec_t		 old_since;
	usec_t		 old_pto;
	uint8_t		 cid[MSG_CID_LEN];	/* client: in use */
	uint8_t		*opened_pn;	/* one bit each */
	uint64_t	 top_pn;	/* one above the highest opened */
	uint8_t		 last_plain[DATAGRAM_STREAM];
	size_t		 last_plain_n;
	bool		 opened_now;
	uint64_t	 opened_now_pn;
	usec_t		 spin_at;
	unsigned	 spin_n;
	uint64_t	 sent_packets;
};

struct net {
	usec_t		delay, jitter;
	unsigned	loss, dup, flip, cut;	/* per thousand */
	unsigned	burst_in, burst_out;	/* per thousand; 0: no bursts */
	bool		bursting[2];
	size_t		mtu;
	uint64_t	rate;			/* bytes a second; 0: any */
	usec_t		busy[2];		/* queue of each direction */
	usec_t		queue_max;
	usec_t		dark_from[2], dark_until[2];
};

struct world {
	uint64_t	 seed;
	struct rng_seeded rng;
	bool		 trace, failed;
	char		 why[256];
	usec_t		 now;
	struct host	 h[2];
	struct net	 net;
	bool		 reliable, has_stream, udp_blocked, attacker;
	usec_t		 stream_last[2];
	usec_t		 stream_hangs;		/* until then */
	size_t		 stream_queued[2];	/* bytes, to that side */
	struct dgram	*heap[PACKETS_MAX];
	unsigned	 heap_n;
	uint64_t	 order;

	/* The client's sockets and what the NAT makes of them. */
	uint32_t	 socket;
	uint8_t		 ip;
	uint16_t	 port;
	uint16_t	 ports;		/* counter */
	bool		 ip_dead[SERVER_IPS];
	bool		 ip_died;		/* while it ran */

	uint64_t	 rekey_packets;
	unsigned	 rekeys;

	/* Ids under which the server is found. */
	uint8_t		 cids[32][MSG_CID_LEN];
	unsigned	 cids_n;
	uint8_t		 first_cid[MSG_CID_LEN];
	uint8_t		 cid_now[MSG_CID_LEN];	/* of what is being sent */

	/* The attacker's notebook: client to server. */
	struct dgram	 record[RECORD_MAX];
	unsigned	 record_n;

	struct addr_book book[ADDRS];
	unsigned	 book_n;
	struct {
		uint8_t	token[PATH_DATA_LEN];
		unsigned addr;
	}		 tokens[TOKENS_MAX];
	unsigned	 tokens_n;

	/* Input. */
	struct inlog_out *out;
	struct inlog_in	*in;
	struct {
		uint32_t pane;
		uint32_t hash;
		uint16_t len;
		uint64_t end;
	}		*entries;
	unsigned	 entries_n, delivered;
	usec_t		 refuse_until;

	/* Slots. */
	struct slot	 slots[2][SLOTS];
	uint8_t		(*history)[VERSIONS];
	bool		 calm;		/* the workload is over */
};

static struct world	*sim;		/* the one that runs */
static uint64_t		 sim_rekeys;	/* of all runs */

/*** Small things ***/

static void __attribute__((format(printf, 1, 2)))
violated(const char *fmt, ...)
{
	va_list	ap;

	if (sim->failed)
		return;
	sim->failed = true;
	va_start(ap, fmt);
	vsnprintf(sim->why, sizeof sim->why, fmt, ap);
	va_end(ap);
}

static void __attribute__((format(printf, 1, 2)))
trace(const char *fmt, ...)
{
	va_list	ap;

	if (!sim->trace)
		return;
	printf("# %10.6f ", (double)sim->now / 1e6);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

static uint64_t
below(uint64_t n)
{
	return (n == 0 ? 0 : rng_below(&sim->rng.rng, n));
}

static bool
chance(unsigned per_thousand)
{
	return (below(1000) < per_thousand);
}

static uint32_t
hash32(const uint8_t *p, size_t n)
{
	uint32_t	h = 2166136261u;

	while (n-- > 0)
		h = (h ^ *p++) * 16777619u;
	return (h);
}

static usec_t
later(usec_t a, usec_t b)
{
	return (a > b ? a : b);
}

static bool
only_probes(const uint8_t *p, size_t n)
{
	size_t	i = 0;

	while (i < n) {
		if (p[i] == FRAME_PADDING)
			i++;
		else if (p[i] == FRAME_PATH_CHALLENGE ||
		    p[i] == FRAME_PATH_RESPONSE)
			i += 1 + PATH_DATA_LEN;
		else
			return (false);
	}
	return (true);
}

/*** Sealing ***/

static uint64_t
toy_sum(uint64_t key, uint64_t pn, const uint8_t *p, size_t n)
{
	uint64_t	h = key ^ pn * UINT64_C(0x9e3779b97f4a7c15);

	while (n-- > 0)
		h = (h ^ *p++) * UINT64_C(0x100000001b3);
	return (h ^ h >> 29);
}

static int
sim_seal(void *arg, uint64_t pn, const uint8_t *plain, size_t n, uint8_t *out,
    size_t cap)
{
	struct host	*h = arg;
	struct writer	 wr;

	if (pn < h->seal_next)
		violated("2: packet number %ju sealed twice", (uintmax_t)pn);
	h->seal_next = pn + 1;
	if (h->seal != NULL && seal_phase(h->seal) != h->phase) {
		if (seal_phase(h->seal) != h->phase + 1)
			violated("2: a phase was left out");
		h->phase = seal_phase(h->seal);
		h->phase_first = pn;
		sim->rekeys++;
	}
	/* Where only one direction is dark, keys cannot change, however long. */
	if (!sim->calm)
		h->phase_first = pn;
	/* Far below the real limit, but the same for all, and never reached. */
	if (sim->rekey_packets != 0 && h->seal != NULL && sim->calm &&
	    pn - h->phase_first > 40 * sim->rekey_packets + 4000)
		violated("2: one key has sealed %ju packets",
		    (uintmax_t)(pn - h->phase_first));
	memcpy(h->last_plain, plain, n);
	h->last_plain_n = n;
	if (n % MSG_PAD != 0)
		violated("plain text is not padded");
	if (h->seal != NULL)
		return (seal_seal(h->seal, pn, plain, n, out, cap));
	writer_init(&wr, out, cap);
	writer_u64(&wr, pn);
	writer_u64(&wr, toy_sum(h->mine.key, pn, plain, n));
	writer_bytes(&wr, plain, n);
	return (writer_ok(&wr) ? (int)writer_len(&wr) : -1);
}

static int
toy_open(struct host *h, const uint8_t *d, size_t n, uint8_t *plain,
    uint64_t *pn)
{
	struct reader	r;
	uint64_t	sum;

	reader_init(&r, d, n);
	*pn = reader_u64(&r);
	sum = reader_u64(&r);
	if (!reader_ok(&r))
		return (-1);
	if (!replay_check(&h->theirs.replay, *pn) &&
	    sim_fault != FAULT_REPLAY)
		return (-3);
	if (sum != toy_sum(h->theirs.key, *pn, d + 16, n - 16))
		return (-4);
	if (replay_check(&h->theirs.replay, *pn))
		replay_mark(&h->theirs.replay, *pn);
	memcpy(plain, d + 16, n - 16);
	return ((int)n - 16);
}

static int
sim_open(void *arg, const uint8_t *d, size_t n, uint8_t *plain, size_t cap,
    uint64_t *pn)
{
	struct host	*h = arg;
	int		 len;

	len = h->seal != NULL ? seal_open(h->seal, d, n, plain, cap, pn) :
	    toy_open(h, d, n, plain, pn);
	if (len < 0)
		return (len);
	h->opened_now = true;
	h->opened_now_pn = *pn;
	memcpy(h->last_plain, plain, (size_t)len);
	h->last_plain_n = (size_t)len;
	if (*pn >= PNS_MAX)
		violated("too many packets for this test");
	else if (h->opened_pn[*pn / 8] >> *pn % 8 & 1)
		violated("3: packet %ju was delivered twice", (uintmax_t)*pn);
	else
		h->opened_pn[*pn / 8] |= (uint8_t)(1 << *pn % 8);
	return (len);
}

static void
sim_use_cid(void *arg, const uint8_t *cid)
{
	struct host	*h = arg;

	memcpy(h->cid, cid, sizeof h->cid);
	if (h->seal != NULL)
		seal_use_cid(h->seal, cid);
}

static int
sim_rekey_ask(void *arg, uint8_t *pub)
{
	return (seal_rekey_ask(((struct host *)arg)->seal, &sim->rng.rng, pub));
}

static int
sim_rekey_answer(void *arg, uint64_t n, const uint8_t *theirs, uint8_t *ours)
{
	return (seal_rekey_answer(((struct host *)arg)->seal, &sim->rng.rng, n,
	    theirs, ours));
}

static int
sim_rekey_finish(void *arg, uint64_t n, const uint8_t *theirs)
{
	return (seal_rekey_finish(((struct host *)arg)->seal, n, theirs));
}

static uint64_t
sim_rekey_phase(void *arg)
{
	return (seal_phase(((struct host *)arg)->seal));
}

static bool
sim_rekey_old(void *arg)
{
	return (seal_old(((struct host *)arg)->seal));
}

static void
sim_rekey_old_wipe(void *arg)
{
	seal_old_wipe(((struct host *)arg)->seal);
}

static const struct conn_rekey_ops sim_rekey_ops = {
	sim_rekey_ask, sim_rekey_answer, sim_rekey_finish, sim_rekey_phase,
	sim_rekey_old, sim_rekey_old_wipe,
};

static struct conn_seal_ops	sim_seal_ops = {
	sim_seal, sim_open, 0, sim_use_cid, NULL,
};

static bool
cid_live(const uint8_t *cid, unsigned *at)
{
	unsigned	i;

	for (i = 0; i < sim->cids_n; i++) {
		if (memcmp(sim->cids[i], cid, MSG_CID_LEN) == 0) {
			*at = i;
			return (true);
		}
	}
	return (false);
}

static bool
sim_cid_new(void *arg, uint8_t *cid)
{
	(void)arg;
	if (sim->cids_n > CIDS_MAX)
		violated("too many connection ids");
	sim->rng.rng.fill(&sim->rng.rng, cid, MSG_CID_LEN);
	memcpy(sim->cids[sim->cids_n++], cid, MSG_CID_LEN);
	return (true);
}

static void
sim_cid_gone(void *arg, const uint8_t *cid)
{
	unsigned	i;

	(void)arg;
	if (!cid_live(cid, &i)) {
		violated("an id is given back twice");
		return;
	}
	memcpy(sim->cids[i], sim->cids[--sim->cids_n], MSG_CID_LEN);
}

/*** The apps ***/

static size_t
slot_size(unsigned i)
{
	return (10 + i * 5);
}

static uint8_t
slot_value(unsigned i, uint32_t version)
{
	return (sim->history[i][version]);
}

static void *
note_new(struct host *h)
{
	struct note_token	*t = xcalloc(1, sizeof *t);

	h->notes_out++;
	return (t);
}

static void
note_back(struct host *h, const struct sent_note *note)
{
	struct note_token	*t = note->p;

	if (t == NULL)
		return;
	if (h->notes_out == 0)
		violated("a note came back that was never given");
	h->notes_out--;
	free(t);
}

static int
sim_frame_slot(struct reader *r)
{
	const uint8_t	*p;
	unsigned	 i;
	uint64_t	 version;
	size_t		 n, k;
	struct slot	*s;

	i = (unsigned)reader_varint_max(r, SLOTS - 1);
	version = reader_varint_max(r, VERSIONS - 1);
	p = reader_str(r, 1024, &n);
	if (!reader_ok(r))
		return (-CLOSE_PROTOCOL);
	s = &sim->slots[CLIENT][i];
	if (n != slot_size(i) || version > sim->slots[SERVER][i].version)
		violated("8: slot %u came in a form it never had", i);
	for (k = 0; k < n; k++) {
		if (p[k] != slot_value(i, (uint32_t)version))
			violated("8: slot %u has a value it never had", i);
	}
	if (version > s->version || sim_fault == FAULT_STALE_SLOT) {
		if (version < s->version && s->version != 0)
			violated("8: slot %u went back", i);
		s->version = (uint32_t)version;
	}
	return (0);
}

static int
sim_frame(void *arg, uint8_t type, struct reader *r, uint64_t pn)
{
	struct host	*h = arg;

	if (pn != h->opened_now_pn && !sim->reliable)
		violated("a frame came under a wrong number");
	if (stream_set_owns(type))
		return (stream_set_frame(h->streams, type, r));
	if (type == FRAME_INPUT && h->side == SERVER)
		return (inlog_in_frame(sim->in, type, r));
	if (type == FRAME_INPUT_ACK && h->side == CLIENT) {
		int	rv = inlog_out_frame(sim->out, type, r);

		if (inlog_out_accepted(sim->out) > inlog_in_accepted(sim->in))
			violated("7: acknowledged more than was accepted");
		return (rv);
	}
	if (type == FRAME_KV && h->side == CLIENT)
		return (sim_frame_slot(r));
	violated("a frame %02x came to the wrong side", type);
	return (-CLOSE_PROTOCOL);
}

static void
sim_fill_slots(struct host *h, unsigned first, unsigned end,
    struct packet *pk)
{
	struct sent_note	 note;
	struct writer		*wr;
	uint8_t			 text[512];
	unsigned		 i;
	struct slot		*s;

	for (i = first; i < end; i++) {
		s = &sim->slots[SERVER][i];
		if (!s->dirty)
			continue;
		memset(&note, 0, sizeof note);
		note.kind = FRAME_KV;
		note.a = i;
		note.b = s->version;
		note.p = note_new(h);
		memset(text, slot_value(i, s->version), sizeof text);
		wr = packet_begin(pk, FRAME_KV);
		writer_varint(wr, i);
		writer_varint(wr, s->version);
		writer_str(wr, text, slot_size(i));
		if (!packet_end(pk, &note)) {
			note_back(h, &note);
			return;
		}
		s->dirty = false;
		h->frame_at = sim->now;
	}
}

static void
sim_fill(void *arg, enum conn_class cls, struct packet *pk)
{
	struct host	*h = arg;

	if (h->side == CLIENT)
		inlog_out_fill(sim->out, cls, pk);
	else
		inlog_in_fill(sim->in, cls, pk);
	if (h->side == SERVER && cls == CONN_CLASS_FOCUS)
		sim_fill_slots(h, 0, SLOTS / 2, pk);
	if (h->side == SERVER && cls == CONN_CLASS_VISIBLE)
		sim_fill_slots(h, SLOTS / 2, SLOTS, pk);
	stream_set_fill(h->streams, cls, pk);
}

static usec_t
sim_due(void *arg, usec_t now, enum conn_class last)
{
	struct host		*h = arg;
	struct conn_stats	 st;
	usec_t			 t, x;
	unsigned		 i;

	t = h->side == CLIENT ? inlog_out_due(sim->out, now) :
	    inlog_in_due(sim->in, now);
	x = stream_set_due(h->streams, now, last);
	if (x < t)
		t = x;
	if (h->side == CLIENT || last < CONN_CLASS_FOCUS)
		return (t);
	for (i = 0; i < SLOTS && !sim->slots[SERVER][i].dirty; i++)
		;
	if (i == SLOTS)
		return (t);
	/* The rest of a picture that did not fit goes at once. */
	conn_stats(h->c, &st);
	x = h->frame_at == now ? now : h->frame_at + st.frame_interval_us;
	return (x < t ? x : t);
}

static void
sim_fate(struct host *h, const struct sent_note *note, bool acked)
{
	struct slot	*s;

	note_back(h, note);
	if (stream_set_owns(note->kind)) {
		if (acked)
			stream_set_acked(h->streams, note);
		else
			stream_set_lost(h->streams, note);
	} else if (note->kind == FRAME_INPUT) {
		if (acked)
			inlog_out_acked(sim->out, note);
		else
			inlog_out_lost(sim->out, note);
	} else if (note->kind == FRAME_INPUT_ACK) {
		if (acked)
			inlog_in_acked(sim->in, note);
		else
			inlog_in_lost(sim->in, note);
	} else if (note->kind == FRAME_KV && !acked) {
		s = &sim->slots[SERVER][note->a];
		if (s->version == note->b)
			s->dirty = true;
	}
}

static void
sim_acked(void *arg, const struct sent_note *note)
{
	sim_fate(arg, note, true);
}

static void
sim_lost(void *arg, const struct sent_note *note)
{
	sim_fate(arg, note, false);
}

static const struct conn_app_ops sim_app_ops = {
	.frame = sim_frame,
	.fill = sim_fill,
	.due = sim_due,
	.acked = sim_acked,
	.lost = sim_lost,
	.cid_new = sim_cid_new,
	.cid_gone = sim_cid_gone,
};

static bool
sim_deliver(void *arg, const struct inlog_entry *e)
{
	unsigned	i = sim->delivered;

	(void)arg;
	if (sim->now < sim->refuse_until)
		return (false);
	if (sim_fault == FAULT_DROP_INPUT && i % 20 == 19) {
		i = sim->delivered + 1;	/* as if it had been handed on */
		if (i < sim->entries_n && e->end == sim->entries[i - 1].end)
			return (true);
		sim->delivered = i;
	}
	if (i >= sim->entries_n || sim->entries[i].pane != e->pane ||
	    sim->entries[i].len != e->len || sim->entries[i].end != e->end ||
	    sim->entries[i].hash != hash32(e->data, e->len)) {
		violated("6: entry %u is not what was typed", i);
		return (true);
	}
	sim->delivered++;
	return (true);
}

/* Streams: the byte at an offset is known, so each can be checked. */
static uint8_t
stream_byte(uint64_t id, uint64_t off)
{
	return ((uint8_t)((off >> 8) * 31 + off * 7 + id * 13));
}

static struct sim_stream *
sim_stream(struct host *h, uint64_t id)
{
	return (&h->st[id & 1][(id >> 1) % STREAMS]);
}

static void
sim_stream_write(struct sim_stream *t)
{
	uint8_t	b[1024];
	size_t	n, i, took;

	while (t->s != NULL && t->wrote < t->size) {
		n = t->size - t->wrote < sizeof b ?
		    (size_t)(t->size - t->wrote) : sizeof b;
		for (i = 0; i < n; i++)
			b[i] = stream_byte(t->id, t->wrote + i);
		took = stream_write(t->s, b, n);
		t->wrote += took;
		if (took < n)
			return;
	}
	if (t->s != NULL && t->wrote == t->size)
		stream_finish(t->s);
}

static void
sim_opened(void *arg, struct stream *s)
{
	struct host		*h = arg;
	struct sim_stream	*t = sim_stream(h, stream_id(s));

	memset(t, 0, sizeof *t);
	t->used = true;
	t->s = s;
	t->id = stream_id(s);
	t->size = below(3) == 0 ? below(30000) : below(300);
	sim_stream_write(t);
}

static void
sim_readable(void *arg, struct stream *s)
{
	struct sim_stream	*t = sim_stream(arg, stream_id(s));
	const uint8_t		*p;
	size_t			 n, i;

	while ((p = stream_peek(s, &n)) != NULL) {
		/* Not always all of it. */
		if (n > 1 && chance(300))
			n = 1 + (size_t)below(n - 1);
		for (i = 0; i < n; i++) {
			if (p[i] != stream_byte(t->id, t->read + i))
				violated("stream %ju has a wrong byte",
				    (uintmax_t)t->id);
		}
		t->read += n;
		stream_consume(s, n);
	}
	if (stream_eof(s))
		t->ended = true;
}

static void
sim_writable(void *arg, struct stream *s)
{
	sim_stream_write(sim_stream(arg, stream_id(s)));
}

static void
sim_closed(void *arg, struct stream *s, bool reset, uint64_t code)
{
	struct sim_stream	*t = sim_stream(arg, stream_id(s));

	(void)code;
	if (!reset && (!t->ended || t->wrote != t->size))
		violated("stream %ju closed too early", (uintmax_t)t->id);
	t->reset = reset;
	t->closed = true;
	t->s = NULL;
}

static const struct stream_ops sim_stream_ops = {
	.opened = sim_opened,
	.readable = sim_readable,
	.writable = sim_writable,
	.closed = sim_closed,
};

/*** The network ***/

static bool
heap_less(const struct dgram *a, const struct dgram *b)
{
	return (a->at != b->at ? a->at < b->at : a->order < b->order);
}

static void
heap_push(struct dgram *d)
{
	unsigned	i, up;

	if (sim->heap_n == PACKETS_MAX) {
		free(d->data);
		free(d);
		return;
	}
	for (i = sim->heap_n++; i > 0; i = up) {
		up = (i - 1) / 2;
		if (!heap_less(d, sim->heap[up]))
			break;
		sim->heap[i] = sim->heap[up];
	}
	sim->heap[i] = d;
}

static struct dgram *
heap_pop(void)
{
	struct dgram	*top = sim->heap[0], *d = sim->heap[--sim->heap_n];
	unsigned	 i = 0, k;

	while ((k = 2 * i + 1) < sim->heap_n) {
		if (k + 1 < sim->heap_n && heap_less(sim->heap[k + 1], sim->heap[k]))
			k++;
		if (!heap_less(sim->heap[k], d))
			break;
		sim->heap[i] = sim->heap[k];
		i = k;
	}
	sim->heap[i] = d;
	return (top);
}

static void
net_put(enum side to, const struct conn_path *path, const uint8_t *d,
    size_t n, usec_t at)
{
	struct dgram	*g = xcalloc(1, sizeof *g);

	g->at = at;
	g->order = sim->order++;
	g->to = to;
	g->path = *path;
	g->n = n;
	g->data = xmemdup(d, n);
	memcpy(g->cid, sim->cid_now, sizeof g->cid);
	heap_push(g);
}

static struct conn_addr
addr_v4(uint8_t net, uint8_t host, uint16_t port)
{
	struct conn_addr	a;

	memset(&a, 0, sizeof a);
	a.family = MSG_ADDR_V4;
	a.ip[0] = net;
	a.ip[3] = host;
	a.port = port;
	return (a);
}

/* The client's path to the server's address k, from the socket. */
static struct conn_path
client_path(unsigned k, uint32_t sock)
{
	struct conn_path	p;

	memset(&p, 0, sizeof p);
	p.remote = addr_v4(20, (uint8_t)k, 60001);
	p.id = sock;
	return (p);
}

static struct conn_path
stream_path(void)
{
	struct conn_path	p;

	memset(&p, 0, sizeof p);
	p.stream = true;
	p.id = 1000;
	return (p);
}

/* What the server sees of a packet from there. */
static struct conn_path
server_path(uint8_t ip, uint16_t port, unsigned k)
{
	struct conn_path	p;

	memset(&p, 0, sizeof p);
	p.remote = addr_v4(10, ip, port);
	p.local = addr_v4(20, (uint8_t)k, 60001);
	return (p);
}

/* When a packet of n bytes that way arrives; false: it does not. */
static bool
net_fate(enum side to, size_t n, usec_t *at)
{
	struct net	*t = &sim->net;
	usec_t		 wait;

	if (sim->udp_blocked || n > t->mtu ||
	    (sim->now >= t->dark_from[to] && sim->now < t->dark_until[to]))
		return (false);
	if (t->burst_in > 0) {
		if (chance(t->bursting[to] ? t->burst_out : t->burst_in))
			t->bursting[to] = !t->bursting[to];
		if (t->bursting[to])
			return (false);
	}
	if (chance(t->loss))
		return (false);
	*at = sim->now + t->delay + below(t->jitter + 1);
	if (t->rate > 0) {
		wait = t->busy[to] > sim->now ? t->busy[to] - sim->now : 0;
		if (wait > t->queue_max)
			return (false);
		t->busy[to] = sim->now + wait + n * SEC / t->rate;
		*at += wait;
	}
	return (true);
}

static void
net_send_one(enum side to, const struct conn_path *path, const uint8_t *d,
    size_t n)
{
	uint8_t	copy[DATAGRAM_STREAM];
	usec_t	at;

	if (!net_fate(to, n, &at))
		return;
	memcpy(copy, d, n);
	if (chance(sim->net.flip))
		copy[below(n)] ^= (uint8_t)(1 << below(8));
	if (chance(sim->net.cut))
		n = (size_t)below(n) + 1;
	net_put(to, path, copy, n, at);
}

static void
attack(const struct conn_path *seen, const uint8_t *d, size_t n)
{
	struct conn_path	 from;
	struct dgram		*g;

	if (!sim->attacker)
		return;
	g = &sim->record[sim->record_n % RECORD_MAX];
	if (sim->record_n >= RECORD_MAX)
		free(g->data);
	sim->record_n++;
	g->path = *seen;
	g->n = n;
	g->data = xmemdup(d, n);
	memcpy(g->cid, sim->cid_now, sizeof g->cid);
	/* A copy with another source that wins the race, now and then. */
	if (chance(10)) {
		from = server_path(ADDR_ATTACKER, 666, seen->local.ip[3]);
		net_put(SERVER, &from, d, n, sim->now + below(sim->net.delay + 1));
	}
	/* Something old, from there or here. */
	if (chance(60)) {
		g = &sim->record[below(sim->record_n < RECORD_MAX ? sim->record_n :
		    RECORD_MAX)];
		from = chance(700) ? server_path(ADDR_ATTACKER, 667, 0) :
		    g->path;
		memcpy(sim->cid_now, g->cid, sizeof g->cid);
		net_put(SERVER, &from, g->data, g->n,
		    sim->now + below(200 * MS));
	}
}

static void
net_send(struct host *h, const struct conn_path *to, const uint8_t *d,
    size_t n)
{
	struct conn_path	path;
	enum side		dest = h->side == CLIENT ? SERVER : CLIENT;
	usec_t			at;
	unsigned		k;

	memcpy(sim->cid_now, h->cid, sizeof h->cid);
	if (to->stream) {
		if (!sim->reliable && !sim->has_stream)
			return;
		at = later(sim->now + sim->net.delay, sim->stream_last[dest]);
		at = later(at, sim->stream_hangs);
		sim->stream_last[dest] = at;
		sim->stream_queued[dest] += n;
		net_put(dest, to, d, n, at);
		return;
	}
	if (h->side == CLIENT) {
		k = to->remote.ip[3];
		/* An old socket has lost its network. */
		if (to->id != sim->socket || sim->ip_dead[k])
			return;
		path = server_path(sim->ip, sim->port, k);
		attack(&path, d, n);
		memcpy(sim->cid_now, h->cid, sizeof h->cid);
	} else {
		k = to->local.ip[3];
		if (to->remote.ip[3] != sim->ip || to->remote.port != sim->port ||
		    sim->ip_dead[k])
			return;		/* to the attacker, or to nobody */
		path = client_path(k, sim->socket);
	}
	net_send_one(dest, &path, d, n);
	if (chance(sim->net.dup))
		net_send_one(dest, &path, d, n);
}

/* What came by the stream is not in the way any more; false: it is no more. */
static bool
stream_came(const struct dgram *g)
{
	sim->stream_queued[g->to] -= g->n;
	return (sim->reliable || sim->has_stream);
}

/*** Watching the server's addresses ***/

static unsigned
book_find(const struct conn_path *p)
{
	unsigned	i;

	for (i = 0; i < sim->book_n; i++) {
		if (conn_path_equal(&sim->book[i].path, p))
			return (i);
	}
	if (sim->book_n == ADDRS)
		return (ADDRS - 1);
	memset(&sim->book[i], 0, sizeof sim->book[i]);
	sim->book[i].path = *p;
	sim->book[i].validated = p->stream;
	return (sim->book_n++);
}

/* Challenges that left, and answers that came, by the plain text. */
static void
book_scan(const struct host *h, uint8_t type, unsigned addr)
{
	const uint8_t	*p = h->last_plain;
	size_t		 i, n = h->last_plain_n;
	unsigned	 k;

	for (i = 0; i + PATH_DATA_LEN < n; i++) {
		if (p[i] != type)
			continue;
		if (type == FRAME_PATH_CHALLENGE) {
			k = sim->tokens_n++ % TOKENS_MAX;
			memcpy(sim->tokens[k].token, p + i + 1, PATH_DATA_LEN);
			sim->tokens[k].addr = addr;
			continue;
		}
		for (k = 0; k < sim->tokens_n && k < TOKENS_MAX; k++) {
			if (memcmp(sim->tokens[k].token, p + i + 1,
			    PATH_DATA_LEN) == 0)
				sim->book[sim->tokens[k].addr].validated = true;
		}
	}
}

/*** Hosts ***/

/* 11: how long the old key is there. */
static void
host_watch_keys(struct host *h)
{
	struct conn_stats	st;
	usec_t			pto;

	if (h->seal == NULL || conn_state(h->c) != CONN_OPEN)
		return;
	if (!seal_old(h->seal) || seal_phase(h->seal) != h->old_phase) {
		h->old_since = sim->now;
		h->old_phase = seal_phase(h->seal);
	}
	conn_stats(h->c, &st);
	pto = st.srtt_us + 4 * st.rttvar_us + ACK_DELAY_US + MS;
	if (pto > h->old_pto)
		h->old_pto = pto;
	if (!seal_old(h->seal))
		h->old_pto = pto;
	/* Late timers and sleep are forgiven: it is about this process. */
	if (sim->now - h->old_since > 3 * h->old_pto + REKEY_OLD_US + 100 * MS)
		violated("11: the old key is still here");
}

static bool
stream_is_full(const struct host *h)
{
	return (sim->stream_queued[!h->side] >= STREAM_FULL);
}

static void
host_pump(struct host *h)
{
	uint8_t			 d[DATAGRAM_STREAM];
	struct conn_path	 to;
	struct conn_stats	 before, after;
	struct addr_book	*b;
	size_t			 n;

	if (h->c == NULL || sim->now < h->asleep_until)
		return;
	if (sim->now != h->spin_at) {
		h->spin_at = sim->now;
		h->spin_n = 0;
	}
	conn_stats(h->c, &before);
	conn_stream_full(h->c, stream_is_full(h));
	while (!sim->failed && (n = conn_output(h->c, sim->now, d, sizeof d,
	    &to)) > 0) {
		trace("%s sends %zu to %u:%u%s (%02x)",
		    h->side == CLIENT ? "client" : "server", n,
		    to.remote.ip[3], to.remote.port,
		    to.stream ? " stream" : "", h->last_plain[0]);
		h->sent_packets++;
		if (!to.stream && n > DATAGRAM_MAX)
			violated("a datagram of %zu bytes", n);
		if (h->side == SERVER && !sim->reliable) {
			b = &sim->book[book_find(&to)];
			b->out += n;
			if (!b->validated && b->out > AMPLIFY_FACTOR * b->in)
				violated("5: %ju bytes to an address that "
				    "sent %ju", (uintmax_t)b->out,
				    (uintmax_t)b->in);
			book_scan(h, FRAME_PATH_CHALLENGE, book_find(&to));
		}
		net_send(h, &to, d, n);
		conn_stream_full(h->c, stream_is_full(h));
		if (++h->spin_n > SPIN_MAX)
			violated("it does not stop sending");
	}
	host_watch_keys(h);
	conn_stats(h->c, &after);
	if (h->side == SERVER && before.path_known && after.path_known &&
	    !conn_path_equal(&before.path, &after.path) &&
	    !sim->book[book_find(&after.path)].validated)
		violated("4: a timer moved the address to one not validated");
	h->deadline = conn_deadline(h->c);
	if (h->deadline <= sim->now) {
		h->deadline = sim->now + 1;
		if (++h->spin_n > SPIN_MAX)
			violated("its deadline is always now");
	}
	/* Now and then the process is late. */
	if (h->deadline != USEC_NEVER && chance(20))
		h->deadline += below(20 * MS);
	if (stream_set_memory(h->streams) > 64 * 1024 * 1024)
		violated("14: too much memory");
}

static void
host_input(struct host *h, const struct conn_path *from, const uint8_t *d,
    size_t n)
{
	struct conn_stats	 before, after;
	struct addr_book	*b = NULL;
	bool			 newest;
	int			 rv;

	if (h->c == NULL || sim->now < h->asleep_until)
		return;
	conn_stats(h->c, &before);
	h->opened_now = false;
	if (h->side == SERVER && !sim->reliable) {
		/* Counted before, as replies may be checked at once. */
		b = &sim->book[book_find(from)];
	}
	rv = conn_input(h->c, sim->now, from, d, n);
	conn_stats(h->c, &after);
	trace("%s gets %zu from %u:%u: %d pn %ju",
	    h->side == CLIENT ? "client" : "server", n, from->remote.ip[3],
	    from->remote.port, rv,
	    (uintmax_t)(h->opened_now ? h->opened_now_pn : 0));
	if (rv < 0) {
		after.packets_dropped = before.packets_dropped;
		after.silent = before.silent;		/* time did that */
		after.stale_at = before.stale_at;
		if (!sim->reliable && memcmp(&before, &after,
		    sizeof before) != 0 && !h->opened_now)
			violated("1: a refused datagram changed something");
		return;
	}
	if (sim->reliable)
		return;
	if (after.last_heard != sim->now)
		violated("20: something was heard, but it does not say so");
	newest = h->opened_now_pn >= h->top_pn;
	if (newest)
		h->top_pn = h->opened_now_pn + 1;
	if (h->side == CLIENT)
		return;
	b->in += n;
	book_scan(h, FRAME_PATH_RESPONSE, 0);
	if (conn_state(h->c) == CONN_CLOSED)
		return;
	if (newest && !only_probes(h->last_plain, h->last_plain_n)) {
		if (!conn_path_equal(&after.path, from))
			violated("4: the newest packet did not move it");
	} else if (before.path_known &&
	    !conn_path_equal(&after.path, &before.path))
		violated("4: an old packet or a probe moved the address");
}

static void
hosts_seal(void)
{
	struct seal_keypair	ck, sk;
	struct seal_params	p;
	struct rng		*r = &sim->rng.rng;

	sim->h[CLIENT].mine.key = sim->h[SERVER].theirs.key = rng_u64(r);
	sim->h[SERVER].mine.key = sim->h[CLIENT].theirs.key = rng_u64(r);
	replay_init(&sim->h[CLIENT].theirs.replay);
	replay_init(&sim->h[SERVER].theirs.replay);
	sim_seal_ops.overhead = 16;
	sim_seal_ops.rekey = NULL;
	r->fill(r, sim->first_cid, sizeof sim->first_cid);
	memcpy(sim->cids[sim->cids_n++], sim->first_cid, MSG_CID_LEN);
	if (sim_fault == FAULT_REPLAY || below(2) == 0)
		return;
	memset(&p, 0, sizeof p);
	p.suite = chance(500) ? MSG_SUITE_AES256GCM : MSG_SUITE_CHACHA20;
	r->fill(r, p.psk, sizeof p.psk);
	memcpy(p.cid, sim->first_cid, sizeof p.cid);
	seal_keypair(&ck, r);
	seal_keypair(&sk, r);
	memcpy(p.client_pub, ck.pub, sizeof ck.pub);
	memcpy(p.server_pub, sk.pub, sizeof sk.pub);
	p.role = SEAL_CLIENT;
	memcpy(p.priv, ck.priv, sizeof p.priv);
	sim->h[CLIENT].seal = seal_derive(&p);
	p.role = SEAL_SERVER;
	memcpy(p.priv, sk.priv, sizeof p.priv);
	sim->h[SERVER].seal = seal_derive(&p);
	sim_seal_ops.overhead = MSG_OVERHEAD_C2S;	/* the larger */
	sim_seal_ops.rekey = &sim_rekey_ops;
}

static void
host_start(enum side side)
{
	struct host		*h = &sim->h[side];
	struct conn_config	 cfg;

	h->side = side;
	h->opened_pn = xcalloc(1, PNS_MAX / 8);
	memset(&cfg, 0, sizeof cfg);
	cfg.role = side == CLIENT ? CONN_CLIENT : CONN_SERVER;
	cfg.reliable = sim->reliable;
	cfg.rng = &sim->rng.rng;
	cfg.seal = sim->reliable ? NULL : &sim_seal_ops;
	cfg.seal_arg = h;
	cfg.app = &sim_app_ops;
	cfg.app_arg = h;
	cfg.rekey_packets = sim->rekey_packets;
	if (!sim->reliable)
		cfg.cid = sim->first_cid;
	h->streams = stream_set_new(cfg.role, &sim_stream_ops, h);
	h->c = conn_new(&cfg, sim->now);
	h->deadline = sim->now;
}

/*** Workload and weather ***/

static void
work_type(void)
{
	uint8_t		data[1100];
	size_t		n;
	uint32_t	pane;
	uint64_t	end;
	unsigned	i, times = chance(20) ? 1 + (unsigned)below(60) : 1;

	for (i = 0; i < times && sim->entries_n < ENTRIES; i++) {
		n = times > 1 ? (size_t)below(sizeof data) :
		    (size_t)below(12);
		sim->rng.rng.fill(&sim->rng.rng, data, n);
		pane = (uint32_t)below(300);
		end = inlog_out_append(sim->out, pane, INPUT_BYTES, data, n);
		if (end == 0)
			return;
		sim->entries[sim->entries_n].pane = pane;
		sim->entries[sim->entries_n].len = (uint16_t)n;
		sim->entries[sim->entries_n].hash = hash32(data, n);
		sim->entries[sim->entries_n].end = end;
		sim->entries_n++;
	}
	conn_active(sim->h[CLIENT].c, sim->now + ACTIVE_US);
	conn_wake(sim->h[CLIENT].c);
}

static void
work_draw(void)
{
	unsigned	 i, n = chance(50) ? SLOTS : 1 + (unsigned)below(3);
	unsigned	 at = (unsigned)below(SLOTS);
	struct slot	*s;

	for (i = 0; i < n; i++) {
		s = &sim->slots[SERVER][(at + i) % SLOTS];
		if (s->version + 1 >= VERSIONS)
			continue;
		s->version++;
		/* One of three: old values come back. */
		sim->history[(at + i) % SLOTS][s->version] =
		    (uint8_t)('a' + below(3));
		s->dirty = true;
	}
	conn_wake(sim->h[SERVER].c);
}

static void
work_stream(struct host *h)
{
	struct sim_stream	*t;
	struct stream		*s;
	uint64_t		 id;

	if (chance(30)) {		/* cut one off */
		t = &h->st[below(2)][below(STREAMS)];
		if (t->used && t->s != NULL)
			stream_reset(t->s, 7);
	}
	if (h->opened >= STREAMS - 1)
		return;
	s = stream_open(h->streams, CONN_CLASS_STREAM +
	    (enum conn_class)below(3));
	if (s == NULL)
		return;
	id = stream_id(s);
	t = sim_stream(h, id);
	memset(t, 0, sizeof *t);
	t->used = true;
	t->s = s;
	t->id = id;
	t->size = chance(100) ? below(400000) : below(8000);
	h->opened++;
	sim_stream_write(t);
	conn_wake(h->c);
}

static void
work(void)
{
	if (sim->now >= sim->h[CLIENT].asleep_until && chance(500))
		work_type();
	if (chance(500))
		work_draw();
	if (chance(30) && sim->now >= sim->h[CLIENT].asleep_until)
		work_stream(&sim->h[CLIENT]);
	if (chance(30))
		work_stream(&sim->h[SERVER]);
	/* New keys, at any time and from either side. */
	if (chance(20) && sim->now >= sim->h[CLIENT].asleep_until)
		conn_rekey(sim->h[CLIENT].c, sim->now);
	if (chance(10))
		conn_rekey(sim->h[SERVER].c, sim->now);
	if (chance(10))
		sim->refuse_until = sim->now + below(2 * SEC);
}

static void
move_socket(void)
{
	struct conn_path	p;
	struct conn_stats	st;
	struct conn		*c = sim->h[CLIENT].c;
	unsigned		i, k = 0;

	conn_stats(sim->h[CLIENT].c, &st);
	if (st.path_known && !st.path.stream)
		k = st.path.remote.ip[3];
	for (i = 0; i < SERVER_IPS; i++) {
		p = client_path(i, sim->socket);
		if (!conn_path_equal(&p, &st.path))
			conn_event(c, sim->now, CONN_EVENT_PATH_DEL, &p);
	}
	sim->socket++;
	sim->port = ++sim->ports;
	if (chance(700))
		sim->ip = (uint8_t)(1 + below(50));
	trace("client moves to %u:%u", sim->ip, sim->port);
	p = client_path(k, sim->socket);
	if (st.path_known && !st.path.stream) {
		conn_event(c, sim->now, CONN_EVENT_PATH_CHANGED, &p);
		conn_event(c, sim->now, CONN_EVENT_PATH_DEL, &st.path);
	}
	for (i = 0; i < SERVER_IPS; i++) {
		p = client_path(i, sim->socket);
		conn_event(c, sim->now, CONN_EVENT_PATH_ADD, &p);
	}
}

/* Nothing is heard: another port on the same network. */
static void
hop_socket(void)
{
	struct conn		*c = sim->h[CLIENT].c;
	struct conn_path	p;
	struct conn_stats	st;
	unsigned		i;

	conn_stats(sim->h[CLIENT].c, &st);
	if (sim->now < st.hop_at || sim->now < sim->h[CLIENT].asleep_until)
		return;
	for (i = 0; i < SERVER_IPS; i++) {
		p = client_path(i, sim->socket);
		if (!conn_path_equal(&p, &st.path))
			conn_event(c, sim->now, CONN_EVENT_PATH_DEL, &p);
	}
	sim->socket++;
	sim->port = ++sim->ports;
	trace("client hops to %u:%u", sim->ip, sim->port);
	p = client_path(st.path.remote.ip[3], sim->socket);
	conn_event(c, sim->now, CONN_EVENT_PATH_HOP, &p);
	for (i = 0; i < SERVER_IPS; i++) {
		p = client_path(i, sim->socket);
		conn_event(c, sim->now, CONN_EVENT_PATH_ADD, &p);
	}
}

/* UDP works, they think, and let ssh go; or it was killed. */
static void
end_stream(void)
{
	struct conn_path	p = stream_path();

	sim->has_stream = sim->udp_blocked = false;
	trace("the stream ends");
	conn_event(sim->h[CLIENT].c, sim->now, CONN_EVENT_PATH_DEL, &p);
	conn_event(sim->h[SERVER].c, sim->now, CONN_EVENT_PATH_DEL, &p);
	host_pump(&sim->h[SERVER]);
}

/* One of the server's addresses is not reached any more, or is again. */
static void
address_dies(void)
{
	unsigned	i = (unsigned)below(SERVER_IPS);

	sim->ip_dead[i] = !sim->ip_dead[i];
	if (sim->ip_dead[i])
		sim->ip_dead[!i] = false;
	sim->ip_died = true;
	trace("server addresses: %s, %s", sim->ip_dead[0] ? "dead" : "alive",
	    sim->ip_dead[1] ? "dead" : "alive");
}

static void
weather(void)
{
	struct net	*t = &sim->net;
	usec_t		 span;

	switch (below(11)) {
	case 0:			/* dark */
		span = chance(30) ? below(40000) * SEC :
		    chance(200) ? below(60 * SEC) : below(3 * SEC);
		if (chance(700)) {
			t->dark_from[CLIENT] = sim->now;
			t->dark_until[CLIENT] = sim->now + span;
		}
		if (chance(700)) {
			t->dark_from[SERVER] = sim->now;
			t->dark_until[SERVER] = sim->now + span;
		}
		trace("dark for %.3f s", (double)span / 1e6);
		break;
	case 1:			/* the NAT forgets */
	case 2:
		if (!sim->has_stream || chance(500)) {
			sim->port = ++sim->ports;
			trace("NAT: now %u:%u", sim->ip, sim->port);
		}
		break;
	case 3:
	case 4:
		if (sim->now >= sim->h[CLIENT].asleep_until)
			move_socket();
		break;
	case 5:			/* the lid is closed */
		if (!chance(300))
			break;
		span = below(20 * SEC);
		sim->h[CLIENT].asleep_until = sim->now + span;
		sim->h[CLIENT].deadline = sim->now + span;
		trace("client sleeps %.3f s", (double)span / 1e6);
		break;
	case 6:
		t->loss = chance(300) ? (unsigned)below(600) : (unsigned)
		    below(100);
		t->burst_in = chance(200) ? 10 : 0;
		break;
	case 7:
		t->delay = below(chance(100) ? 2 * SEC : 150 * MS);
		t->jitter = below(t->delay * (chance(100) ? 5 : 1) + MS);
		break;
	case 8:
		t->mtu = chance(400) ? 550 + (size_t)below(950) : 2000;
		t->rate = chance(300) ? 20000 + below(1000000) : 0;
		t->queue_max = below(SEC);
		break;
	case 9:
		if (sim->has_stream && chance(500)) {
			sim->udp_blocked = !sim->udp_blocked;
			trace("udp %s", sim->udp_blocked ? "blocked" : "open");
		} else if (sim->has_stream && chance(400)) {
			sim->stream_hangs = sim->now + below(10 * SEC);
			trace("the stream hangs");
		} else if (sim->has_stream && chance(200))
			end_stream();
		break;
	case 10:
		if (chance(300))
			address_dies();
		break;
	}
}

static void
heal(void)
{
	struct net	*t = &sim->net;
	unsigned	 i;

	for (i = 0; i < 2; i++)
		t->dark_until[i] = 0;
	t->loss = (unsigned)below(20);
	t->burst_in = t->dup = t->flip = t->cut = 0;
	t->bursting[0] = t->bursting[1] = false;
	t->rate = 0;
	t->mtu = chance(200) ? 560 : 2000;
	t->delay = below(300 * MS);
	t->jitter = below(20 * MS);
	sim->attacker = false;
	sim->refuse_until = 0;
	if (sim->h[CLIENT].asleep_until > sim->now)
		sim->h[CLIENT].asleep_until = sim->h[CLIENT].deadline = sim->now;
	sim->calm = true;
	trace("the network heals");
}

static bool
settled(const char **what, bool streams)
{
	unsigned		 i, k, r;
	struct sim_stream	*t, *u;

	*what = "16: typed input did not arrive";
	if (sim->delivered != sim->entries_n ||
	    inlog_out_accepted(sim->out) != inlog_out_end(sim->out))
		return (false);
	*what = "15: the replica is not equal";
	for (i = 0; i < SLOTS; i++) {
		if (sim->slots[CLIENT][i].version != sim->slots[SERVER][i].version)
			return (false);
	}
	if (!streams)
		return (true);
	*what = "a stream is not over";
	for (r = 0; r < 2; r++) {
		for (k = 0; k < STREAMS; k++) {
			t = &sim->h[CLIENT].st[r][k];
			u = &sim->h[SERVER].st[r][k];
			if (!t->used && !u->used)
				continue;
			if (!t->closed || !u->closed)
				return (false);
			if (!t->reset && !u->reset &&
			    (t->read != u->size || u->read != t->size)) {
				violated("stream %u/%u lost bytes", r, k);
				return (false);
			}
		}
	}
	return (true);
}

/*** One run ***/

static void
run_until(usec_t until)
{
	usec_t		 t;
	struct dgram	*g;
	enum side	 side;
	unsigned	 i;

	while (!sim->failed) {
		t = until;
		for (i = 0; i < 2; i++) {
			if (sim->h[i].deadline < t)
				t = sim->h[i].deadline;
		}
		if (sim->heap_n > 0 && sim->heap[0]->at < t)
			t = sim->heap[0]->at;
		if (t > sim->now)
			sim->now = t;
		if (sim->heap_n > 0 && sim->heap[0]->at <= sim->now) {
			g = heap_pop();
			side = g->to;
			/* A client's old socket is closed. */
			if (g->path.stream ? stream_came(g) : side == SERVER ?
			    cid_live(g->cid, &i) : g->path.id == sim->socket)
				host_input(&sim->h[side], &g->path, g->data,
				    g->n);
			if (g->path.stream)	/* there is room again */
				host_pump(&sim->h[!side]);
			free(g->data);
			free(g);
			host_pump(&sim->h[side]);
			continue;
		}
		for (i = 0; i < 2; i++) {
			if (sim->h[i].deadline <= sim->now) {
				sim->h[i].deadline = USEC_NEVER;
				host_pump(&sim->h[i]);
			}
		}
		if (sim->now >= until)
			return;
	}
}

static void
world_start(uint64_t seed)
{
	struct conn_path	p;
	unsigned		i;
	struct net		*t;

	sim = xcalloc(1, sizeof *sim);
	sim->seed = seed;
	sim->trace = getenv("TRACE") != NULL;
	rng_seeded_init(&sim->rng, seed);
	sim->now = 1000 * SEC + below(SEC);
	sim->history = xcalloc(SLOTS, sizeof *sim->history);
	sim->entries = xcalloc(ENTRIES, sizeof *sim->entries);
	sim->reliable = chance(100) && sim_fault == FAULT_NONE;
	sim->has_stream = !sim->reliable && chance(200);
	sim->udp_blocked = sim->has_stream && chance(500);
	sim->attacker = !sim->reliable && chance(600);
	sim->rekey_packets = chance(500) ? 20 + below(300) : 0;
	sim->ip = 1;
	sim->port = sim->ports = 1000;
	sim->socket = 1;
	if (chance(200))
		sim->ip_dead[1] = true;
	else if (chance(200))
		sim->ip_dead[0] = true;

	t = &sim->net;
	t->delay = below(250 * MS);
	t->jitter = below(t->delay / 4 + MS);
	t->loss = chance(300) ? 0 : (unsigned)below(chance(200) ? 600 : 80);
	t->dup = chance(300) ? (unsigned)below(50) : 0;
	t->flip = chance(300) ? (unsigned)below(30) : 0;
	t->cut = chance(300) ? (unsigned)below(30) : 0;
	t->burst_out = 300;
	t->burst_in = chance(100) ? 10 : 0;
	t->mtu = chance(100) ? 600 + (size_t)below(600) : 2000;
	t->rate = chance(200) ? 30000 + below(1000000) : 0;
	t->queue_max = below(SEC);

	sim->out = inlog_out_new();
	sim->in = inlog_in_new(sim_deliver, NULL);
	if (!sim->reliable)
		hosts_seal();
	for (i = 0; i < 2; i++)
		host_start(i == 0 ? CLIENT : SERVER);
	if (sim->reliable) {
		p = stream_path();
		conn_event(sim->h[CLIENT].c, sim->now, CONN_EVENT_PATH_ADD, &p);
		return;
	}
	for (i = 0; i < SERVER_IPS; i++) {
		p = client_path(i, sim->socket);
		conn_event(sim->h[CLIENT].c, sim->now, CONN_EVENT_PATH_ADD, &p);
	}
	if (sim->has_stream) {
		p = stream_path();
		conn_event(sim->h[CLIENT].c, sim->now, CONN_EVENT_PATH_ADD, &p);
	}
}

static void
world_part(void)
{
	struct conn_stats	st;
	enum side		who = chance(500) ? CLIENT : SERVER;
	bool			by_peer;
	usec_t			end;

	conn_close(sim->h[who].c, sim->now, 17, "so long");
	sim->h[who].deadline = sim->now;
	end = sim->now + 20 * SEC;
	run_until(end);
	if (sim->failed)
		return;
	if (conn_state(sim->h[who].c) != CONN_CLOSED)
		violated("who said goodbye is not gone");
	conn_stats(sim->h[!who].c, &st);
	if (conn_state(sim->h[!who].c) == CONN_CLOSED &&
	    (conn_close_code(sim->h[!who].c, &by_peer) != 17 || !by_peer ||
	    strcmp(conn_error(sim->h[!who].c), "so long") != 0))
		violated("the reason was lost");
	/* Three CLOSE may all be lost, but not without loss. */
	if (sim->net.loss == 0 && conn_state(sim->h[!who].c) != CONN_CLOSED)
		violated("the other side did not hear the goodbye");
}

static void
world_end(void)
{
	unsigned	i;

	for (i = 0; i < 2; i++) {
		conn_free(sim->h[i].c);
		if (!sim->failed && sim->h[i].notes_out != 0)
			violated("%u notes never came back",
			    sim->h[i].notes_out);
		stream_set_free(sim->h[i].streams);
		seal_free(sim->h[i].seal);
		free(sim->h[i].opened_pn);
	}
	inlog_out_free(sim->out);
	inlog_in_free(sim->in);
	while (sim->heap_n > 0) {
		sim->heap_n--;
		free(sim->heap[sim->heap_n]->data);
		free(sim->heap[sim->heap_n]);
	}
	for (i = 0; i < RECORD_MAX; i++)
		free(sim->record[i].data);
	free(sim->entries);
	free(sim->history);
}

/*
 * Who has measured seconds, as the attacker held a packet, waits for seconds:
 * until small packets are tried there are two timeouts, each of which what is
 * sent in answer puts off, to twice its time.
 */
static usec_t
two_timeouts(void)
{
	struct conn_stats	st;
	usec_t			t = 0;
	unsigned		i;

	for (i = 0; i < 2; i++) {
		conn_stats(sim->h[i].c, &st);
		t = later(t, 4 * (st.srtt_us + 4 * st.rttvar_us));
	}
	return (t > 8 * SEC ? t : 0);
}

/* Returns false, and why, if anything was violated. */
static bool
run(uint64_t seed, char *why, size_t why_n)
{
	usec_t		 end, soon, next_work, next_weather, patience = 0;
	const char	*what = "";
	uint64_t	 before;
	bool		 good;

	world_start(seed);
	end = sim->now + SEC + below(8 * SEC);
	next_work = next_weather = sim->now;
	while (sim->now < end && !sim->failed) {
		if (sim->now >= next_work) {
			work();
			next_work = sim->now + below(60 * MS) + 1;
			host_pump(&sim->h[CLIENT]);
			host_pump(&sim->h[SERVER]);
		}
		if (sim->now >= next_weather && !sim->reliable) {
			weather();
			next_weather = sim->now + below(3 * SEC);
			if (sim->net.dark_until[0] > sim->now + 60 * SEC)
				run_until(sim->net.dark_until[0]);
			host_pump(&sim->h[CLIENT]);
		}
		if (!sim->reliable)
			hop_socket();
		run_until(sim->reliable || next_work < next_weather ?
		    next_work : next_weather);
	}
	heal();
	end = sim->now + HEAL_US;
	soon = sim->now + SOON_US + (sim->ip_died ? KEEPALIVE_LONG : 0);
	while (!sim->failed && !settled(&what, true) && sim->now < end) {
		patience = later(patience, two_timeouts());
		if (sim->now >= soon + patience && !settled(&what, false))
			break;
		inlog_in_retry(sim->in);
		if (!sim->reliable)
			hop_socket();
		conn_wake(sim->h[SERVER].c);
		host_pump(&sim->h[SERVER]);
		host_pump(&sim->h[CLIENT]);
		run_until(sim->now + 100 * MS);
	}
	if (!settled(&what, true))
		violated("%s (%s/%s)", what, conn_error(sim->h[CLIENT].c),
		    conn_error(sim->h[SERVER].c));
	/* 18: no change of keys is left half done. */
	run_until(sim->now + 60 * SEC);
	if (!sim->failed && sim->h[CLIENT].seal != NULL) {
		struct conn_stats	st;
		unsigned		i;

		conn_stats(sim->h[CLIENT].c, &st);
		for (i = 0; i < 200 && (st.rekeying ||
		    seal_phase(sim->h[CLIENT].seal) !=
		    seal_phase(sim->h[SERVER].seal)); i++) {
			run_until(sim->now + 100 * MS);
			conn_stats(sim->h[CLIENT].c, &st);
		}
		if (st.rekeying || seal_phase(sim->h[CLIENT].seal) !=
		    seal_phase(sim->h[SERVER].seal))
			violated("18: a change of keys did not end");
	}
	sim_rekeys += sim->rekeys;
	/* Silence, but for heartbeats: at most one exchange in 5 s. */
	run_until(sim->now + 30 * SEC);
	before = sim->h[CLIENT].sent_packets + sim->h[SERVER].sent_packets;
	run_until(sim->now + 300 * SEC);
	if (sim->h[CLIENT].sent_packets + sim->h[SERVER].sent_packets - before >
	    400)
		violated("an idle link says %ju packets in 300 s",
		    (uintmax_t)(sim->h[CLIENT].sent_packets +
		    sim->h[SERVER].sent_packets - before));
	if (!sim->failed)
		world_part();
	world_end();
	good = !sim->failed;
	snprintf(why, why_n, "%s", sim->why);
	free(sim);
	sim = NULL;
	return (good);
}

#ifndef SIM_PLANTED
int
main(void)
{
	const char	*one = getenv("SEED"), *many = getenv("SEEDS");
	uint64_t	 first = 1, n = 1000, i, bad = 0;
	char		 why[256];

	if (many != NULL)
		n = strtoull(many, NULL, 10);
	if (one != NULL) {
		first = strtoull(one, NULL, 10);
		n = 1;
	}
	for (i = 0; i < n && bad < 5; i++) {
		if (run(first + i, why, sizeof why))
			continue;
		bad++;
		diag("seed %ju: %s", (uintmax_t)(first + i), why);
		diag("again: SEED=%ju TRACE=1 out/tests/sim/sim-sync",
		    (uintmax_t)(first + i));
	}
	ok(bad == 0, "all invariants hold in %ju runs", (uintmax_t)n);
	ok(one != NULL || sim_rekeys > n / 2, "keys were changed %ju times",
	    (uintmax_t)sim_rekeys);
	return (done_testing());
}
#endif
