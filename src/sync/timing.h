/* SPDX-License-Identifier: ISC */
#ifndef SYNC_TIMING_H
#define SYNC_TIMING_H

#include <stdbool.h>

#include "base/clock.h"
#include "wire/messages.h"

/*
 * When things are done, as pure functions of what is known.  All times in
 * microseconds.  Source of the numbers: wire/messages.h and protocol(7).
 */

/* Saturating sum, as USEC_NEVER stays never. */
usec_t	timing_add(usec_t, usec_t);

/* Between attempts when nothing has been heard for so long. */
usec_t	timing_retry(usec_t silent_us);

/*
 * The probe timeout after `count' of them: grows by half each time if input is
 * waiting, else it doubles; at most PTO_MAX_US unless the first one is longer.
 */
usec_t	timing_pto(usec_t pto_us, unsigned count, bool input);

/* From an input datagram to its duplicate. */
usec_t	timing_duplicate(usec_t srtt_us);

/* Least time between two pictures; stretch in thousandths. */
usec_t	timing_frame(usec_t srtt_us, unsigned stretch);

/* From the start of a race to probe `step' of a candidate. */
usec_t	timing_race(unsigned step);
#define TIMING_RACE_STEPS	6

/* From the first challenge to the one after `tries'. */
usec_t	timing_challenge(usec_t pto_us, unsigned tries);

/* How long after the last packet a server keeps sending. */
usec_t	timing_silent(usec_t peer_interval_us);

#endif /* SYNC_TIMING_H */
