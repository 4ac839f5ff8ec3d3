/* SPDX-License-Identifier: ISC */
/*
 * What is packed comes back as it was: text, noise, runs, all lengths; and no
 * damaged input makes the unpacker read or write where it must not.
 */

#include "base/compress.h"
#include "base/rng.h"
#include "base/xmalloc.h"
#include "config.h"
#include "tap.h"

static struct rng_seeded	rng;

static uint32_t
below(uint32_t n)
{
	return ((uint32_t)rng_below(&rng.rng, n));
}

/* Of this kind: 0 noise, 1 one byte, 2 words, 3 words with noise, 4 runs. */
static void
make(uint8_t *p, size_t n, unsigned kind)
{
	size_t	 i, k, back;

	for (i = 0; i < n;) {
		k = 1 + below(kind == 4 ? 600 : 12);
		if (k > n - i)
			k = n - i;
		if (kind == 0 || (kind == 3 && below(4) == 0)) {
			p[i++] = (uint8_t)below(256);
		} else if (kind == 1) {
			p[i++] = 'x';
		} else if (kind == 4) {
			memset(p + i, (int)below(4), k);
			i += k;
		} else if (i > 64 && below(3) != 0) {
			back = 1 + below((uint32_t)(i - 1));
			if (k > back)
				k = back;
			memcpy(p + i, p + i - back, k);
			i += k;
		} else
			p[i++] = (uint8_t)('a' + below(26));
	}
}

/* Exact allocations, so that the sanitizers see a step too far. */
static bool
there_and_back(size_t n, unsigned kind)
{
	uint8_t	*in = xmalloc(n + 1), *out = xmalloc(n + n / 200 + 32), *back;
	uint8_t	*exact;
	size_t	 len;
	bool	 good;
	int	 i;

	make(in, n, kind);
	len = compress_pack(in, n, out, n + n / 200 + 32);
	good = len != 0;
	exact = xmemdup(out, len + 1);
	back = xmalloc(n + 1);
	if (good)
		good = compress_unpack(exact, len, back, n) &&
		    memcmp(in, back, n) == 0;
	/* Another length is not what was packed. */
	if (good && n > 0)
		good = !compress_unpack(exact, len, back, n - 1);
	free(exact);
	/* Too little room is said so, and is not overrun. */
	if (good && len > 1) {
		exact = xmalloc(len - 1);
		good = compress_pack(in, n, exact, len - 1) == 0;
		free(exact);
	}
	/* Damage: cut short, or with other bytes. */
	for (i = 0; good && i < 20 && len > 0; i++) {
		size_t	 cut = below((uint32_t)len) + 1;

		exact = xmemdup(out, cut);
		if (below(2))
			exact[below((uint32_t)cut)] = (uint8_t)below(256);
		compress_unpack(exact, cut, back, n);
		free(exact);
	}
	free(back);
	free(out);
	free(in);
	return (good);
}

int
main(int argc, char **argv)
{
	uint64_t	 seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
	static const char *const kinds[] = {
		"noise", "one byte", "words", "words and noise", "runs"
	};
	uint8_t		*in = xmalloc(COMPRESS_MAX), *out = xmalloc(COMPRESS_MAX);
	unsigned	 k;
	size_t		 n;
	int		 i;
	bool		 good;

#ifndef HAVE_ZSTD
	puts("1..0 # SKIP built without zstd");
	return (0);
#endif
	rng_seeded_init(&rng, seed);
	diag("seed %llu", (unsigned long long)seed);
	for (k = 0; k < 5; k++) {
		good = true;
		for (n = 0; good && n < 300; n++)
			good = there_and_back(n, k);
		for (i = 0; good && i < 30; i++)
			good = there_and_back(below(COMPRESS_MAX + 1), k);
		good = good && there_and_back(COMPRESS_MAX, k);
		ok(good, "%s of all lengths", kinds[k]);
	}
	make(in, COMPRESS_MAX, 2);
	n = compress_pack(in, COMPRESS_MAX, out, COMPRESS_MAX);
	ok(n > 0 && n < COMPRESS_MAX / 4 * 3, "what repeats gets small: %zu", n);
	make(in, COMPRESS_MAX, 0);
	is_int(compress_pack(in, COMPRESS_MAX, out, COMPRESS_MAX), 0, "noise does not");
	free(in);
	free(out);
	return (done_testing());
}
