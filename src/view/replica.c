/* SPDX-License-Identifier: ISC */

/*
 * replica.c - the client's copy of what it should see.
 *
 * A surface has rows by id and up to VIEW_GRIDS_KEPT grids by version.  A grid
 * holds references to those of its rows that are there and counts those that
 * are not.  It is shown when it lacks none and is newer than what is shown, or
 * in part when GRID_INCOMPLETE_US went by with nothing newer shown.
 *
 * What is kept: the two newest grids that were shown whole and all that are
 * newer; and those from the base of the newest grid on, for the server may
 * still refer to them (to any, if the newest has no base).  Rows that no kept
 * grid names (they came before their grid, or have just gone off) stay as long
 * as there are not many of them; the oldest go first.
 *
 * Invariants:
 *  1. The version shown never goes back.
 *  2. A grid of missing 0 has every row that it names.
 *  3. bytes is the sum over rows and grids and stays below
 *     VIEW_REPLICA_BYTES_MAX, but for what one frame adds.
 *  4. Whatever was dropped or could not be applied is asked for again
 *     (ROW_MISS) until it came or is no longer wanted.
 */

#include "view/replica.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/log.h"
#include "base/map.h"
#include "base/xmalloc.h"
#include "view/gridmsg.h"
#include "view/layout.h"
#include "view/piece.h"
#include "view/rowop.h"
#include "wire/messages.h"

#define ENTRY_END	0	/* as in sender.c */
#define ENTRY_WHOLE	1
#define ENTRY_DIFF	2
#define ENTRY_KIND	3

#define MISS_BASE	0x01
#define MISS_LATE	0x02

#define LOOSE_EXTRA	64	/* rows no grid names, beyond two screens */

struct hrow {
	struct row	*row;
	uint32_t	 named;		/* by so many kept grids */
	uint64_t	 when;		/* it was last named, or came */
};

struct rgrid {
	TAILQ_ENTRY(rgrid) entry;
	uint64_t	 version;
	struct gridstate gs;
	struct row	**row;		/* references; NULL: missing or blank */
	unsigned	 missing;
	usec_t		 came;
};

struct rsurf {
	TAILQ_ENTRY(rsurf) entry;
	uint32_t	 id;
	bool		 placed;	/* in the layout */
	uint64_t	 used;
	struct map_u32	 rows;		/* id -> struct hrow */
	TAILQ_HEAD(rgrids, rgrid) grids; /* oldest first */
	unsigned	 ngrid;

	struct snap	*snap;		/* shown */
	uint64_t	 shown;		/* version */
	bool		 partial;
	unsigned	 shown_missing;
	uint64_t	 whole[2];	/* newest versions shown whole */
	uint64_t	 newest;	/* version that came */
	uint64_t	 newest_base;	/* 0: it has none */
	usec_t		 waiting;	/* newer ones incomplete since */
	struct view_echo echo;
	uint32_t	 tty_latest;

	/* What is asked for. */
	bool		 lost_base;	/* a grid could not be applied */
	usec_t		 base_at;	/* ask (again) then */
	uint32_t	 miss[VIEW_MISS_MAX];	/* could not be read */
	unsigned	 nmiss;
	usec_t		 late_at;	/* look for late rows then */
};

struct rkv {
	uint8_t		*value;
	size_t		 len;
	uint64_t	 version;
};

struct replica {
	TAILQ_HEAD(, rsurf) surfs;
	struct map_u32	 by_id;
	unsigned	 nsurf;
	struct rkv	 kv[VIEW_KV_KEY_MAX + 1];
	struct view	*layout;	/* places without snaps */
	struct view	*view;		/* what was handed out last */
	uint64_t	 view_changes;
	uint64_t	 changes;
	uint64_t	 newest;	/* version, over all surfaces */
	uint64_t	 clock;
	usec_t		 srtt_us;
	struct piece_in	 pieces;
	struct rowop_palette palette;

	struct view_want want;
	bool		 have_want, want_due;
	uint16_t	 want_seq;
	struct replica_stats stats;
};

/* --- rows -------------------------------------------------------------- */

static size_t
row_bytes(const struct row *r)
{
	return (sizeof *r + r->cols * sizeof r->cells[0] +
	    r->ext_cap * sizeof r->ext[0] + sizeof(struct hrow) + 32);
}

static size_t
grid_bytes(const struct rgrid *g)
{
	return (sizeof *g + g->gs.rows * (sizeof g->gs.id[0] +
	    sizeof g->row[0]));
}

static void
hrow_free(struct replica *r, struct rsurf *su, uint32_t id, struct hrow *h)
{
	map_u32_del(&su->rows, id);
	r->stats.bytes -= row_bytes(h->row);
	row_unref(h->row);
	free(h);
}

/* Drop the oldest of the rows that no grid names, until `keep' are left. */
static void
rows_trim(struct replica *r, struct rsurf *su, size_t keep)
{
	struct hrow	*h;
	uint64_t	 oldest;
	uint32_t	 id;
	size_t		 cursor = 0, loose = 0, over;
	void		*p;

	while (map_u32_next(&su->rows, &cursor, &id, &p)) {
		h = p;
		loose += h->named == 0;
	}
	/* By halves of the age, so that few rounds do. */
	while (loose > keep) {
		oldest = UINT64_MAX;
		cursor = 0;
		while (map_u32_next(&su->rows, &cursor, &id, &p)) {
			h = p;
			if (h->named == 0 && h->when < oldest)
				oldest = h->when;
		}
		oldest += (r->clock - oldest) / 4;
		over = loose - keep;
		cursor = 0;
		while (over > 0 && map_u32_next(&su->rows, &cursor, &id, &p)) {
			h = p;
			if (h->named != 0 || h->when > oldest)
				continue;
			hrow_free(r, su, id, h);
			over--;
			loose--;
		}
	}
}

/* --- grids ------------------------------------------------------------- */

static void
grid_free(struct replica *r, struct rsurf *su, struct rgrid *g)
{
	struct hrow	*h;
	int		 y;

	TAILQ_REMOVE(&su->grids, g, entry);
	su->ngrid--;
	r->stats.bytes -= grid_bytes(g);
	for (y = 0; y < g->gs.rows; y++) {
		if (g->row[y] == NULL)
			continue;
		h = map_u32_get(&su->rows, g->gs.id[y]);
		if (h != NULL && h->named > 0) {
			h->named--;
			h->when = r->clock;
		}
		row_unref(g->row[y]);
	}
	gridstate_fini(&g->gs);
	free(g->row);
	free(g);
}

static struct rgrid *
grid_find(const struct rsurf *su, uint64_t version)
{
	struct rgrid	*g;

	TAILQ_FOREACH(g, &su->grids, entry) {
		if (g->version == version)
			break;
	}
	return (g);
}

/* A row came: give it to the grids that lack it. */
static void
grid_take(struct rgrid *g, uint32_t id, struct hrow *h)
{
	int	 y;

	if (g->missing == 0)
		return;
	for (y = 0; y < g->gs.rows; y++) {
		if (g->gs.id[y] == id && g->row[y] == NULL) {
			g->row[y] = row_ref(h->row);
			g->missing--;
			h->named++;
		}
	}
}

/* Drop the grids that nobody will refer to any more. */
static void
grids_trim(struct replica *r, struct rsurf *su)
{
	struct rgrid	*g, *next;
	uint64_t	 floor = su->whole[1];
	int		 rows = 0;

	if (su->newest_base < floor)
		floor = su->newest_base;
	TAILQ_FOREACH_SAFE(g, &su->grids, entry, next) {
		if (g->version < floor || su->ngrid > VIEW_GRIDS_KEPT)
			grid_free(r, su, g);
		else if (g->gs.rows > rows)
			rows = g->gs.rows;
	}
	rows = su->ngrid == 0 ? VIEW_LOOSE_MAX : 2 * rows + LOOSE_EXTRA;
	if (map_u32_count(&su->rows) > (size_t)rows)
		rows_trim(r, su, rows);
}

/* --- surfaces ---------------------------------------------------------- */

static struct rsurf *
surf_get(const struct replica *r, uint32_t id)
{
	return (map_u32_get(&r->by_id, id));
}

static void
surf_free(struct replica *r, struct rsurf *su)
{
	struct rgrid	*g;

	while ((g = TAILQ_FIRST(&su->grids)) != NULL)
		grid_free(r, su, g);
	rows_trim(r, su, 0);
	map_u32_fini(&su->rows);
	snap_unref(su->snap);
	map_u32_del(&r->by_id, su->id);
	TAILQ_REMOVE(&r->surfs, su, entry);
	r->nsurf--;
	free(su);
}

/* Make room: loose rows first, then surfaces that are not shown. */
static bool
surf_evict(struct replica *r, const struct rsurf *spare)
{
	struct rsurf	*su, *old = NULL;

	TAILQ_FOREACH(su, &r->surfs, entry) {
		if (su != spare && !su->placed &&
		    (old == NULL || su->used < old->used))
			old = su;
	}
	if (old == NULL)
		return (false);
	surf_free(r, old);
	return (true);
}

static bool
replica_room(struct replica *r, const struct rsurf *spare)
{
	struct rsurf	*su;

	if (r->stats.bytes < VIEW_REPLICA_BYTES_MAX)
		return (true);
	TAILQ_FOREACH(su, &r->surfs, entry)
		rows_trim(r, su, 0);
	while (r->stats.bytes >= VIEW_REPLICA_BYTES_MAX) {
		if (!surf_evict(r, spare))
			return (false);
	}
	return (true);
}

static bool
layout_has(const struct replica *r, uint32_t id)
{
	int	 i;

	for (i = 0; r->layout != NULL && i < r->layout->nplaces; i++) {
		if (r->layout->places[i].surface == id)
			return (true);
	}
	return (false);
}

/* NULL: too many, all of them shown. */
static struct rsurf *
surf_add(struct replica *r, uint32_t id)
{
	struct rsurf	*su = surf_get(r, id);

	r->clock++;
	if (su != NULL) {
		su->used = r->clock;
		return (su);
	}
	if (r->nsurf >= VIEW_SURFACES_MAX && !surf_evict(r, NULL))
		return (NULL);
	su = xcalloc(1, sizeof *su);
	su->id = id;
	su->used = r->clock;
	su->placed = layout_has(r, id);
	su->waiting = su->late_at = USEC_NEVER;
	view_echo_init(&su->echo);
	map_u32_init(&su->rows, id);
	TAILQ_INIT(&su->grids);
	map_u32_set(&r->by_id, id, su);
	TAILQ_INSERT_TAIL(&r->surfs, su, entry);
	r->nsurf++;
	return (su);
}

static usec_t
late_after(const struct replica *r)
{
	return (VIEW_MISS_MIN_US + 3 * r->srtt_us);
}

/* --- showing ----------------------------------------------------------- */

/* The line of what is shown, for one whose row has not come. */
static struct row *
old_row(const struct rsurf *su, int y, struct row *blank)
{
	if (su->snap != NULL && y < su->snap->rows)
		return (su->snap->row[y]);
	return (blank);
}

static void
surf_show(struct replica *r, struct rsurf *su, struct rgrid *g)
{
	struct snap	*s;
	struct row	*blank, *row;
	int		 y;

	must(g->version >= su->shown);
	s = snap_new(g->gs.cols, g->gs.rows);
	gridstate_snap(&g->gs, s);
	s->version = g->version;
	blank = row_ref(s->row[0]);
	for (y = 0; y < g->gs.rows; y++) {
		if (g->gs.id[y] == 0)
			continue;
		row = g->row[y] != NULL ? g->row[y] : old_row(su, y, blank);
		row_ref(row);
		row_unref(s->row[y]);
		s->row[y] = row;
	}
	row_unref(blank);
	snap_unref(su->snap);
	su->snap = s;
	su->shown = g->version;
	su->shown_missing = g->missing;
	su->partial = g->missing > 0;
	r->changes++;
	if (su->partial)
		return;
	su->echo = g->gs.echo;
	if (su->whole[0] != g->version) {
		su->whole[1] = su->whole[0];
		su->whole[0] = g->version;
	}
}

/* Show what can be shown, and set the times at which more is to be done. */
static void
surf_settle(struct replica *r, struct rsurf *su, usec_t now)
{
	struct rgrid	*g, *whole = NULL, *newest;

	newest = TAILQ_LAST(&su->grids, rgrids);
	TAILQ_FOREACH_REVERSE(g, &su->grids, rgrids, entry) {
		if (g->version < su->shown)
			break;
		if (g->missing == 0) {
			if (g->version > su->shown || su->partial)
				whole = g;
			break;
		}
	}
	if (whole != NULL) {
		surf_show(r, su, whole);
		su->waiting = USEC_NEVER;
		grids_trim(r, su);
		newest = TAILQ_LAST(&su->grids, rgrids);
	}
	if (newest == NULL || newest->missing == 0 ||
	    newest->version < su->shown) {
		su->waiting = su->late_at = USEC_NEVER;
		return;
	}
	if (newest->version == su->shown) {
		su->waiting = USEC_NEVER;	/* shown in part already */
	} else if (su->waiting == USEC_NEVER)
		su->waiting = now;
	if (su->late_at == USEC_NEVER)
		su->late_at = now + late_after(r);
}

static void
surf_tick(struct replica *r, struct rsurf *su, usec_t now)
{
	struct rgrid	*newest = TAILQ_LAST(&su->grids, rgrids);

	if (su->waiting != USEC_NEVER && newest != NULL &&
	    now >= su->waiting + GRID_INCOMPLETE_US) {
		surf_show(r, su, newest);
		su->waiting = USEC_NEVER;
	}
}

/* --- frames ------------------------------------------------------------ */

/* Remember to ask for a row that could not be read. */
static void
miss_add(struct rsurf *su, uint32_t id)
{
	unsigned	 i;

	for (i = 0; i < su->nmiss; i++) {
		if (su->miss[i] == id)
			return;
	}
	if (su->nmiss < VIEW_MISS_MAX)
		su->miss[su->nmiss++] = id;
}

static void
miss_del(struct rsurf *su, uint32_t id)
{
	unsigned	 i;

	for (i = 0; i < su->nmiss; i++) {
		if (su->miss[i] == id) {
			su->miss[i] = su->miss[--su->nmiss];
			return;
		}
	}
}

/* Takes the row. */
static void
row_came(struct replica *r, struct rsurf *su, uint32_t id, struct row *row)
{
	struct hrow	*h = map_u32_get(&su->rows, id);
	struct rgrid	*g;

	if (h != NULL && h->named > 0) {
		row_unref(row);		/* again */
		return;
	}
	if (!replica_room(r, su)) {
		r->stats.refused++;
		row_unref(row);
		return;
	}
	if ((h = map_u32_get(&su->rows, id)) != NULL)
		hrow_free(r, su, id, h);
	r->stats.rows++;
	row->id = id;
	h = xcalloc(1, sizeof *h);
	h->row = row;
	h->when = r->clock;
	map_u32_set(&su->rows, id, h);
	r->stats.bytes += row_bytes(row);
	TAILQ_FOREACH(g, &su->grids, entry)
		grid_take(g, id, h);
	miss_del(su, id);
}

static int
frame_rows(struct replica *r, struct reader *rd, usec_t now)
{
	struct rsurf	*su;
	struct rgrid	*newest;
	struct hrow	*h;
	struct row	*row;
	uint64_t	 head;
	int64_t		 id, base;
	uint32_t	 surface;
	bool		 diff;
	int		 cols;

	surface = reader_varint_max(rd, UINT32_MAX);
	id = reader_varint_max(rd, UINT32_MAX);
	if (!reader_ok(rd) || surface == 0)
		return (-1);
	su = surf_add(r, surface);
	rowop_palette_clear(&r->palette);
	newest = su == NULL ? NULL : TAILQ_LAST(&su->grids, rgrids);
	cols = newest == NULL ? 1 : newest->gs.cols;
	while ((head = reader_varint(rd)) != ENTRY_END) {
		id += varint_unzigzag(head >> 2);
		base = id;
		diff = (head & ENTRY_KIND) == ENTRY_DIFF;
		if (diff)
			base -= reader_svarint(rd);
		if (!reader_ok(rd) || id < 1 || id > UINT32_MAX || base < 1 ||
		    base > UINT32_MAX || (base != id) != diff ||
		    (head & ENTRY_KIND) > ENTRY_DIFF ||
		    (head & ENTRY_KIND) == ENTRY_END)
			return (-1);
		h = NULL;
		if (diff && su != NULL)
			h = map_u32_get(&su->rows, (uint32_t)base);
		row = rowop_read(&r->palette, rd, h == NULL ? NULL : h->row,
		    cols);
		if (row == NULL)
			return (-1);
		if (su == NULL) {
			r->stats.refused++;
			row_unref(row);
		} else if (diff && h == NULL) {
			row_unref(row);
			if (map_u32_get(&su->rows, (uint32_t)id) == NULL)
				miss_add(su, (uint32_t)id);
		} else
			row_came(r, su, (uint32_t)id, row);
	}
	if (!reader_ok(rd))
		return (-1);
	if (su == NULL)
		return (0);
	surf_settle(r, su, now);
	newest = TAILQ_LAST(&su->grids, rgrids);
	if (su->partial && newest != NULL && newest->version == su->shown &&
	    newest->missing < su->shown_missing)
		surf_show(r, su, newest);	/* some more of it */
	grids_trim(r, su);
	return (0);
}

static void
grid_insert(struct replica *r, struct rsurf *su, struct rgrid *g)
{
	struct rgrid	*p;
	struct hrow	*h;
	int		 y;

	g->row = xcalloc(g->gs.rows, sizeof g->row[0]);
	for (y = 0; y < g->gs.rows; y++) {
		if (g->gs.id[y] == 0)
			continue;
		if ((h = map_u32_get(&su->rows, g->gs.id[y])) == NULL) {
			g->missing++;
			continue;
		}
		h->named++;
		h->when = r->clock;
		g->row[y] = row_ref(h->row);
	}
	TAILQ_FOREACH_REVERSE(p, &su->grids, rgrids, entry) {
		if (p->version < g->version)
			break;
	}
	if (p == NULL)
		TAILQ_INSERT_HEAD(&su->grids, g, entry);
	else
		TAILQ_INSERT_AFTER(&su->grids, p, g, entry);
	su->ngrid++;
	r->stats.bytes += grid_bytes(g);
}

static int
frame_grid(struct replica *r, struct reader *rd, usec_t now)
{
	struct gridmsg_head	 head;
	struct rsurf		*su;
	struct rgrid		*g, *base = NULL;
	uint64_t		 version;

	gridmsg_read_head(rd, &head);
	if (!reader_ok(rd))
		return (-1);
	version = gridmsg_version(head.version, r->newest);
	if (version > r->newest)
		r->newest = version;
	su = surf_add(r, head.surface);
	if (su != NULL && head.back != 0 && version > head.back)
		base = grid_find(su, version - head.back);
	/*
	 * One that is older than what is shown may yet become a base: it has
	 * arrived, and that is all the server may have heard.
	 */
	if (su == NULL || version == 0 || version < su->newest_base ||
	    (version < su->newest && head.back != 0 && base == NULL) ||
	    grid_find(su, version) != NULL || !replica_room(r, su)) {
		/* Too old, known, or no room for it. */
		r->stats.grids_old++;
		return (gridmsg_read(rd, NULL, NULL) ? 0 : -1);
	}
	if (head.back != 0 && base == NULL) {
		if (!gridmsg_read(rd, NULL, NULL))
			return (-1);
		if (!su->lost_base) {
			su->lost_base = true;
			su->base_at = now;
		}
		return (0);
	}
	g = xcalloc(1, sizeof *g);
	gridstate_init(&g->gs);
	if (!gridmsg_read(rd, base == NULL ? NULL : &base->gs, &g->gs)) {
		free(g);
		return (-1);
	}
	r->stats.grids++;
	g->version = version;
	g->came = now;
	grid_insert(r, su, g);
	if (version > su->newest) {
		su->newest = version;
		su->newest_base = head.back == 0 ? 0 : version - head.back;
		if (su->tty_latest != g->gs.echo.tty) {
			su->tty_latest = g->gs.echo.tty;
			r->changes++;
		}
		su->lost_base = false;
	}
	surf_settle(r, su, now);
	grids_trim(r, su);
	return (0);
}

static int
kv_layout(struct replica *r, const struct rkv *kv)
{
	struct reader	 rd;
	struct view	*v;
	struct rsurf	*su;

	reader_init(&rd, kv->value, kv->len);
	if (kv->len == 0)
		v = view_new(0, 0);
	else if ((v = layout_read(&rd)) == NULL)
		return (-1);
	view_unref(r->layout);
	r->layout = v;
	TAILQ_FOREACH(su, &r->surfs, entry)
		su->placed = layout_has(r, su->id);
	return (0);
}

static int
frame_kv(struct replica *r, struct reader *rd)
{
	const uint8_t	*value;
	struct rkv	*kv;
	uint64_t	 key, version;
	size_t		 len;

	key = reader_varint_max(rd, VIEW_KV_KEY_MAX);
	version = reader_varint(rd);
	value = reader_str(rd, KV_VALUE_MAX, &len);
	if (!reader_ok(rd) || key == 0 || version == 0)
		return (-1);
	kv = &r->kv[key];
	if (version <= kv->version)
		return (0);
	free(kv->value);
	kv->value = len == 0 ? NULL : xmemdup(value, len);
	kv->len = len;
	kv->version = version;
	r->changes++;
	r->stats.kvs++;
	return (key == VIEW_KV_LAYOUT ? kv_layout(r, kv) : 0);
}

static int
frame_one(struct replica *r, uint8_t type, struct reader *rd, usec_t now)
{
	switch (type) {
	case FRAME_ROWS:
		return (frame_rows(r, rd, now));
	case FRAME_GRID:
		return (frame_grid(r, rd, now));
	case FRAME_KV:
		return (frame_kv(r, rd));
	}
	return (-1);
}

static int
frame_piece(struct replica *r, struct reader *rd, usec_t now)
{
	struct reader	 sub;
	uint8_t		*bytes;
	size_t		 len;
	int		 rv;

	r->stats.pieces++;
	rv = piece_in_read(&r->pieces, rd, &bytes, &len);
	if (rv <= 0)
		return (rv);
	reader_init(&sub, bytes, len);
	rv = frame_one(r, reader_u8(&sub), &sub, now);
	if (rv == 0 && reader_left(&sub) != 0)
		rv = -1;
	free(bytes);
	return (rv);
}

int
replica_frame(struct replica *r, uint8_t type, struct reader *rd, usec_t now)
{
	int	 rv;

	rv = type == FRAME_PIECE ? frame_piece(r, rd, now) :
	    frame_one(r, type, rd, now);
	if (rv != 0)
		reader_fail(rd);
	return (rv);
}

/* --- time -------------------------------------------------------------- */

void
replica_rtt(struct replica *r, usec_t srtt_us)
{
	r->srtt_us = srtt_us > 60 * USEC_PER_SEC ? 60 * USEC_PER_SEC : srtt_us;
}

void
replica_tick(struct replica *r, usec_t now)
{
	struct rsurf	*su;

	TAILQ_FOREACH(su, &r->surfs, entry)
		surf_tick(r, su, now);
}

usec_t
replica_deadline(const struct replica *r)
{
	const struct rsurf	*su;
	usec_t			 t = USEC_NEVER;

	TAILQ_FOREACH(su, &r->surfs, entry) {
		if (su->waiting != USEC_NEVER &&
		    su->waiting + GRID_INCOMPLETE_US < t)
			t = su->waiting + GRID_INCOMPLETE_US;
	}
	return (t);
}

/* --- what there is to see ---------------------------------------------- */

struct replica *
replica_new(void)
{
	struct replica	*r = xcalloc(1, sizeof *r);

	TAILQ_INIT(&r->surfs);
	map_u32_init(&r->by_id, 0);
	piece_in_init(&r->pieces);
	rowop_palette_init(&r->palette);
	r->srtt_us = RTT_INITIAL_US;
	r->changes = 1;
	return (r);
}

void
replica_free(struct replica *r)
{
	unsigned	 i;

	if (r == NULL)
		return;
	while (!TAILQ_EMPTY(&r->surfs))
		surf_free(r, TAILQ_FIRST(&r->surfs));
	for (i = 0; i <= VIEW_KV_KEY_MAX; i++)
		free(r->kv[i].value);
	view_unref(r->layout);
	view_unref(r->view);
	map_u32_fini(&r->by_id);
	piece_in_fini(&r->pieces);
	rowop_palette_fini(&r->palette);
	free(r);
}

uint64_t
replica_changes(const struct replica *r)
{
	return (r->changes);
}

struct view *
replica_view(struct replica *r)
{
	struct view_place	 p;
	const struct rsurf	*su;
	struct view		*v;
	int			 i;

	if (r->view != NULL && r->view_changes == r->changes)
		return (view_ref(r->view));
	v = view_new(0, 0);
	for (i = 0; r->layout != NULL && i < r->layout->nplaces; i++) {
		p = r->layout->places[i];
		if ((su = surf_get(r, p.surface)) != NULL)
			p.snap = su->snap;
		view_add(v, &p);
	}
	if (r->layout != NULL) {
		v->cols = r->layout->cols;
		v->rows = r->layout->rows;
		v->focus = r->layout->focus;
	}
	view_unref(r->view);
	r->view = v;
	r->view_changes = r->changes;
	return (view_ref(v));
}

const uint8_t *
replica_kv(const struct replica *r, unsigned key, size_t *len)
{
	static const uint8_t	 nothing;

	*len = 0;
	if (key > VIEW_KV_KEY_MAX || r->kv[key].len == 0)
		return (&nothing);
	*len = r->kv[key].len;
	return (r->kv[key].value);
}

uint64_t
replica_kv_version(const struct replica *r, unsigned key)
{
	return (key > VIEW_KV_KEY_MAX ? 0 : r->kv[key].version);
}

bool
replica_surface(const struct replica *r, uint32_t id,
    struct replica_surface *out)
{
	const struct rsurf	*su = surf_get(r, id);

	if (su == NULL)
		return (false);
	out->snap = su->snap;
	out->version = su->shown;
	out->catching_up = su->partial;
	out->echo = su->echo;
	out->tty_latest = su->tty_latest;
	return (true);
}

/* --- sending ----------------------------------------------------------- */

void
replica_want(struct replica *r, const struct view_want *w)
{
	if (r->have_want && memcmp(&r->want, w, sizeof *w) == 0)
		return;
	r->want = *w;
	r->have_want = r->want_due = true;
	r->want_seq++;
}

static bool
want_fill(struct replica *r, struct view_out *out)
{
	struct view_note	 note = { .kind = FRAME_VIEW };
	struct writer		*w;

	w = out->begin(out->arg, FRAME_VIEW);
	writer_u16(w, r->want_seq);
	writer_varint(w, r->want.cols);
	writer_varint(w, r->want.rows);
	writer_varint(w, r->want.xpixel);
	writer_varint(w, r->want.ypixel);
	writer_varint(w, r->want.rate_max);
	writer_u8(w, r->want.flags);
	note.b = r->want_seq;
	return (out->end(out->arg, &note));
}

static bool
miss_frame(struct replica *r, struct rsurf *su, struct view_out *out,
    uint8_t flags, const uint32_t *ids, unsigned n)
{
	struct view_note	 note = { .kind = FRAME_ROW_MISS, .a = su->id };
	struct writer		*w;
	int64_t			 prev = 0;
	unsigned		 i;

	w = out->begin(out->arg, FRAME_ROW_MISS);
	writer_varint(w, su->id);
	writer_u8(w, flags);
	writer_varint(w, n);
	for (i = 0; i < n; i++) {
		writer_svarint(w, (int64_t)ids[i] - prev);
		prev = ids[i];
	}
	note.b = flags;
	r->stats.misses++;
	return (out->end(out->arg, &note));
}

/* Rows that the newest grid lacks. */
static unsigned
late_rows(const struct rsurf *su, uint32_t *ids)
{
	const struct rgrid	*g = TAILQ_LAST(&su->grids, rgrids);
	unsigned		 n = 0;
	int			 y;

	for (y = 0; g != NULL && y < g->gs.rows && n < VIEW_MISS_MAX; y++) {
		if (g->gs.id[y] != 0 && g->row[y] == NULL)
			ids[n++] = g->gs.id[y];
	}
	return (n);
}

static void
surf_ask(struct replica *r, struct rsurf *su, struct view_out *out, usec_t now)
{
	uint32_t	 ids[VIEW_MISS_MAX];
	unsigned	 n;

	if (su->lost_base && now >= su->base_at) {
		if (!miss_frame(r, su, out, MISS_BASE, NULL, 0))
			return;
		su->base_at = now + late_after(r);
		su->nmiss = 0;
	}
	if (su->nmiss > 0) {
		if (!miss_frame(r, su, out, 0, su->miss, su->nmiss))
			return;
		su->nmiss = 0;
	}
	if (now >= su->late_at) {
		if ((n = late_rows(su, ids)) > 0 &&
		    !miss_frame(r, su, out, MISS_LATE, ids, n))
			return;
		su->late_at = now + VIEW_MISS_AGAIN_US + late_after(r);
	}
}

void
replica_fill(struct replica *r, struct view_out *out, usec_t now)
{
	struct rsurf	*su;

	if (r->want_due && want_fill(r, out))
		r->want_due = false;
	TAILQ_FOREACH(su, &r->surfs, entry)
		surf_ask(r, su, out, now);
}

usec_t
replica_due(const struct replica *r, usec_t now)
{
	const struct rsurf	*su;
	usec_t			 t = USEC_NEVER;

	if (r->want_due)
		return (now);
	TAILQ_FOREACH(su, &r->surfs, entry) {
		if (su->nmiss > 0)
			return (now);
		if (su->lost_base && su->base_at < t)
			t = su->base_at;
		if (su->late_at < t)
			t = su->late_at;
	}
	return (t);
}

void
replica_acked(struct replica *r, const struct view_note *n)
{
	(void)r;
	(void)n;
}

void
replica_lost(struct replica *r, const struct view_note *n)
{
	struct rsurf	*su;

	if (n->kind == FRAME_VIEW && (uint16_t)n->b == r->want_seq)
		r->want_due = true;
	if (n->kind != FRAME_ROW_MISS || (su = surf_get(r, n->a)) == NULL)
		return;
	/* Ask again at once, if it is still wanted. */
	if (n->b & MISS_BASE)
		su->base_at = 0;
	else if (su->late_at != USEC_NEVER)
		su->late_at = 0;
}

void
replica_stats(const struct replica *r, struct replica_stats *st)
{
	*st = r->stats;
	st->surfaces = r->nsurf;
}
