/* SPDX-License-Identifier: ISC */
#ifndef SYNC_RTT_H
#define SYNC_RTT_H

#include <stdbool.h>

#include "base/clock.h"

/* Round trip times of one path (RFC 9002, section 5). */
struct rtt {
	usec_t	latest;
	usec_t	srtt;
	usec_t	var;
	bool	known;		/* false: srtt and var are guesses */
	usec_t	known_at;
	/* Least of the last 10 s: of this span of 5 s and the one before. */
	usec_t	min;
	usec_t	min_before;
	usec_t	min_since;
};

void	rtt_init(struct rtt *);
/* delay: how long the peer says it kept the acknowledgement. */
void	rtt_sample(struct rtt *, usec_t now, usec_t latest, usec_t delay);
usec_t	rtt_min(const struct rtt *);
/* Probe timeout, with the delay an acknowledgement may take. */
usec_t	rtt_pto(const struct rtt *, usec_t ack_delay);
/* A packet this old, when later ones are acknowledged, is lost. */
usec_t	rtt_loss_delay(const struct rtt *);

#endif /* SYNC_RTT_H */
