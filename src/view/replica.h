/* SPDX-License-Identifier: ISC */

/*
 * replica.h - the client's copy of what it should see.
 *
 * Fed with frames in any order, it shows for each surface the newest grid of
 * which it has every row; or, GRID_INCOMPLETE_US after the first part of a
 * newer one came, what it has of that, older rows in the gaps.  Versions shown
 * never go back.  Whatever the peer sends, memory is bounded; what was dropped
 * for that is asked for again.
 */

#ifndef VIEW_REPLICA_H
#define VIEW_REPLICA_H

#include "base/clock.h"
#include "view/kv.h"
#include "view/out.h"
#include "view/view.h"
#include "wire/reader.h"

struct replica;

struct replica	*replica_new(void);
void		 replica_free(struct replica *);

/* ROWS, GRID, KV, PIECE.  0, or -1 if malformed: close the connection. */
int	replica_frame(struct replica *, uint8_t type, struct reader *,
	    usec_t now);
/* Round trip time, by which it judges whether a row is late. */
void	replica_rtt(struct replica *, usec_t srtt_us);
/* Call at replica_deadline(): incomplete grids are shown, misses asked for. */
void	replica_tick(struct replica *, usec_t now);
usec_t	replica_deadline(const struct replica *);

/* Grows when anything below would be different. */
uint64_t replica_changes(const struct replica *);
/*
 * The picture; a new reference.  An empty view of 0 by 0 before the first
 * layout.  Places whose surface has shown nothing yet have snap NULL.  A
 * snap's version is that of its grid, but for a constant.
 */
struct view *replica_view(struct replica *);
/* A value, its length 0 if there is none; valid until the next frame. */
const uint8_t *replica_kv(const struct replica *, unsigned key, size_t *len);
/* Grows when that value changes; 0: never came. */
uint64_t replica_kv_version(const struct replica *, unsigned key);

struct replica_surface {
	struct snap		*snap;	/* shown; borrowed; NULL: nothing yet */
	uint64_t		 version;	/* of the grid shown */
	bool			 catching_up;	/* rows of it are missing */
	/*
	 * Of the newest grid shown whole: its settled never outruns what can
	 * be seen.
	 */
	struct view_echo	 echo;
	/*
	 * VIEW_TTY_ of the newest grid that came, shown or not: when it says
	 * that the echo is off, do not show guesses.
	 */
	uint32_t		 tty_latest;
};
/* False if nothing is known of the surface. */
bool	replica_surface(const struct replica *, uint32_t surface,
	    struct replica_surface *);

/* What this client wants; sent until it arrived, latest wins. */
void	replica_want(struct replica *, const struct view_want *);
/* VIEW and ROW_MISS, as much as fits. */
void	replica_fill(struct replica *, struct view_out *, usec_t now);
usec_t	replica_due(const struct replica *, usec_t now);
void	replica_acked(struct replica *, const struct view_note *);
void	replica_lost(struct replica *, const struct view_note *);

struct replica_stats {
	uint64_t	 grids, grids_old, rows, kvs, pieces, misses, refused;
	size_t		 bytes, surfaces;
};
void	replica_stats(const struct replica *, struct replica_stats *);

#endif
