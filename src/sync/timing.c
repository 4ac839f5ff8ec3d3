/* SPDX-License-Identifier: ISC */

/*
 * Policy without state: each function says when, none of them does anything.
 */

#include "sync/timing.h"

#include <stddef.h>

usec_t
timing_add(usec_t a, usec_t b)
{
	return (a > USEC_NEVER - b ? USEC_NEVER : a + b);
}

usec_t
timing_retry(usec_t silent)
{
	if (silent < RETRY_1_UNTIL_US)
		return (RETRY_1_US);
	if (silent < RETRY_2_UNTIL_US)
		return (RETRY_2_US);
	if (silent < RETRY_3_UNTIL_US)
		return (RETRY_3_US);
	if (silent < RETRY_4_UNTIL_US)
		return (RETRY_4_US);
	return (RETRY_5_US);
}

usec_t
timing_pto(usec_t pto, unsigned count, bool input)
{
	usec_t	t = pto;

	for (; count > 0 && t < PTO_MAX_US; count--)
		t = input ? t + t / 2 : t * 2;
	if (t > PTO_MAX_US)
		t = PTO_MAX_US;
	return (t < pto ? pto : t);
}

usec_t
timing_duplicate(usec_t srtt)
{
	return (srtt / 4 < DUPLICATE_MAX_US ? srtt / 4 : DUPLICATE_MAX_US);
}

usec_t
timing_frame(usec_t srtt, unsigned stretch)
{
	usec_t	t = srtt / 4;

	if (t < FRAME_INTERVAL_MIN_US)
		t = FRAME_INTERVAL_MIN_US;
	if (t > FRAME_INTERVAL_MAX_US)
		t = FRAME_INTERVAL_MAX_US;
	t = t * stretch / 1000;
	return (t < FRAME_INTERVAL_MAX_US ? t : FRAME_INTERVAL_MAX_US);
}

usec_t
timing_race(unsigned step)
{
	static const usec_t	at[TIMING_RACE_STEPS] = {
		0, RACE_1_US, RACE_2_US, RACE_3_US, RACE_4_US, RACE_5_US,
	};

	if (step < TIMING_RACE_STEPS)
		return (at[step]);
	return (RACE_5_US + (step - TIMING_RACE_STEPS + 1) *
	    (usec_t)RACE_AGAIN_US);
}

/* At 0, 1, 2, 4 PTO, then verdict; stretched to PATH_VALIDATE_MIN_US. */
usec_t
timing_challenge(usec_t pto, unsigned tries)
{
	static const unsigned	factor[PATH_TRIES + 1] = { 0, 1, 2, 4, 5 };

	if (tries > PATH_TRIES)
		tries = PATH_TRIES;
	if (pto < PATH_VALIDATE_MIN_US / factor[PATH_TRIES])
		pto = PATH_VALIDATE_MIN_US / factor[PATH_TRIES];
	return (pto * factor[tries]);
}

usec_t
timing_silent(usec_t interval)
{
	usec_t	t = 2 * interval + SERVER_SLACK_US;

	return (t > SERVER_SILENT_US ? t : SERVER_SILENT_US);
}
