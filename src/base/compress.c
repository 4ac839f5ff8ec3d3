/* SPDX-License-Identifier: ISC */

/*
 * compress.c - see compress.h.
 *
 * One context for each direction is made when first needed and kept: making
 * one costs more than the pieces that are packed here.  The fastest of zstd's
 * ordinary levels, since what is packed is made by floods of output.
 */

#include "base/compress.h"
#include "base/log.h"
#include "config.h"

#ifdef HAVE_ZSTD

#include <zstd.h>

#define LEVEL	1

size_t
compress_pack(const void *in, size_t n, void *out, size_t cap)
{
	static ZSTD_CCtx	*ctx;
	size_t			 len;

	must(n <= COMPRESS_MAX);
	if (ctx == NULL && (ctx = ZSTD_createCCtx()) == NULL)
		return (0);
	len = ZSTD_compressCCtx(ctx, out, cap, in, n, LEVEL);
	return (ZSTD_isError(len) ? 0 : len);
}

bool
compress_unpack(const void *in, size_t n, void *out, size_t want)
{
	static ZSTD_DCtx	*ctx;

	if (ctx == NULL && (ctx = ZSTD_createDCtx()) == NULL)
		return (false);
	return (ZSTD_decompressDCtx(ctx, out, want, in, n) == want);
}

#else

size_t
compress_pack(const void *in, size_t n, void *out, size_t cap)
{
	(void)in;
	(void)n;
	(void)out;
	(void)cap;
	return (0);
}

bool
compress_unpack(const void *in, size_t n, void *out, size_t want)
{
	(void)in;
	(void)n;
	(void)out;
	(void)want;
	return (false);
}

#endif
