/* SPDX-License-Identifier: ISC */
/*
 * The system's random bytes, by getrandom() or arc4random_buf().  Both work in
 * a process that has no descriptors left and after a fork, and neither can
 * give predictable bytes early after boot.
 */

#include "os/random.h"

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#ifdef HAVE_GETRANDOM
#include <sys/random.h>
#endif

#include "base/log.h"

#if defined(HAVE_GETRANDOM)
static void
system_fill(struct rng *r, void *to, size_t n)
{
	char	*p = to;
	ssize_t	 got;

	(void)r;
	while (n > 0) {
		got = getrandom(p, n < 256 ? n : 256, 0);
		if (got == -1 && errno == EINTR)
			continue;
		if (got <= 0)
			fatal("the system gives no random numbers");
		p += got;
		n -= (size_t)got;
	}
}
#elif defined(HAVE_ARC4RANDOM_BUF)
static void
system_fill(struct rng *r, void *to, size_t n)
{
	(void)r;
	arc4random_buf(to, n);
}
#else
#error "no getrandom() and no arc4random_buf(): where would keys come from?"
#endif

struct rng *
os_rng(void)
{
	static struct rng	rng = { system_fill };

	return (&rng);
}
