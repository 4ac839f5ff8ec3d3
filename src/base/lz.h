/* SPDX-License-Identifier: ISC */

/*
 * lz.h - bytes made smaller, fast: for data of our own that is seldom read.
 *
 * No format for the wire or for files: it may change from build to build.
 */

#ifndef BASE_LZ_H
#define BASE_LZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LZ_MAX	65536		/* bytes that can be packed at once */

/*
 * Pack n bytes (at most LZ_MAX) into at most cap.  Returns how many, 0 if they do
 * not fit: then they are as good as they are.
 */
size_t	lz_pack(const void *in, size_t n, void *out, size_t cap);
/*
 * Unpack what lz_pack() made of exactly `want` bytes.  False if it cannot be that:
 * then out holds anything, but nothing was read or written beyond the ends.
 */
bool	lz_unpack(const void *in, size_t n, void *out, size_t want);

#endif
