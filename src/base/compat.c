/* SPDX-License-Identifier: ISC */
/*
 * Stand-ins for what a C library lacks; each has the meaning its man page
 * gives it on OpenBSD.
 */

#include "base/compat.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A file must hold something even when nothing is missing. */
extern const int	compat_here;
const int		compat_here = 1;

#ifndef HAVE_STRLCPY
size_t
strlcpy(char *to, const char *from, size_t size)
{
	size_t	n = strlen(from), copied;

	if (size != 0) {
		copied = n < size ? n : size - 1;
		memcpy(to, from, copied);
		to[copied] = '\0';
	}
	return (n);
}
#endif

#ifndef HAVE_STRLCAT
size_t
strlcat(char *to, const char *from, size_t size)
{
	size_t	n = strnlen(to, size), add = strlen(from), copied;

	if (n < size) {
		copied = add < size - n ? add : size - n - 1;
		memcpy(to + n, from, copied);
		to[n + copied] = '\0';
	}
	return (n + add);
}
#endif

#ifndef HAVE_EXPLICIT_BZERO
/* Called through a volatile pointer, so the compiler cannot see memset. */
static void	*(*const volatile bzero_memset)(void *, int, size_t) = memset;

void
explicit_bzero(void *p, size_t n)
{
	bzero_memset(p, 0, n);
}
#endif

#ifndef HAVE_REALLOCARRAY
void *
reallocarray(void *p, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size) {
		errno = ENOMEM;
		return (NULL);
	}
	return (realloc(p, n * size));
}
#endif
