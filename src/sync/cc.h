/* SPDX-License-Identifier: ISC */
#ifndef SYNC_CC_H
#define SYNC_CC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "sync/rtt.h"

/*
 * How much may be in flight on one path and how fast it may leave.  Bytes are
 * those of datagrams.
 */
struct cc {
	size_t		window;
	size_t		threshold;	/* slow start ends here */
	size_t		in_flight;
	size_t		floor;		/* window never below */
	usec_t		recovery;	/* start of the last episode */
	bool		in_recovery;
	usec_t		paced;		/* the schedule has got to here */
	bool		delayed;	/* there is a queue on the path */
	bool		full;		/* or the beginning of one */
	usec_t		judged;		/* when that was last looked at */
	usec_t		round_min;	/* least sample since; NEVER none */
	unsigned	stretch;	/* of frame intervals, thousandths */
};

void	cc_init(struct cc *, size_t floor);

/* May a packet with more than acknowledgements leave? */
bool	cc_open(const struct cc *);
/* When the next packet may leave as far as pacing goes. */
usec_t	cc_pace_at(const struct cc *, const struct rtt *);

void	cc_sent(struct cc *, const struct rtt *, usec_t now, size_t);
void	cc_acked(struct cc *, const struct rtt *, usec_t now, size_t,
	    usec_t sent_at);
void	cc_lost(struct cc *, usec_t now, size_t, usec_t sent_at);
/* Nothing got through for so long that the path must be learnt anew. */
void	cc_collapse(struct cc *);
/* A packet was given up without being lost (the path changed). */
void	cc_forget(struct cc *, size_t);

#endif /* SYNC_CC_H */
