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
 * and equal to tgt.  (Not the newest one that is not lost: what seemed lost
 * may be what the client shows.)  Both are derived, not remembered: whatever
 * was lost or asked for again becomes due by forgetting that it was sent.
 * What is due is written by sender-fill.c.
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

#include "base/log.h"
#include "base/xmalloc.h"
#include "view/layout.h"
#include "view/sender-int.h"

#define MISS_BASE	0x01	/* flags of ROW_MISS */
#define MISS_LATE	0x02
#define MISS_ALL	0x03

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

bool
sender_job_new(struct sender *s, size_t len, uint8_t kind, uint32_t id,
    uint64_t what)
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

bool
sender_grid_due(const struct ssurf *su)
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

void
sender_cut(struct sender *s, struct ssurf *su, usec_t now)
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
		    sender_grid_due(su))
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
