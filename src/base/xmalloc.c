/* SPDX-License-Identifier: ISC */
/*
 * Allocation that does not fail.  A multiplexer that cannot get memory for a
 * list node has nowhere to go, and code for that case would never be tested;
 * so we stop here, with a message.  What strangers may make us allocate is
 * bounded long before.
 */

#include "base/xmalloc.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compat.h"
#include "base/log.h"
#include "base/mem.h"

void *
xmalloc(size_t size)
{
	void	*p;

	if (size == 0)
		size = 1;
	if (size > PTRDIFF_MAX || (p = malloc(size)) == NULL)
		fatalx("out of memory: cannot get %zu bytes", size);
	return (p);
}

void *
xcalloc(size_t n, size_t size)
{
	void	*p;

	if (n == 0 || size == 0)
		n = size = 1;
	if (n > PTRDIFF_MAX / size || (p = calloc(n, size)) == NULL)
		fatalx("out of memory: cannot get %zu * %zu bytes", n, size);
	return (p);
}

void *
xrealloc(void *old, size_t size)
{
	return (xreallocarray(old, 1, size));
}

void *
xreallocarray(void *old, size_t n, size_t size)
{
	void	*p;

	if (n == 0 || size == 0)
		n = size = 1;
	if (n > PTRDIFF_MAX / size ||
	    (p = reallocarray(old, n, size)) == NULL)
		fatalx("out of memory: cannot get %zu * %zu bytes", n, size);
	return (p);
}

void *
xrecallocarray(void *old, size_t oldn, size_t n, size_t size)
{
	char	*p;

	if (old == NULL)
		return (xcalloc(n, size));
	if (n < oldn)
		mem_wipe((char *)old + n * size, (oldn - n) * size);
	p = xreallocarray(old, n, size);
	if (n > oldn)
		memset(p + oldn * size, 0, (n - oldn) * size);
	return (p);
}

char *
xstrdup(const char *s)
{
	return (xmemdup(s, strlen(s) + 1));
}

char *
xstrndup(const char *s, size_t max)
{
	size_t	 n = strnlen(s, max);
	char	*p = xmalloc(n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return (p);
}

void *
xmemdup(const void *from, size_t n)
{
	void	*p = xmalloc(n);

	if (n != 0)
		memcpy(p, from, n);
	return (p);
}

int
xasprintf(char **out, const char *fmt, ...)
{
	va_list	ap;
	int	n;

	va_start(ap, fmt);
	n = xvasprintf(out, fmt, ap);
	va_end(ap);
	return (n);
}

int
xvasprintf(char **out, const char *fmt, va_list ap)
{
	va_list	again;
	int	n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0 || n == INT_MAX)
		fatalx("cannot print \"%s\"", fmt);
	*out = xmalloc((size_t)n + 1);
	vsnprintf(*out, (size_t)n + 1, fmt, ap);
	return (n);
}
