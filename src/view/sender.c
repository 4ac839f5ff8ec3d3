/* SPDX-License-Identifier: ISC */

/*
 * sender.c - the difference between what a client should see and what it holds.
 *
 * For each surface there are up to five pictures:
 *
 *	cur	what the server last settled on
 *	tgt	what is being sent: cur as it was when the last frame was cut
 *	rec[]	grids sent and not yet heard of, by version, oldest first
 *	acked	the newest grid that has arrived: base of grids and rows
 *
 * A row of tgt is due if it is not held (its frame arrived) and not in
 * flight.  A grid is due unless the last one that was sent is a rec or acked
 * and equal to tgt.  (Not the newest one that is not lost: what seemed lost may
 * be what the client shows.)  Both are derived, not remembered: whatever was lost or
 * asked for again becomes due by forgetting that it was sent.
 *
 * Invariants:
 *  1. A row is used as a base only if it is in acked and held.
 *  2. A row is taken to be held only as long as it is in tgt, a rec or acked;
 *     the client keeps at least that.
 *  3. Versions only grow, over all surfaces and for the life of a sender.
 *  4. The echo state of a cut is the one given before the view of the cut.
 *
 * After ROW_MISS acknowledgements of older packets no longer prove that the
 * rows asked for are held: each packet's notes carry a sequence number, and
 * a row says from which number on it believes them.
 */

#include "view/sender.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/log.h"
#include "base/map.h"
#include "base/xmalloc.h"
#include "view/gridmsg.h"
#include "view/layout.h"
#include "view/piece.h"
#include "view/publish.h"
#include "view/rowop.h"
#include "wire/messages.h"

#define FRAME_ROOM_MIN	8	/* do not begin one in less */
#define ROWS_FRAME_MAX	64	/* rows in one frame */
#define JOBS_MAX	12	/* frames in pieces; < VIEW_ASSEMBLE_MAX */
#define URGENT_ROWS	16	/* more rows due: those at the cursor first */
#define BASE_LIKENESS	3	/* cells a base must share to be of use */

#define ENTRY_WHOLE	1	/* kinds of entries of ROWS */
#define ENTRY_DIFF	2

#define MISS_BASE	0x01	/* flags of ROW_MISS */
#define MISS_LATE	0x02
#define MISS_ALL	0x03

/* A row that the client holds or should. */
struct srow {
	struct row	*row;
	uint64_t	 believe;	/* notes from this number on */
	uint64_t	 stamp;		/* prune: seen in this round */
	uint16_t	 flight;	/* packets under way with it */
	bool		 held;
	bool		 whole;		/* no base: it was missed */
	bool		 job;		/* on its way in pieces */
	bool		 writing;	/* in the frame being built */
};

struct rec {
	uint64_t	 version;	/* 0: none */
	struct snap	*snap;
	struct gridstate gs;
};

struct ssurf {
	TAILQ_ENTRY(ssurf) entry;
	uint32_t	 id;
	enum sender_class cls;
	bool		 in_view;
	uint64_t	 used;		/* when it was last in a view */

	struct snap	*cur;
	struct view_echo cur_echo;
	struct view_echo next_echo;
	bool		 changed;	/* cur is not tgt */
	usec_t		 changed_at;
	usec_t		 cut_at;
	usec_t		 input_at;
	bool		 cut_once, input_once;

	struct snap	*tgt;
	struct gridstate tgt_gs;
	int		 shift;		/* lines tgt is likely scrolled by */
	bool		 rows_due;	/* perhaps */
	bool		 wait_job;	/* there were too many jobs */
	uint64_t	 last_version;	/* of the last grid sent */

	struct rec	 acked;
	struct rec	 rec[GRIDS_IN_FLIGHT_MAX];
	unsigned	 nrec;
	struct map_u32	 rows;		/* id -> struct srow */
	struct publisher pub;		/* of a surface of this client alone */
};

struct skv {
	uint8_t		*value;
	size_t		 len;
	uint64_t	 version;	/* 0: never set */
	bool		 acked, flight, job;
};

/* A frame in pieces. */
struct job {
	TAILQ_ENTRY(job) entry;
	struct piece_out piece;
	uint8_t		 kind;		/* FRAME_ROWS, _GRID, _KV */
	uint32_t	 id;		/* surface or key */
	uint64_t	 what;		/* row id or version */
	uint64_t	 seq;
};

struct sender {
	TAILQ_HEAD(, ssurf) surfs;	/* the next to be served first */
	struct map_u32	 by_id;
	unsigned	 nsurf;
	struct skv	 kv[VIEW_KV_KEY_MAX + 1];
	unsigned	 kv_top;	/* highest key set */
	TAILQ_HEAD(, job) jobs;
	unsigned	 njobs;
	uint32_t	 next_piece;

	struct sender_pace pace;
	uint64_t	 version;	/* of the last grid */
	uint64_t	 seq;		/* of the last note for rows */
	uint64_t	 kv_version;
	uint64_t	 stamp;
	uint64_t	 clock;		/* counts sender_set() */

	struct view_want want;
	bool		 have_want;
	uint16_t	 want_seq;
	uint32_t	 want_version;

	struct rowop_palette palette;
	uint8_t		*scratch;	/* VIEW_PIECE_TOTAL_MAX */
	struct sender_stats stats;
};

/* --- pace -------------------------------------------------------------- */

void
sender_pace_default(struct sender_pace *p, usec_t srtt_us, bool reliable)
{
	memset(p, 0, sizeof *p);
	p->grids_max = 4;
	if (reliable)
		return;
	p->interval_us = srtt_us / 4;
	if (p->interval_us < FRAME_INTERVAL_MIN_US)
		p->interval_us = FRAME_INTERVAL_MIN_US;
	if (p->interval_us > FRAME_INTERVAL_MAX_US)
		p->interval_us = FRAME_INTERVAL_MAX_US;
	p->collect_us = COLLECT_US;
	p->collect_input_us = COLLECT_INPUT_US;
}

void
sender_pace(struct sender *s, const struct sender_pace *p)
{
	s->pace = *p;
	if (s->pace.grids_max < 1)
		s->pace.grids_max = 1;
	if (s->pace.grids_max > GRIDS_IN_FLIGHT_MAX)
		s->pace.grids_max = GRIDS_IN_FLIGHT_MAX;
}

/* --- jobs: frames in pieces -------------------------------------------- */

static void
job_free(struct sender *s, struct job *j)
{
	TAILQ_REMOVE(&s->jobs, j, entry);
	s->njobs--;
	piece_out_fini(&j->piece);
	free(j);
}

/* The frame (type and body) lies in scratch.  False if there are too many. */
static bool
job_new(struct sender *s, size_t len, uint8_t kind, uint32_t id, uint64_t what)
{
	struct job	*j;

	if (s->njobs == JOBS_MAX)
		return (false);
	j = xcalloc(1, sizeof *j);
	j->kind = kind;
	j->id = id;
	j->what = what;
	j->seq = ++s->seq;
	piece_out_init(&j->piece, s->next_piece++, s->scratch, len);
	TAILQ_INSERT_TAIL(&s->jobs, j, entry);
	s->njobs++;
	return (true);
}

/* Drop the job of a row (what is its id), a value or all of a surface. */
static void
job_drop(struct sender *s, uint8_t kind, uint32_t id, uint64_t what)
{
	struct job	*j, *next;

	TAILQ_FOREACH_SAFE(j, &s->jobs, entry, next) {
		if (j->kind == kind && j->id == id && j->what == what)
			job_free(s, j);
	}
}

/* Drop the jobs of grids up to a version. */
static void
job_drop_grids(struct sender *s, uint32_t id, uint64_t version)
{
	struct job	*j, *next;

	TAILQ_FOREACH_SAFE(j, &s->jobs, entry, next) {
		if (j->kind == FRAME_GRID && j->id == id && j->what <= version)
			job_free(s, j);
	}
}

/* --- rows -------------------------------------------------------------- */

static struct srow *
srow_get(const struct ssurf *su, uint32_t id)
{
	return (map_u32_get(&su->rows, id));
}

static struct srow *
srow_add(struct ssurf *su, struct row *r)
{
	struct srow	*sr = srow_get(su, r->id);

	if (sr != NULL && sr->row == r)
		return (sr);
	if (sr == NULL) {
		sr = xcalloc(1, sizeof *sr);
		map_u32_set(&su->rows, r->id, sr);
	} else {
		/* Ids began anew, and the old row was still remembered. */
		row_unref(sr->row);
		memset(sr, 0, sizeof *sr);
	}
	sr->row = row_ref(r);
	return (sr);
}

static void
srow_free(struct sender *s, struct ssurf *su, uint32_t id, struct srow *sr)
{
	if (sr->job)
		job_drop(s, FRAME_ROWS, su->id, id);
	map_u32_del(&su->rows, id);
	row_unref(sr->row);
	free(sr);
}

static void
rows_stamp(struct ssurf *su, const struct gridstate *gs, uint64_t stamp)
{
	struct srow	*sr;
	int		 y;

	for (y = 0; y < gs->rows; y++) {
		if (gs->id[y] != 0 && (sr = srow_get(su, gs->id[y])) != NULL)
			sr->stamp = stamp;
	}
}

/* Forget rows that are in no picture any more (invariant 2). */
static void
rows_prune(struct sender *s, struct ssurf *su)
{
	struct srow	*sr;
	uint64_t	 stamp = ++s->stamp;
	uint32_t	 id;
	size_t		 cursor = 0;
	unsigned	 i;
	void		*p;

	if (su->tgt != NULL)
		rows_stamp(su, &su->tgt_gs, stamp);
	for (i = 0; i < su->nrec; i++)
		rows_stamp(su, &su->rec[i].gs, stamp);
	rows_stamp(su, &su->acked.gs, stamp);
	while (map_u32_next(&su->rows, &cursor, &id, &p)) {
		sr = p;
		if (sr->stamp != stamp)
			srow_free(s, su, id, sr);
	}
}

static bool
srow_due(const struct srow *sr)
{
	return (!sr->held && sr->flight == 0 && !sr->job && !sr->writing);
}

/* --- grids ------------------------------------------------------------- */

static void
rec_fini(struct rec *r)
{
	snap_unref(r->snap);
	gridstate_fini(&r->gs);
	memset(r, 0, sizeof *r);
}

static void
rec_remove(struct ssurf *su, unsigned i)
{
	rec_fini(&su->rec[i]);
	su->nrec--;
	memmove(&su->rec[i], &su->rec[i + 1],
	    (su->nrec - i) * sizeof su->rec[0]);
	memset(&su->rec[su->nrec], 0, sizeof su->rec[0]);
}

static bool
grid_due(const struct ssurf *su)
{
	const struct rec	*r;

	if (su->tgt == NULL)
		return (false);
	r = su->nrec > 0 ? &su->rec[su->nrec - 1] : &su->acked;
	return (r->version == 0 || r->version != su->last_version ||
	    !gridstate_same(&r->gs, &su->tgt_gs));
}

/* By how many lines tgt seems to be scrolled against acked. */
static int
grid_shift(const struct ssurf *su)
{
	const struct gridstate	*a = &su->acked.gs, *t = &su->tgt_gs;
	int			 y, k, tries = 0;

	for (y = 0; y < t->rows && tries < 4; y++) {
		if (t->id[y] == 0 || (y < a->rows && a->id[y] == t->id[y]))
			continue;
		tries++;
		for (k = 0; k < a->rows; k++) {
			if (a->id[k] == t->id[y])
				return (k - y);
		}
	}
	return (0);
}

/* What is sent from now on is what is current. */
static void
surf_cut(struct sender *s, struct ssurf *su, usec_t now)
{
	struct row	*r;
	int		 y;

	snap_unref(su->tgt);
	su->tgt = snap_ref(su->cur);
	gridstate_set(&su->tgt_gs, su->tgt, &su->cur_echo);
	su->changed = false;
	su->cut_at = now;
	su->cut_once = true;
	su->rows_due = true;
	su->shift = grid_shift(su);
	for (y = 0; y < su->tgt->rows; y++) {
		r = su->tgt->row[y];
		if (su->tgt_gs.id[y] != 0)
			srow_add(su, r);
		else if (r->id == 0 && r->used != 0 && !rowop_blank(r))
			log_warn("surface %u: line %d was not published",
			    su->id, y);
	}
	rows_prune(s, su);
}

/* --- surfaces ---------------------------------------------------------- */

static struct ssurf *
surf_get(const struct sender *s, uint32_t id)
{
	return (map_u32_get(&s->by_id, id));
}

static struct ssurf *
surf_add(struct sender *s, uint32_t id)
{
	struct ssurf	*su = surf_get(s, id);

	if (su != NULL)
		return (su);
	su = xcalloc(1, sizeof *su);
	su->id = id;
	su->cls = SENDER_HIDDEN;
	view_echo_init(&su->cur_echo);
	view_echo_init(&su->next_echo);
	gridstate_init(&su->tgt_gs);
	publisher_init(&su->pub);
	map_u32_init(&su->rows, 0);
	map_u32_set(&s->by_id, id, su);
	TAILQ_INSERT_TAIL(&s->surfs, su, entry);
	s->nsurf++;
	return (su);
}

/* Forget what the client holds of a surface. */
static void
surf_forget(struct sender *s, struct ssurf *su)
{
	struct srow	*sr;
	uint32_t	 id;
	size_t		 cursor = 0;
	void		*p;

	rec_fini(&su->acked);
	while (su->nrec > 0)
		rec_remove(su, su->nrec - 1);
	job_drop_grids(s, su->id, UINT64_MAX);
	rows_prune(s, su);
	while (map_u32_next(&su->rows, &cursor, &id, &p)) {
		sr = p;
		if (sr->job)
			job_drop(s, FRAME_ROWS, su->id, id);
		sr->job = sr->held = false;
		sr->flight = 0;
		sr->believe = s->seq + 1;
	}
	su->rows_due = su->tgt != NULL;
}

static void
surf_free(struct sender *s, struct ssurf *su)
{
	snap_unref(su->tgt);
	su->tgt = NULL;
	gridstate_fini(&su->tgt_gs);
	surf_forget(s, su);		/* frees the rows too */
	snap_unref(su->cur);
	publisher_fini(&su->pub);
	map_u32_fini(&su->rows);
	map_u32_del(&s->by_id, su->id);
	TAILQ_REMOVE(&s->surfs, su, entry);
	s->nsurf--;
	free(su);
}

/* It is not in the view: stop sending, but remember what is held. */
static void
surf_leave(struct sender *s, struct ssurf *su)
{
	struct job	*j, *next;
	struct srow	*sr;

	su->in_view = su->changed = su->rows_due = false;
	snap_unref(su->cur);
	snap_unref(su->tgt);
	su->cur = su->tgt = NULL;
	gridstate_fini(&su->tgt_gs);
	TAILQ_FOREACH_SAFE(j, &s->jobs, entry, next) {
		if (j->id != su->id || j->kind == FRAME_KV)
			continue;
		if (j->kind == FRAME_ROWS &&
		    (sr = srow_get(su, (uint32_t)j->what)) != NULL)
			sr->job = false;
		job_free(s, j);
	}
	rows_prune(s, su);
}

/* Keep at most VIEW_HELD_MAX that are not in the view. */
static void
surfs_limit(struct sender *s)
{
	struct ssurf	*su, *old;
	unsigned	 n;

	for (;;) {
		n = 0;
		old = NULL;
		TAILQ_FOREACH(su, &s->surfs, entry) {
			if (su->in_view)
				continue;
			n++;
			if (old == NULL || su->used < old->used)
				old = su;
		}
		if (n <= VIEW_HELD_MAX)
			return;
		surf_free(s, old);
	}
}

/* --- what should be seen ----------------------------------------------- */

struct sender *
sender_new(void)
{
	struct sender	*s = xcalloc(1, sizeof *s);

	TAILQ_INIT(&s->surfs);
	TAILQ_INIT(&s->jobs);
	map_u32_init(&s->by_id, 0);
	s->next_piece = 1;
	sender_pace_default(&s->pace, RTT_INITIAL_US, false);
	rowop_palette_init(&s->palette);
	return (s);
}

void
sender_free(struct sender *s)
{
	unsigned	 i;

	if (s == NULL)
		return;
	while (!TAILQ_EMPTY(&s->surfs))
		surf_free(s, TAILQ_FIRST(&s->surfs));
	while (!TAILQ_EMPTY(&s->jobs))
		job_free(s, TAILQ_FIRST(&s->jobs));
	for (i = 0; i <= VIEW_KV_KEY_MAX; i++)
		free(s->kv[i].value);
	map_u32_fini(&s->by_id);
	rowop_palette_fini(&s->palette);
	free(s->scratch);
	free(s);
}

static enum sender_class
place_class(const struct view *v, const struct view_place *p)
{
	if (p->flags & VIEW_PLACE_HIDDEN)
		return (SENDER_HIDDEN);
	if (p->surface == v->focus)
		return (SENDER_FOCUS);
	if (!(p->flags & VIEW_PLACE_PANE))
		return (SENDER_KV);
	return (SENDER_VISIBLE);
}

static void
surf_set(struct sender *s, struct ssurf *su, struct snap *snap, usec_t now)
{
	bool	 was = su->changed;

	if (su->cur != snap) {
		snap_ref(snap);
		snap_unref(su->cur);
		su->cur = snap;
	}
	su->cur_echo = su->next_echo;
	su->in_view = true;
	su->used = s->clock;
	su->changed = su->tgt != su->cur ||
	    !view_echo_same(&su->tgt_gs.echo, &su->cur_echo);
	if (su->changed && !was)
		su->changed_at = now;
}

void
sender_set(struct sender *s, struct view *v, usec_t now)
{
	struct ssurf		*su, *next;
	const struct view_place	*p;
	enum sender_class	 cls;
	struct writer		 w;
	struct snap		*snap;
	uint8_t			 buf[KV_VALUE_MAX];
	int			 i;

	s->clock++;
	for (i = 0; i < v->nplaces; i++) {
		p = &v->places[i];
		must(p->snap != NULL);
		su = surf_add(s, p->surface);
		cls = place_class(v, p);
		if (su->used != s->clock || cls < su->cls)
			su->cls = cls;
		if (p->flags & VIEW_PLACE_PANE)
			snap = snap_ref(p->snap);
		else
			snap = publisher_take(&su->pub, p->snap);
		surf_set(s, su, snap, now);
		snap_unref(snap);
	}
	TAILQ_FOREACH_SAFE(su, &s->surfs, entry, next) {
		if (su->in_view && su->used != s->clock)
			surf_leave(s, su);
	}
	surfs_limit(s);
	writer_init(&w, buf, sizeof buf);
	layout_write(&w, v);
	if (writer_ok(&w))
		sender_kv(s, VIEW_KV_LAYOUT, buf, writer_len(&w));
	else
		log_warn("layout of %d places is too long", v->nplaces);
}

bool
sender_kv(struct sender *s, unsigned key, const void *value, size_t len)
{
	struct skv	*kv;
	uint64_t	 old;

	if (key < 1 || key > VIEW_KV_KEY_MAX || len > KV_VALUE_MAX)
		return (false);
	kv = &s->kv[key];
	if (kv->version == 0 && len == 0)
		return (true);		/* none is what the client has */
	if (kv->version != 0 && kv->len == len &&
	    (len == 0 || memcmp(kv->value, value, len) == 0))
		return (true);
	free(kv->value);
	kv->value = len == 0 ? NULL : xmemdup(value, len);
	kv->len = len;
	old = kv->version;
	kv->version = ++s->kv_version;
	kv->acked = kv->flight = false;
	if (kv->job)
		job_drop(s, FRAME_KV, key, old);
	kv->job = false;
	if (key > s->kv_top)
		s->kv_top = key;
	return (true);
}

void
sender_echo(struct sender *s, uint32_t surface, const struct view_echo *e)
{
	struct ssurf	*su = surf_add(s, surface);

	su->next_echo = *e;
	su->next_echo.tty &= VIEW_TTY_ALL;
	if (su->next_echo.settled > su->next_echo.accepted)
		su->next_echo.settled = su->next_echo.accepted;
}

void
sender_input(struct sender *s, uint32_t surface, usec_t now)
{
	struct ssurf	*su = surf_get(s, surface);

	if (su != NULL) {
		su->input_at = now;
		su->input_once = true;
	}
}

/* --- frames from the client -------------------------------------------- */

static int
frame_view(struct sender *s, struct reader *r)
{
	struct view_want	 want;
	uint16_t		 seq;

	memset(&want, 0, sizeof want);
	seq = reader_u16(r);
	want.cols = reader_varint_max(r, ROW_CELLS_MAX);
	want.rows = reader_varint_max(r, VIEW_ROWS_MAX);
	want.xpixel = reader_varint_max(r, UINT16_MAX);
	want.ypixel = reader_varint_max(r, UINT16_MAX);
	want.rate_max = reader_varint_max(r, UINT16_MAX);
	want.flags = reader_u8(r);
	if (want.cols == 0 || want.rows == 0 || want.flags > VIEW_WANT_ALL)
		reader_fail(r);
	if (!reader_ok(r))
		return (-1);
	if (s->have_want && (int16_t)(uint16_t)(seq - s->want_seq) <= 0)
		return (0);
	s->want_seq = seq;
	if (!s->have_want || memcmp(&want, &s->want, sizeof want) != 0)
		s->want_version++;
	s->want = want;
	s->have_want = true;
	return (0);
}

static void
row_missed(struct sender *s, struct ssurf *su, uint32_t id, bool late)
{
	struct srow	*sr = srow_get(su, id);

	/* What is under way may well be on the point of arriving. */
	if (sr == NULL || (late && !sr->held))
		return;
	if (sr->job) {
		job_drop(s, FRAME_ROWS, su->id, id);
		sr->job = false;
	}
	sr->held = false;
	sr->flight = 0;
	sr->whole = true;
	sr->believe = s->seq + 1;
	su->rows_due = true;
	s->stats.misses++;
}

static int
frame_miss(struct sender *s, struct reader *r)
{
	struct ssurf	*su;
	uint32_t	 surface, ids[VIEW_MISS_MAX];
	uint8_t		 flags;
	uint64_t	 n, i;
	int64_t		 id = 0;

	surface = reader_varint_max(r, UINT32_MAX);
	flags = reader_u8(r);
	n = reader_varint_max(r, VIEW_MISS_MAX);
	if (!reader_ok(r) || flags > MISS_ALL)
		return (-1);
	for (i = 0; i < n; i++) {
		id += reader_svarint(r);
		if (id < 1 || id > UINT32_MAX)
			reader_fail(r);
		if (!reader_ok(r))
			return (-1);
		ids[i] = (uint32_t)id;
	}
	if ((su = surf_get(s, surface)) == NULL)
		return (0);
	if (flags & MISS_BASE) {
		s->stats.misses++;
		surf_forget(s, su);
		return (0);
	}
	for (i = 0; i < n; i++)
		row_missed(s, su, ids[i], (flags & MISS_LATE) != 0);
	return (0);
}

int
sender_frame(struct sender *s, uint8_t type, struct reader *r, usec_t now)
{
	(void)now;
	switch (type) {
	case FRAME_VIEW:
		return (frame_view(s, r));
	case FRAME_ROW_MISS:
		return (frame_miss(s, r));
	}
	reader_fail(r);
	return (-1);
}

bool
sender_want(const struct sender *s, struct view_want *want)
{
	if (s->have_want)
		*want = s->want;
	return (s->have_want);
}

uint32_t
sender_want_version(const struct sender *s)
{
	return (s->want_version);
}

/* --- sending ----------------------------------------------------------- */

static void
scratch_init(struct sender *s, struct writer *w, uint8_t type)
{
	if (s->scratch == NULL)
		s->scratch = xmalloc(VIEW_PIECE_TOTAL_MAX);
	writer_init(w, s->scratch, VIEW_PIECE_TOTAL_MAX);
	writer_u8(w, type);
}

/* False if there was something left that did not fit. */
static bool
kv_fill(struct sender *s, struct view_out *out)
{
	struct view_note	 note = { .kind = FRAME_KV };
	struct writer		*w, sw;
	struct skv		*kv;
	unsigned		 key;
	bool			 all = true;

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
		s->stats.kvs++;
		if (out->end(out->arg, &note)) {
			kv->flight = true;
			continue;
		}
		if (kv->len + 16 <= out->whole) {
			all = false;
			continue;
		}
		scratch_init(s, &sw, FRAME_KV);
		writer_varint(&sw, key);
		writer_varint(&sw, kv->version);
		writer_str(&sw, kv->value, kv->len);
		kv->job = job_new(s, writer_len(&sw), FRAME_KV, key,
		    kv->version);
		all = all && kv->job;
	}
	return (all);
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
	sr->job = job_new(s, writer_len(&w), FRAME_ROWS, su->id, sr->row->id);
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
		su->wait_job = !job_new(s, writer_len(&sw), FRAME_GRID, su->id,
		    version);
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
	usec_t	 at, next;
	bool	 urgent;

	if (!su->changed || s->pace.hold || su->nrec >= s->pace.grids_max ||
	    (s->have_want && (s->want.flags & VIEW_WANT_HIDDEN)))
		return (USEC_NEVER);
	urgent = su->input_once && su->changed_at + s->pace.collect_us >=
	    su->input_at && su->changed_at <= su->input_at +
	    VIEW_INPUT_RECENT_US;
	at = su->changed_at + (urgent ? s->pace.collect_input_us :
	    s->pace.collect_us);
	next = su->cut_once ? su->cut_at + s->pace.interval_us : 0;
	return (at > next ? at : next);
}

/* False if the packet is full. */
static bool
surf_fill(struct sender *s, struct ssurf *su, struct view_out *out, usec_t now)
{
	bool	 urgent;
	int	 more;

	if (surf_cut_due(s, su) <= now)
		surf_cut(s, su, now);
	if (su->tgt == NULL)
		return (true);
	if (grid_due(su) && su->nrec < GRIDS_IN_FLIGHT_MAX &&
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
		    s->njobs < JOBS_MAX)
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
		if (su->nrec < GRIDS_IN_FLIGHT_MAX && grid_due(su))
			return (now);
		if ((t = surf_cut_due(s, su)) < due)
			due = t;
	}
	return (due);
}

/* --- what became of it ------------------------------------------------- */

static void
rows_note(struct sender *s, const struct view_note *n, bool acked)
{
	struct ssurf	*su = surf_get(s, n->a);
	struct srow	*sr;
	uint32_t	 id = (uint32_t)n->b, k = (uint32_t)(n->b >> 32);

	if (su == NULL)
		return;
	for (; k > 0; k--, id++) {
		if ((sr = srow_get(su, id)) == NULL || n->c < sr->believe)
			continue;
		if (sr->flight > 0)
			sr->flight--;
		if (acked)
			sr->held = true;
		else if (!sr->held)
			su->rows_due = su->in_view;
	}
}

static void
grid_acked(struct sender *s, uint32_t surface, uint64_t version)
{
	struct ssurf	*su = surf_get(s, surface);
	unsigned	 i;

	if (su == NULL)
		return;
	for (i = 0; i < su->nrec && su->rec[i].version != version; i++)
		;
	if (i == su->nrec)
		return;			/* a newer one was acked before */
	rec_fini(&su->acked);
	su->acked = su->rec[i];
	memset(&su->rec[i], 0, sizeof su->rec[i]);
	for (i++; i > 0; i--)
		rec_remove(su, 0);
	job_drop_grids(s, surface, version);
	if (su->tgt != NULL)
		su->shift = grid_shift(su);
	rows_prune(s, su);
}

static void
grid_lost(struct sender *s, uint32_t surface, uint64_t version)
{
	struct ssurf	*su = surf_get(s, surface);
	unsigned	 i;

	for (i = 0; su != NULL && i < su->nrec; i++) {
		if (su->rec[i].version == version) {
			rec_remove(su, i);
			rows_prune(s, su);
			return;
		}
	}
}

static void
kv_note(struct sender *s, uint32_t key, uint64_t version, bool acked)
{
	struct skv	*kv;

	if (key > VIEW_KV_KEY_MAX || s->kv[key].version != version)
		return;
	kv = &s->kv[key];
	kv->flight = false;
	kv->acked = kv->acked || acked;
}

static void
job_done(struct sender *s, struct job *j)
{
	struct view_note	 n = { .kind = j->kind, .a = j->id };
	struct ssurf		*su;
	struct srow		*sr;

	switch (j->kind) {
	case FRAME_ROWS:
		n.b = j->what | UINT64_C(1) << 32;
		n.c = j->seq;
		if ((su = surf_get(s, j->id)) != NULL &&
		    (sr = srow_get(su, (uint32_t)j->what)) != NULL)
			sr->job = false;
		job_free(s, j);
		rows_note(s, &n, true);
		break;
	case FRAME_GRID:
		n.b = j->what;
		job_free(s, j);
		grid_acked(s, n.a, n.b);
		break;
	case FRAME_KV:
		n.b = j->what;
		job_free(s, j);
		s->kv[n.a].job = false;
		kv_note(s, n.a, n.b, true);
		break;
	}
}

static struct job *
job_find(struct sender *s, uint32_t number)
{
	struct job	*j;

	TAILQ_FOREACH(j, &s->jobs, entry) {
		if (j->piece.number == number)
			break;
	}
	return (j);
}

void
sender_acked(struct sender *s, const struct view_note *n, usec_t now)
{
	struct job	*j;

	(void)now;
	switch (n->kind) {
	case FRAME_ROWS:
		rows_note(s, n, true);
		break;
	case FRAME_GRID:
		grid_acked(s, n->a, n->b);
		break;
	case FRAME_KV:
		kv_note(s, n->a, n->b, true);
		break;
	case FRAME_PIECE:
		if ((j = job_find(s, n->a)) != NULL &&
		    piece_out_acked(&j->piece, n->b, n->c))
			job_done(s, j);
		break;
	}
}

void
sender_lost(struct sender *s, const struct view_note *n, usec_t now)
{
	struct job	*j;

	(void)now;
	switch (n->kind) {
	case FRAME_ROWS:
		rows_note(s, n, false);
		break;
	case FRAME_GRID:
		grid_lost(s, n->a, n->b);
		break;
	case FRAME_KV:
		kv_note(s, n->a, n->b, false);
		break;
	case FRAME_PIECE:
		if ((j = job_find(s, n->a)) != NULL)
			piece_out_lost(&j->piece, n->b, n->c);
		break;
	}
}

void
sender_reset(struct sender *s)
{
	struct ssurf	*su, *next;
	unsigned	 key;

	TAILQ_FOREACH_SAFE(su, &s->surfs, entry, next) {
		if (su->in_view)
			surf_forget(s, su);
		else
			surf_free(s, su);
	}
	while (!TAILQ_EMPTY(&s->jobs))
		job_free(s, TAILQ_FIRST(&s->jobs));
	for (key = 1; key <= s->kv_top; key++) {
		if (s->kv[key].version == 0)
			continue;
		s->kv[key].version = ++s->kv_version;
		s->kv[key].acked = s->kv[key].flight = s->kv[key].job = false;
	}
	s->have_want = false;
}

bool
sender_settled(const struct sender *s)
{
	const struct ssurf	*su;
	unsigned		 key;
	int			 y;

	for (key = 1; key <= s->kv_top; key++) {
		if (s->kv[key].version != 0 && !s->kv[key].acked)
			return (false);
	}
	TAILQ_FOREACH(su, &s->surfs, entry) {
		if (!su->in_view)
			continue;
		if (su->changed || su->tgt == NULL || su->acked.version == 0 ||
		    !gridstate_same(&su->acked.gs, &su->tgt_gs) ||
		    grid_due(su))
			return (false);
		for (y = 0; y < su->tgt_gs.rows; y++) {
			const struct srow	*sr;

			if (su->tgt_gs.id[y] == 0)
				continue;
			sr = srow_get(su, su->tgt_gs.id[y]);
			if (sr == NULL || !sr->held)
				return (false);
		}
	}
	return (true);
}

void
sender_stats(const struct sender *s, struct sender_stats *st)
{
	const struct ssurf	*su;

	*st = s->stats;
	st->surfaces = s->nsurf;
	st->rows_tracked = 0;
	TAILQ_FOREACH(su, &s->surfs, entry)
		st->rows_tracked += map_u32_count(&su->rows);
}
