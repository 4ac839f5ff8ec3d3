/* SPDX-License-Identifier: ISC */

/*
 * sender.h - the server's end of one client's picture.
 *
 * It is told what the client should see; what the client is known to hold it
 * learns from the fate of packets; the difference is what it sends.  It knows
 * neither packets nor panes.  One turn of the server:
 *
 *	sender_pace(s, &pace);		what the link bears now
 *	sender_echo(s, surface, ...);	for panes, before the view
 *	sender_set(s, view, now);	latest wins; snaps are published
 *	sender_kv(s, key, ...);
 *	... sender_due() ... sender_fill() ... sender_acked(), sender_lost()
 *
 * Echo state and picture travel in one frame, so that the client can never
 * see that input was settled without seeing the screen that it was settled on.
 */

#ifndef VIEW_SENDER_H
#define VIEW_SENDER_H

#include "base/clock.h"
#include "view/kv.h"
#include "view/out.h"
#include "view/view.h"
#include "wire/reader.h"

struct sender;

/* In the order in which they are wanted. */
enum sender_class {
	SENDER_FOCUS,		/* the surface with the focus */
	SENDER_KV,		/* layout, titles ... and the chrome */
	SENDER_VISIBLE,		/* other surfaces that are shown */
	SENDER_HIDDEN,		/* kept warm, once a second at most */
	SENDER_CLASSES
};

/* How fast frames may follow each other. */
struct sender_pace {
	usec_t		 interval_us;	/* between grids of one surface */
	usec_t		 collect_us;	/* after the first change ... */
	usec_t		 collect_input_us; /* ... and soon after input */
	unsigned	 grids_max;	/* unacknowledged, 1 to 8 */
	bool		 hold;		/* send no grids (client is hidden) */
};
/* By the numbers of wire/messages.h; reliable: everything at once. */
void	sender_pace_default(struct sender_pace *, usec_t srtt_us,
	    bool reliable);

struct sender	*sender_new(void);
void		 sender_free(struct sender *);

void	sender_pace(struct sender *, const struct sender_pace *);
/*
 * What the client should see.  Takes references of its own.  The snaps of
 * places with VIEW_PLACE_PANE were published (view/publish.h); others are
 * taken to belong to this client alone, and are published here if need be.
 * Call it also when only an echo state changed.
 */
void	sender_set(struct sender *, struct view *, usec_t now);
/* A value; the same again costs nothing.  False if it is over a limit. */
bool	sender_kv(struct sender *, unsigned key, const void *, size_t);
/* Echo state of a pane for this client; settled belongs to the next view. */
void	sender_echo(struct sender *, uint32_t surface,
	    const struct view_echo *);
/* Input of this client was written to the surface: its answer is urgent. */
void	sender_input(struct sender *, uint32_t surface, usec_t now);

/* Frames VIEW and ROW_MISS.  0, or -1 if malformed. */
int	sender_frame(struct sender *, uint8_t type, struct reader *,
	    usec_t now);
/* What the client asked for last; false if nothing yet. */
bool	sender_want(const struct sender *, struct view_want *);
/* Grows when sender_want() would say something else. */
uint32_t sender_want_version(const struct sender *);

/* Write what is due of this class, as much as fits. */
void	sender_fill(struct sender *, enum sender_class, struct view_out *,
	    usec_t now);
/* When there will be something in the classes up to and with last. */
usec_t	sender_due(struct sender *, usec_t now, enum sender_class last);
void	sender_acked(struct sender *, const struct view_note *, usec_t now);
void	sender_lost(struct sender *, const struct view_note *, usec_t now);

/* Forget what the client holds: it starts with an empty replica. */
void	sender_reset(struct sender *);
/* Has everything arrived? */
bool	sender_settled(const struct sender *);

struct sender_stats {
	uint64_t	 grids, rows_whole, rows_diff, kvs, pieces, misses;
	size_t		 surfaces, rows_tracked;
};
void	sender_stats(const struct sender *, struct sender_stats *);

#endif
