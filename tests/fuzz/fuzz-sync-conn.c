/* SPDX-License-Identifier: ISC */
/* links: sync wire base */
/*
 * An authentic but hostile peer.  The first byte chooses our role; then come
 * packets: a byte of length (in units of 4), a byte of time that passes (in
 * units of 10 ms; bit 7: from another address), frames.
 */

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/rng.h"
#include "sync/conn.h"
#include "sync/inlog.h"
#include "sync/stream.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define OUTPUT_MAX	2000	/* packets for one that came */

struct app {
	struct conn		*c;
	struct stream_set	*streams;
	struct inlog_in		*in;
	struct inlog_out	*out;
	uint64_t		 pn;
	long			 notes;
	unsigned		 refuse;
};

static int
fuzz_seal(void *arg, uint64_t pn, const uint8_t *p, size_t n, uint8_t *out,
    size_t cap)
{
	(void)arg;
	(void)pn;
	must(n + 16 <= cap);
	memset(out, 0, 16);
	memcpy(out + 16, p, n);
	return ((int)n + 16);
}

static int
fuzz_open(void *arg, const uint8_t *d, size_t n, uint8_t *p, size_t cap,
    uint64_t *pn)
{
	struct app	*a = arg;

	must(n <= cap);
	*pn = a->pn;
	memcpy(p, d, n);
	return ((int)n);
}

static const struct conn_seal_ops fuzz_seal_ops = { fuzz_seal, fuzz_open, 16 };

static int
fuzz_frame(void *arg, uint8_t type, struct reader *r, uint64_t pn)
{
	struct app	*a = arg;

	(void)pn;
	if (stream_set_owns(type))
		return (stream_set_frame(a->streams, type, r));
	if (type == FRAME_INPUT)
		return (inlog_in_frame(a->in, type, r));
	if (type == FRAME_INPUT_ACK)
		return (inlog_out_frame(a->out, type, r));
	return (-CLOSE_PROTOCOL);
}

static void
fuzz_fill(void *arg, enum conn_class cls, struct packet *pk)
{
	struct app	*a = arg;
	unsigned	 before = pk->notes_count;

	inlog_in_fill(a->in, cls, pk);
	inlog_out_fill(a->out, cls, pk);
	stream_set_fill(a->streams, cls, pk);
	a->notes += pk->notes_count - before;
}

static usec_t
fuzz_due(void *arg, usec_t now, enum conn_class last)
{
	struct app	*a = arg;
	usec_t		 t = inlog_in_due(a->in, now), x;

	if ((x = inlog_out_due(a->out, now)) < t)
		t = x;
	if ((x = stream_set_due(a->streams, now, last)) < t)
		t = x;
	return (t);
}

static void
fuzz_fate(struct app *a, const struct sent_note *note, bool acked)
{
	a->notes--;
	if (stream_set_owns(note->kind)) {
		if (acked)
			stream_set_acked(a->streams, note);
		else
			stream_set_lost(a->streams, note);
	} else if (note->kind == FRAME_INPUT) {
		if (acked)
			inlog_out_acked(a->out, note);
		else
			inlog_out_lost(a->out, note);
	} else if (!acked)
		inlog_in_lost(a->in, note);
}

static void
fuzz_acked(void *arg, const struct sent_note *note)
{
	fuzz_fate(arg, note, true);
}

static void
fuzz_lost(void *arg, const struct sent_note *note)
{
	fuzz_fate(arg, note, false);
}

static const struct conn_app_ops fuzz_app_ops = {
	.frame = fuzz_frame,
	.fill = fuzz_fill,
	.due = fuzz_due,
	.acked = fuzz_acked,
	.lost = fuzz_lost,
};

static bool
fuzz_deliver(void *arg, const struct inlog_entry *e)
{
	struct app	*a = arg;
	unsigned	 sum = 0;
	size_t		 i;

	for (i = 0; i < e->len; i++)
		sum += e->data[i];
	return ((++a->refuse + sum) % 4 != 0);
}

static void
fuzz_opened(void *arg, struct stream *s)
{
	(void)arg;
	stream_write(s, "hello", 5);
}

static void
fuzz_readable(void *arg, struct stream *s)
{
	uint8_t	b[64];
	size_t	n;

	(void)arg;
	while ((n = stream_read(s, b, sizeof b)) > 0) {
		if (b[0] == '!') {
			stream_reset(s, 1);
			return;
		}
		if (b[0] == '?')
			return;
	}
	if (stream_eof(s))
		stream_finish(s);
}

static void
fuzz_writable(void *arg, struct stream *s)
{
	(void)arg;
	(void)s;
}

static void
fuzz_closed(void *arg, struct stream *s, bool reset, uint64_t code)
{
	(void)arg;
	(void)s;
	(void)reset;
	(void)code;
}

static const struct stream_ops fuzz_stream_ops = {
	fuzz_opened, fuzz_readable, fuzz_writable, fuzz_closed,
};

static void
pump(struct app *a, usec_t now)
{
	uint8_t			d[DATAGRAM_STREAM];
	struct conn_path	to;
	unsigned		n = 0;

	while (conn_output(a->c, now, d, sizeof d, &to) > 0)
		must(++n < OUTPUT_MAX);
	must(conn_state(a->c) == CONN_CLOSED || conn_deadline(a->c) >= now ||
	    n < OUTPUT_MAX);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct rng_seeded	rng;
	struct conn_config	cfg;
	struct conn_path	path;
	struct app		a;
	struct stream		*s;
	const uint8_t		*end = p + n;
	usec_t			now = 1000000;
	size_t			len;

	if (n < 3)
		return (0);
	rng_seeded_init(&rng, 1);
	memset(&a, 0, sizeof a);
	memset(&cfg, 0, sizeof cfg);
	memset(&path, 0, sizeof path);
	path.remote.family = MSG_ADDR_V4;
	cfg.role = p[0] & 1 ? CONN_SERVER : CONN_CLIENT;
	cfg.rng = &rng.rng;
	cfg.seal = &fuzz_seal_ops;
	cfg.seal_arg = &a;
	cfg.app = &fuzz_app_ops;
	cfg.app_arg = &a;
	a.c = conn_new(&cfg, now);
	a.streams = stream_set_new(cfg.role, &fuzz_stream_ops, &a);
	a.in = inlog_in_new(fuzz_deliver, &a);
	a.out = inlog_out_new();
	inlog_out_append(a.out, 1, INPUT_BYTES, "abc", 3);
	s = stream_open(a.streams, CONN_CLASS_BULK);
	stream_write(s, "some bytes", 10);
	if (p[0] & 2)
		stream_finish(s);
	conn_event(a.c, now, CONN_EVENT_PATH_ADD, &path);
	pump(&a, now);
	for (p++; end - p >= 2; p += len) {
		len = (size_t)p[0] * 4;
		now += (p[1] & 0x7f) * 10 * USEC_PER_MSEC;
		path.remote.port = p[1] >> 7;
		p += 2;
		if (len > (size_t)(end - p))
			len = (size_t)(end - p);
		conn_input(a.c, now, &path, p, len);
		a.pn += 1 + (len & 4);
		pump(&a, now);
		inlog_in_retry(a.in);
		must(stream_set_memory(a.streams) < 8 * STREAMS_WINDOW);
	}
	pump(&a, now + 60 * USEC_PER_SEC);
	conn_free(a.c);
	must(a.notes == 0);
	stream_set_free(a.streams);
	inlog_in_free(a.in);
	inlog_out_free(a.out);
	return (0);
}
