/* SPDX-License-Identifier: ISC */

/*
 * sender-fill.c - what is due, written into packets.
 *
 * Of a surface the grid goes first, for it says which rows are needed; if many
 * rows are due, those at the cursor follow.  Every frame stands alone: rows
 * have their own palette and name their bases, all of which have arrived.
 * What is larger than any packet becomes a job and travels in pieces.
 */

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "view/sender-int.h"

#define FRAME_ROOM_MIN	8	/* do not begin one in less */
#define ROWS_FRAME_MAX	64	/* rows in one frame */
#define KV_SMALL	180	/* fits into any packet */
#define KV_HEAD_MAX	16	/* bytes of a KV before its value */
#define URGENT_ROWS	16	/* more rows due: those at the cursor first */
#define BASE_LIKENESS	3	/* cells a base must share to be of use */
#define ENTRY_WHOLE	1	/* kinds of entries of ROWS */
#define ENTRY_DIFF	2

static void
scratch_init(struct sender *s, struct writer *w, uint8_t type)
{
	if (s->scratch == NULL)
		s->scratch = xmalloc(VIEW_PIECE_TOTAL_MAX);
	writer_init(w, s->scratch, VIEW_PIECE_TOTAL_MAX);
	writer_u8(w, type);
}

static void
kv_fill(struct sender *s, struct view_out *out)
{
	struct view_note	 note = { .kind = FRAME_KV };
	struct writer		*w, sw;
	struct skv		*kv;
	unsigned		 key;

	for (key = 1; key <= s->kv_top; key++) {
		kv = &s->kv[key];
		if (kv->version == 0 || kv->acked || kv->flight || kv->job)
			continue;
		w = out->begin(out->arg, FRAME_KV);
		writer_varint(w, key);
		writer_varint(w, kv->version);
		writer_str(w, kv->value, kv->len);
		note.a = key;
		note.b = kv->version;
		if (out->end(out->arg, &note)) {
			s->stats.kvs++;
			kv->flight = true;
			continue;
		}
		if (kv->len + KV_HEAD_MAX <= out->whole)
			continue;	/* in the next packet */
		scratch_init(s, &sw, FRAME_KV);
		writer_varint(&sw, key);
		writer_varint(&sw, kv->version);
		writer_str(&sw, kv->value, kv->len);
		kv->job = sender_job_new(s, writer_len(&sw), FRAME_KV, key,
		    kv->version);
	}
}

/* The row of the acked grid to send the one at line y against, or NULL. */
static const struct row *
row_base(const struct ssurf *su, int y, const struct srow *sr)
{
	const struct row	*best = NULL, *r;
	const struct srow	*base;
	int			 i, k, n, most = BASE_LIKENESS - 1;

	if (su->acked.version == 0 || sr->whole)
		return (NULL);
	for (i = 0; i < (su->shift != 0 ? 2 : 1); i++) {
		k = i == 0 ? y : y + su->shift;
		if (k < 0 || k >= su->acked.gs.rows || su->acked.gs.id[k] == 0)
			continue;
		r = su->acked.snap->row[k];
		base = srow_get(su, su->acked.gs.id[k]);
		if (base == NULL || !base->held || base->row != r ||
		    r == sr->row)
			continue;
		if ((n = rowop_likeness(sr->row, r)) > most) {
			most = n;
			best = r;
		}
	}
	return (best);
}

static void
entry_write(struct sender *s, struct writer *w, uint32_t prev,
    const struct row *r, const struct row *base, enum rowop_level level)
{
	uint64_t	 step = varint_zigzag((int64_t)r->id - prev);

	writer_varint(w, step << 2 | (base != NULL ? ENTRY_DIFF : ENTRY_WHOLE));
	if (base != NULL)
		writer_svarint(w, (int64_t)r->id - base->id);
	rowop_write(&s->palette, w, r, base, level);
}

/* A row that no packet may take: in pieces.  False: not now, or no need. */
static bool
row_job(struct sender *s, struct ssurf *su, struct srow *sr,
    const struct row *base, size_t whole)
{
	struct writer		 w;
	int			 level;

	for (level = ROWOP_ALL; level <= ROWOP_NO_CLUSTERS; level++) {
		scratch_init(s, &w, FRAME_ROWS);
		rowop_palette_clear(&s->palette);
		writer_varint(&w, su->id);
		writer_varint(&w, sr->row->id);
		entry_write(s, &w, sr->row->id, sr->row, base, level);
		writer_u8(&w, 0);
		if (writer_ok(&w))
			break;
	}
	if (!writer_ok(&w)) {
		log_warn("surface %u: a row cannot be sent", su->id);
		sr->held = true;
		return (true);
	}
	if (writer_len(&w) <= whole)
		return (false);
	sr->job = sender_job_new(s, writer_len(&w), FRAME_ROWS, su->id,
	    sr->row->id);
	su->wait_job = !sr->job;
	return (sr->job);
}

/* Lines in the order in which they are wanted. */
static int
line_at(const struct ssurf *su, bool urgent, int i)
{
	int	 cy = su->tgt_gs.cy, first, n;

	if (!urgent)
		return (i);
	first = cy > 0 ? cy - 1 : 0;
	n = su->tgt_gs.rows - first < 3 ? su->tgt_gs.rows - first : 3;
	if (i == 0)
		return (cy);
	if (i < n)
		return (first + i - 1 < cy ? first + i - 1 : first + i);
	return (i - n < first ? i - n : i);
}

/* The notes for n rows that are in a frame; the first goes with its end. */
static bool
rows_end(struct sender *s, struct ssurf *su, struct view_out *out,
    struct srow *const *list, unsigned n)
{
	struct view_note	 note = { .kind = FRAME_ROWS, .a = su->id,
				    .c = ++s->seq };
	unsigned		 i, k;
	bool			 ok;

	for (i = 0; i < n; i += k) {
		for (k = 1; i + k < n; k++) {
			if (list[i + k]->row->id != list[i]->row->id + k)
				break;
		}
		note.b = list[i]->row->id | (uint64_t)k << 32;
		ok = i == 0 ? out->end(out->arg, &note) :
		    out->note(out->arg, &note);
		if (!ok && i == 0)
			return (false);
		if (!ok)
			break;	/* sent, but we shall not hear of them */
		for (unsigned j = i; j < i + k; j++)
			list[j]->flight++;
	}
	return (true);
}

/*
 * One ROWS frame.  1: one was written and there may be more; 0: nothing is
 * due; -1: what is due does not fit.
 */
static int
rows_frame(struct sender *s, struct ssurf *su, struct view_out *out,
    bool urgent)
{
	struct srow		*list[ROWS_FRAME_MAX], *sr, *first = NULL;
	const struct row	*base, *first_base = NULL;
	struct writer		*w;
	size_t			 mark, nstyle, nlink;
	uint32_t		 prev = 0;
	unsigned		 n = 0, i;
	int			 k, y;
	bool			 full = false, ok;

	if (out->left(out->arg) < FRAME_ROOM_MIN)
		return (-1);
	w = out->begin(out->arg, FRAME_ROWS);
	rowop_palette_clear(&s->palette);
	writer_varint(w, su->id);
	for (k = 0; k < su->tgt_gs.rows && n < ROWS_FRAME_MAX; k++) {
		y = line_at(su, urgent, k);
		if (su->tgt_gs.id[y] == 0)
			continue;
		sr = srow_get(su, su->tgt_gs.id[y]);
		if (sr == NULL || !srow_due(sr))
			continue;
		base = row_base(su, y, sr);
		mark = writer_mark(w);
		nstyle = s->palette.nstyle;
		nlink = s->palette.nlink;
		if (n == 0) {
			first = sr;
			first_base = base;
			prev = sr->row->id;
			writer_varint(w, prev);
		}
		entry_write(s, w, prev, sr->row, base, ROWOP_ALL);
		if (writer_left(w) < 1) {
			writer_rewind(w, mark);
			rowop_palette_cut(&s->palette, nstyle, nlink);
			full = true;
			break;
		}
		if (base == NULL)
			s->stats.rows_whole++;
		else
			s->stats.rows_diff++;
		prev = sr->row->id;
		sr->writing = true;
		list[n++] = sr;
	}
	for (i = 0; i < n; i++)
		list[i]->writing = false;
	if (n == 0) {
		out->cancel(out->arg);
		if (!full)
			return (0);
		return (row_job(s, su, first, first_base, out->whole) ? 1 : -1);
	}
	writer_u8(w, 0);
	ok = rows_end(s, su, out, list, n);
	return (ok ? 1 : -1);
}

/* False if it does not fit. */
static bool
grid_frame(struct sender *s, struct ssurf *su, struct view_out *out)
{
	const struct gridstate	*base;
	struct view_note	 note = { .kind = FRAME_GRID, .a = su->id };
	struct writer		*w, sw;
	struct rec		*r;
	uint64_t		 version = s->version + 1, bv;

	bv = su->acked.version;
	if (out->left(out->arg) < FRAME_ROOM_MIN)
		return (false);
	if (version - bv > INT16_MAX)
		bv = 0;			/* too far back to be named */
	base = bv == 0 ? NULL : &su->acked.gs;
	w = out->begin(out->arg, FRAME_GRID);
	gridmsg_write(w, su->id, version, bv, base, &su->tgt_gs);
	note.b = version;
	if (!out->end(out->arg, &note)) {
		scratch_init(s, &sw, FRAME_GRID);
		gridmsg_write(&sw, su->id, version, bv, base, &su->tgt_gs);
		if (writer_len(&sw) <= out->whole)
			return (false);
		su->wait_job = !sender_job_new(s, writer_len(&sw), FRAME_GRID,
		    su->id, version);
		if (su->wait_job)
			return (false);
	}
	s->version = su->last_version = version;
	s->stats.grids++;
	r = &su->rec[su->nrec++];
	r->version = version;
	r->snap = snap_ref(su->tgt);
	gridstate_init(&r->gs);
	gridstate_set(&r->gs, su->tgt, &su->tgt_gs.echo);
	return (true);
}

static unsigned
rows_count_due(const struct ssurf *su)
{
	const struct srow	*sr;
	unsigned		 n = 0;
	int			 y;

	for (y = 0; y < su->tgt_gs.rows; y++) {
		if (su->tgt_gs.id[y] != 0 &&
		    (sr = srow_get(su, su->tgt_gs.id[y])) != NULL &&
		    srow_due(sr))
			n++;
	}
	return (n);
}

/* When the current picture may be cut; USEC_NEVER: when something arrives. */
static usec_t
surf_cut_due(const struct sender *s, const struct ssurf *su)
{
	usec_t	 at, next, interval;
	bool	 urgent;

	if (!su->changed || s->pace.hold || su->nrec >= s->pace.grids_max ||
	    (s->have_want && (s->want.flags & VIEW_WANT_HIDDEN)))
		return (USEC_NEVER);
	interval = s->pace.interval_us;
	if (s->have_want && s->want.rate_max != 0 &&
	    interval < USEC_PER_SEC / s->want.rate_max)
		interval = USEC_PER_SEC / s->want.rate_max;
	if (su->cls == SENDER_HIDDEN && interval < VIEW_HIDDEN_US)
		interval = VIEW_HIDDEN_US;
	urgent = su->input_once && su->changed_at + s->pace.collect_us >=
	    su->input_at && su->changed_at <= su->input_at +
	    VIEW_INPUT_RECENT_US;
	at = su->changed_at + (urgent ? s->pace.collect_input_us :
	    s->pace.collect_us);
	next = su->cut_once ? su->cut_at + interval : 0;
	return (at > next ? at : next);
}

/* False if the packet is full. */
static bool
surf_fill(struct sender *s, struct ssurf *su, struct view_out *out, usec_t now)
{
	bool	 urgent;
	int	 more;

	if (surf_cut_due(s, su) <= now)
		sender_cut(s, su, now);
	if (su->tgt == NULL)
		return (true);
	if (sender_grid_due(su) && su->nrec < GRIDS_IN_FLIGHT_MAX &&
	    !grid_frame(s, su, out))
		return (false);
	if (!su->rows_due)
		return (true);
	urgent = su->cls == SENDER_FOCUS &&
	    rows_count_due(su) > URGENT_ROWS;
	while ((more = rows_frame(s, su, out, urgent)) == 1)
		;
	if (more == 0)
		su->rows_due = false;
	return (more == 0);
}

static enum sender_class
job_class(const struct sender *s, const struct job *j)
{
	const struct ssurf	*su;

	if (j->kind == FRAME_KV)
		return (SENDER_KV);
	su = surf_get(s, j->id);
	return (su == NULL ? SENDER_HIDDEN : su->cls);
}

static void
jobs_fill(struct sender *s, enum sender_class cls, struct view_out *out)
{
	struct job	*j;
	unsigned	 due;

	TAILQ_FOREACH(j, &s->jobs, entry) {
		if (j->piece.due == 0 || job_class(s, j) != cls)
			continue;
		due = j->piece.due;
		piece_out_fill(&j->piece, out);
		s->stats.pieces += due - j->piece.due;
	}
}

void
sender_fill(struct sender *s, enum sender_class cls, struct view_out *out,
    usec_t now)
{
	struct ssurf	*su;
	unsigned	 i;

	jobs_fill(s, cls, out);
	if (cls == SENDER_KV)
		kv_fill(s, out);
	for (i = s->nsurf; i > 0; i--) {
		/* Whoever was served last comes last the next time. */
		su = TAILQ_FIRST(&s->surfs);
		TAILQ_REMOVE(&s->surfs, su, entry);
		TAILQ_INSERT_TAIL(&s->surfs, su, entry);
		if (su->in_view && su->cls == cls &&
		    !surf_fill(s, su, out, now))
			break;
	}
	jobs_fill(s, cls, out);
}

usec_t
sender_due(struct sender *s, usec_t now, enum sender_class last)
{
	struct ssurf	*su;
	struct job	*j;
	usec_t		 due = USEC_NEVER, t;
	unsigned	 key;

	for (key = 1; last >= SENDER_KV && key <= s->kv_top; key++) {
		if (s->kv[key].version != 0 && !s->kv[key].acked &&
		    !s->kv[key].flight && !s->kv[key].job &&
		    (s->njobs < JOBS_MAX || s->kv[key].len < KV_SMALL))
			return (now);
	}
	TAILQ_FOREACH(j, &s->jobs, entry) {
		if (j->piece.due > 0 && job_class(s, j) <= last)
			return (now);
	}
	TAILQ_FOREACH(su, &s->surfs, entry) {
		if (!su->in_view || su->cls > last ||
		    (su->wait_job && s->njobs == JOBS_MAX))
			continue;
		if (su->rows_due) {
			if (rows_count_due(su) > 0)
				return (now);
			su->rows_due = false;
		}
		if (su->nrec < GRIDS_IN_FLIGHT_MAX && sender_grid_due(su))
			return (now);
		if ((t = surf_cut_due(s, su)) < due)
			due = t;
	}
	return (due);
}
