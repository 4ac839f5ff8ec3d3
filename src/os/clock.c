/* SPDX-License-Identifier: ISC */
/*
 * The only place where a clock is read.  Boot time is preferred: a laptop that
 * slept for an hour has been away for an hour, and must be seen to have been.
 * On macOS CLOCK_MONOTONIC counts sleep; on OpenBSD CLOCK_BOOTTIME does.
 */

#include "os/clock.h"

#include <time.h>

static usec_t
read_clock(clockid_t id)
{
	struct timespec	ts;

	if (clock_gettime(id, &ts) != 0)
		return (0);
	return ((usec_t)ts.tv_sec * USEC_PER_SEC + (usec_t)ts.tv_nsec / 1000);
}

usec_t
os_clock(void)
{
#if defined(CLOCK_BOOTTIME)
	return (read_clock(CLOCK_BOOTTIME));
#else
	return (read_clock(CLOCK_MONOTONIC));
#endif
}

usec_t
os_clock_mono(void)
{
#if defined(__APPLE__) && defined(CLOCK_UPTIME_RAW)
	return (read_clock(CLOCK_UPTIME_RAW));
#else
	return (read_clock(CLOCK_MONOTONIC));
#endif
}

usec_t
os_time_us(void)
{
	return (read_clock(CLOCK_REALTIME));
}
