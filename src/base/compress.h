/* SPDX-License-Identifier: ISC */
#ifndef BASE_COMPRESS_H
#define BASE_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Bytes of our own made smaller, by zstd: for data that is seldom read.
 *
 * No format for the wire or for files: it may change from build to build.
 * Built without zstd nothing is made smaller, and all stays as it is.
 */

#define COMPRESS_MAX	65536		/* bytes that can be packed at once */

/*
 * Pack n bytes (at most COMPRESS_MAX) into at most cap.  Returns how many, 0 if they
 * do not fit: then they are as good as they are.
 */
size_t	compress_pack(const void *in, size_t n, void *out, size_t cap);
/*
 * Unpack what compress_pack() made of exactly `want` bytes.  False if it cannot be
 * that: then out holds anything, but nothing was read or written beyond the ends.
 */
bool	compress_unpack(const void *in, size_t n, void *out, size_t want);

#endif /* BASE_COMPRESS_H */
