/* SPDX-License-Identifier: ISC */
#ifndef OS_RANDOM_H
#define OS_RANDOM_H

#include "base/rng.h"

/*
 * The system's source of random bytes, good for keys.  Static; never fails
 * (the program ends if the system has no such source).
 */
struct rng	*os_rng(void);

#endif /* OS_RANDOM_H */
