/* SPDX-License-Identifier: ISC */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT	0xfffdU

/*
 * Decode one code point from the n bytes at p.  Returns how many bytes it
 * took, at least 1.  Malformed input gives U+FFFD for each maximal subpart
 * (Unicode 15, section 3.9, "Substitution of Maximal Subparts"; what
 * browsers do): surrogates, overlong forms and values past U+10FFFF are
 * malformed.  Returns 0 when the n bytes are a valid beginning of something
 * longer, and when n is 0; *cp is then not set.
 */
int	utf8_decode(const uint8_t *p, size_t n, uint32_t *cp);

/*
 * Encode into out, without a final NUL; returns the length, 1 to 4.  What is
 * not a code point is encoded as U+FFFD.
 */
size_t	utf8_encode(uint32_t cp, char out[4]);

/* Whether all n bytes are well-formed and complete. */
bool	utf8_valid(const void *p, size_t n);

#endif /* BASE_UTF8_H */
