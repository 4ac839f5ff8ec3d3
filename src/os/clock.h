/* SPDX-License-Identifier: ISC */
#ifndef OS_CLOCK_H
#define OS_CLOCK_H

#include "base/clock.h"

/* Time since boot, sleep of the machine included where the OS tells it. */
usec_t	os_clock(void);

/* Time that does not go on while the machine sleeps. */
usec_t	os_clock_mono(void);

/* Microseconds since 1970, as the user's clock says; may jump. */
usec_t	os_time_us(void);

#endif /* OS_CLOCK_H */
