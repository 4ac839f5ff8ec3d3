/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/*
 * Frames of a hostile server: the input is a sequence of frames, type and
 * body, of which each is read as far as it is well-formed.  A byte 00 to 0f in
 * place of a type lets that many times 16 ms go by.
 */

#include "base/log.h"
#include "view/compose.h"
#include "view/replica.h"
#include "view/rowop.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
look(struct replica *r)
{
	struct view		*v = replica_view(r);
	struct canvas		*cv;
	struct replica_surface	 rs;
	int			 i, y;

	for (i = 0; i < v->nplaces; i++) {
		const struct snap	*s = v->places[i].snap;

		must(v->places[i].surface != 0);
		for (y = 0; s != NULL && y < s->rows; y++)
			must(row_check(s->row[y]) == NULL);
		if (replica_surface(r, v->places[i].surface, &rs))
			must(rs.echo.settled <= rs.echo.accepted);
	}
	if (v->cols <= 200 && v->rows <= 100) {
		cv = canvas_new(1, 1);
		compose(v, NULL, cv);
		for (y = 0; y < cv->rows; y++)
			must(row_check(cv->row[y]) == NULL);
		must(cv->cx < cv->cols && cv->cy < cv->rows);
		canvas_free(cv);
	}
	view_unref(v);
}

/* A packet that has room for everything, and is thrown away. */
struct sink {
	uint8_t		 bytes[4096];
	struct writer	 w;
};

static size_t
sink_left(void *arg)
{
	struct sink	*s = arg;

	return (writer_left(&s->w));
}

static struct writer *
sink_begin(void *arg, uint8_t type)
{
	struct sink	*s = arg;

	writer_init(&s->w, s->bytes, sizeof s->bytes);
	writer_u8(&s->w, type);
	return (&s->w);
}

static bool
sink_end(void *arg, const struct view_note *n)
{
	struct sink	*s = arg;

	(void)n;
	must(writer_ok(&s->w));
	return (true);
}

static void
sink_cancel(void *arg)
{
	(void)arg;
}

static bool
sink_note(void *arg, const struct view_note *n)
{
	(void)arg;
	(void)n;
	return (true);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct sink		 sink;
	struct view_out		 out = { .left = sink_left,
				    .begin = sink_begin, .end = sink_end,
				    .cancel = sink_cancel, .note = sink_note,
				    .arg = &sink, .whole = 4000 };
	struct replica		*r = replica_new();
	struct replica_stats	 st;
	struct reader		 rd;
	usec_t			 now = 0;
	uint64_t		 changes;
	uint8_t			 type;

	writer_init(&sink.w, sink.bytes, sizeof sink.bytes);
	reader_init(&rd, p, n);
	while (reader_left(&rd) > 0) {
		changes = replica_changes(r);
		type = reader_u8(&rd);
		if (type < 0x10) {
			now += (usec_t)type * 16000;
			replica_tick(r, now);
			replica_fill(r, &out, now);
		} else if (replica_frame(r, type, &rd, now) != 0)
			break;
		if (replica_changes(r) != changes)
			look(r);
		replica_stats(r, &st);
		must(st.bytes < VIEW_REPLICA_BYTES_MAX + (8 << 20));
	}
	replica_free(r);
	return (0);
}
