/* SPDX-License-Identifier: ISC */

/* sender-int.h - what sender.c and sender-fill.c share. */

#ifndef VIEW_SENDER_INT_H
#define VIEW_SENDER_INT_H

#include "base/list.h"
#include "base/map.h"
#include "view/gridmsg.h"
#include "view/piece.h"
#include "view/publish.h"
#include "view/rowop.h"
#include "view/sender.h"
#include "wire/messages.h"

#define JOBS_MAX	12	/* frames in pieces; < VIEW_ASSEMBLE_MAX */

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

static inline struct srow *
srow_get(const struct ssurf *su, uint32_t id)
{
	return (map_u32_get(&su->rows, id));
}

static inline bool
srow_due(const struct srow *sr)
{
	return (!sr->held && sr->flight == 0 && !sr->job && !sr->writing);
}

static inline struct ssurf *
surf_get(const struct sender *s, uint32_t id)
{
	return (map_u32_get(&s->by_id, id));
}

/*
 * Send the frame (type and body) that lies in scratch in pieces.  False if
 * there are JOBS_MAX already.
 */
bool	sender_job_new(struct sender *, size_t len, uint8_t kind, uint32_t id,
	    uint64_t what);
/* Is a grid to be sent? */
bool	sender_grid_due(const struct ssurf *);
/* What is sent from now on is what is current. */
void	sender_cut(struct sender *, struct ssurf *, usec_t now);

#endif
