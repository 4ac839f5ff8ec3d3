/* SPDX-License-Identifier: ISC */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/*
 * Time, as a type only: microseconds since some fixed moment.  Where it comes
 * from is the business of os/clock.h; everything else gets it as an argument.
 */
typedef uint64_t usec_t;

#define USEC_PER_MSEC	((usec_t)1000)
#define USEC_PER_SEC	((usec_t)1000000)
#define USEC_NEVER	UINT64_MAX	/* a deadline that does not come */

#endif /* BASE_CLOCK_H */
