/* SPDX-License-Identifier: ISC */
/* links: tty term base */
/*
 * Whatever the outer terminal sends is taken, bounded, and ends.  A byte of 0xfe
 * lets time pass, 0xfd changes how it is fed.
 */

#include <stdlib.h>

#include "base/log.h"
#include "tty/features.h"
#include "tty/keys.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static size_t
take(struct tty_keys *k, usec_t now)
{
	struct tty_input	in;
	size_t			sum = 0, i, n = 0;

	while (tty_keys_next(k, now, &in)) {
		must(n++ < 4 * TTY_KEYS_BUFFER_MAX);
		if (in.kind == TTY_INPUT_PASTE) {
			for (i = 0; i < in.len; i++)
				sum += in.bytes[i];
		} else if (in.kind == TTY_INPUT_REPLY) {
			for (i = 0; i < in.reply.len; i++)
				sum += in.reply.data[i];
		} else
			sum += (size_t)in.key.code;
	}
	return (sum);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct tinfo		*ti = tinfo_fallback("xterm");
	struct tty_features	 f;
	struct tty_keys		*k;
	usec_t			 now = USEC_PER_SEC;
	size_t			 i, step = 1, took;

	features_init(&f, ti, NULL, true);
	k = tty_keys_new(ti, &f);
	tty_keys_set_user(k, KEY_USER_0, "\033[~x");
	for (i = 0; i < n; ) {
		if (p[i] == 0xfe) {
			now += 300 * USEC_PER_MSEC;
			take(k, now);
			i++;
			continue;
		}
		if (p[i] == 0xfd) {
			step = step * 7 % 251;
			i++;
			continue;
		}
		took = tty_keys_feed(k, p + i, n - i < step ? n - i : step,
		    now);
		take(k, now);
		if (took == 0)
			break;
		i += took;
	}
	must(i == n);
	take(k, now + 10 * USEC_PER_SEC);
	must(tty_keys_wake(k) == USEC_NEVER);
	tty_keys_free(k);
	tinfo_free(ti);
	return (0);
}
