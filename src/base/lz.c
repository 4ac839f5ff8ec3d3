/* SPDX-License-Identifier: ISC */

/*
 * lz.c - bytes made smaller, fast.
 *
 * A byte-wise Lempel-Ziv scheme in the manner of LZ4: no entropy coding, so
 * that unpacking is copying.  The output is a row of steps
 *
 *	lengths	1 byte	literals << 4 | (match - 4); 15: more bytes follow
 *	more		255 for as long as it takes, then the rest
 *	literals
 *	back	2 bytes	how far before here the match begins, low byte first
 *	more		of the match's length
 *
 * of which the last has literals only and ends with the input.  Matches are
 * found by one table of the last place where four bytes hashed alike; the
 * longer nothing is found, the wider the steps become.
 */

#include "base/lz.h"

#include <string.h>

#include "base/log.h"

#define MATCH_MIN	4
#define TAIL		12	/* the last bytes are literals */
#define HASH_BITS	13
#define SKIP_SHIFT	6

static inline uint32_t
load4(const uint8_t *p)
{
	uint32_t	 v;

	memcpy(&v, p, sizeof v);
	return (v);
}

static inline unsigned
hash4(uint32_t v)
{
	return (v * 2654435761u >> (32 - HASH_BITS));
}

/* How far a and b agree, b up to end. */
static size_t
agree(const uint8_t *a, const uint8_t *b, const uint8_t *end)
{
	const uint8_t	*start = b;
	uint64_t	 x, y;

	while (end - b >= 8) {
		memcpy(&x, a, 8);
		memcpy(&y, b, 8);
		if (x != y)
			break;
		a += 8;
		b += 8;
	}
	while (b < end && *a == *b) {
		a++;
		b++;
	}
	return ((size_t)(b - start));
}

/* What of a length did not fit its four bits. */
static uint8_t *
put_more(uint8_t *o, size_t n)
{
	for (n -= 15; n >= 255; n -= 255)
		*o++ = 255;
	*o++ = (uint8_t)n;
	return (o);
}

/* One step; match 0: the last.  NULL if there is no room. */
static uint8_t *
put_step(uint8_t *o, const uint8_t *oend, const uint8_t *lit, size_t nlit,
    size_t back, size_t match)
{
	size_t	 m = match == 0 ? 0 : match - MATCH_MIN;

	if ((size_t)(oend - o) < 1 + nlit / 255 + 1 + nlit + 2 + m / 255 + 1)
		return (NULL);
	*o++ = (uint8_t)((nlit < 15 ? nlit : 15) << 4 | (m < 15 ? m : 15));
	if (nlit >= 15)
		o = put_more(o, nlit);
	memcpy(o, lit, nlit);
	o += nlit;
	if (match == 0)
		return (o);
	*o++ = (uint8_t)back;
	*o++ = (uint8_t)(back >> 8);
	if (m >= 15)
		o = put_more(o, m);
	return (o);
}

size_t
lz_pack(const void *in, size_t n, void *out, size_t cap)
{
	const uint8_t	*s = in, *end = s + n, *at = s, *lit = s, *ref;
	uint8_t		*o = out, *oend = o + cap;
	uint16_t	 seen[1u << HASH_BITS] = { 0 };
	uint32_t	 v;
	unsigned	 h;
	size_t		 match;

	must(n <= LZ_MAX);
	while (end - at > TAIL) {
		v = load4(at);
		h = hash4(v);
		ref = s + seen[h];
		seen[h] = (uint16_t)(at - s);
		if (ref >= at || load4(ref) != v) {
			at += 1 + ((at - lit) >> SKIP_SHIFT);
			continue;
		}
		match = MATCH_MIN + agree(ref + MATCH_MIN, at + MATCH_MIN, end);
		o = put_step(o, oend, lit, (size_t)(at - lit),
		    (size_t)(at - ref), match);
		if (o == NULL)
			return (0);
		at += match;
		lit = at;
		if (end - at > TAIL)
			seen[hash4(load4(at - 2))] = (uint16_t)(at - 2 - s);
	}
	o = put_step(o, oend, lit, (size_t)(end - lit), 0, 0);
	return (o == NULL ? 0 : (size_t)(o - (uint8_t *)out));
}

/* The rest of a length; false if the input ends in it. */
static bool
get_more(const uint8_t **s, const uint8_t *end, size_t *n)
{
	uint8_t	 c;

	do {
		if (*s == end)
			return (false);
		c = *(*s)++;
		*n += c;
	} while (c == 255);
	return (true);
}

bool
lz_unpack(const void *in, size_t n, void *out, size_t want)
{
	const uint8_t	*s = in, *end = s + n;
	uint8_t		*start = out, *o = start, *oend = o + want, c;
	size_t		 nlit, match, back;

	while (s < end) {
		c = *s++;
		nlit = c >> 4;
		if (nlit == 15 && !get_more(&s, end, &nlit))
			return (false);
		if (nlit > (size_t)(end - s) || nlit > (size_t)(oend - o))
			return (false);
		memcpy(o, s, nlit);
		o += nlit;
		s += nlit;
		if (s == end)
			break;
		if (end - s < 2)
			return (false);
		back = s[0] | (size_t)s[1] << 8;
		s += 2;
		match = c & 15;
		if (match == 15 && !get_more(&s, end, &match))
			return (false);
		match += MATCH_MIN;
		if (back == 0 || back > (size_t)(o - start) ||
		    match > (size_t)(oend - o))
			return (false);
		if (back >= match) {
			memcpy(o, o - back, match);
			o += match;
			continue;
		}
		for (; match > 0; match--, o++)
			*o = o[-(ptrdiff_t)back];
	}
	return (o == oend);
}
