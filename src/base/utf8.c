/* SPDX-License-Identifier: ISC */
/*
 * UTF-8 by the table of well-formed byte sequences (Unicode 15, table 3-7):
 * the first byte fixes the length and the range of the second; the others are
 * 80..BF.  So a prefix is known to be hopeless at its first wrong byte, which
 * is what "maximal subpart" means and what lets a decoder wait for more
 * input only when more input can help.
 *
 *	00..7F
 *	C2..DF  80..BF
 *	E0      A0..BF  80..BF          (below: overlong)
 *	E1..EF  80..BF  80..BF          (ED: 80..9F, above are surrogates)
 *	F0      90..BF  80..BF  80..BF  (below: overlong)
 *	F1..F4  80..BF  80..BF  80..BF  (F4: 80..8F, above is past 10FFFF)
 */

#include "base/utf8.h"

int
utf8_decode(const uint8_t *p, size_t n, uint32_t *cp)
{
	uint32_t	v;
	uint8_t		lo = 0x80, hi = 0xbf;
	int		i, len;

	if (n == 0)
		return (0);
	if (p[0] < 0x80) {
		*cp = p[0];
		return (1);
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		len = 2;
		v = p[0] & 0x1f;
	} else if ((p[0] & 0xf0) == 0xe0) {
		len = 3;
		v = p[0] & 0x0f;
		if (p[0] == 0xe0)
			lo = 0xa0;
		else if (p[0] == 0xed)
			hi = 0x9f;
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		len = 4;
		v = p[0] & 0x07;
		if (p[0] == 0xf0)
			lo = 0x90;
		else if (p[0] == 0xf4)
			hi = 0x8f;
	} else {
		*cp = UTF8_REPLACEMENT;
		return (1);
	}
	for (i = 1; i < len; i++) {
		if ((size_t)i == n)
			return (0);
		if (p[i] < lo || p[i] > hi) {
			*cp = UTF8_REPLACEMENT;
			return (i);
		}
		v = v << 6 | (p[i] & 0x3f);
		lo = 0x80;
		hi = 0xbf;
	}
	*cp = v;
	return (len);
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return (1);
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return (2);
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return (3);
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return (4);
}

bool
utf8_valid(const void *data, size_t n)
{
	const uint8_t	*p = data;
	uint32_t	 cp;
	size_t		 i;
	int		 len;

	for (i = 0; i < n; i += (size_t)len) {
		if ((len = utf8_decode(p + i, n - i, &cp)) == 0)
			return (false);
		/* A genuine U+FFFD is three bytes, EF BF BD. */
		if (cp == UTF8_REPLACEMENT && (len != 3 || p[i + 1] != 0xbf ||
		    p[i + 2] != 0xbd || p[i] != 0xef))
			return (false);
	}
	return (true);
}
