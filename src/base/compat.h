/* SPDX-License-Identifier: ISC */
#ifndef BASE_COMPAT_H
#define BASE_COMPAT_H

/* What some C libraries lack; configure finds out. */

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

/* At the end of a case that goes on into the next, for both compilers. */
#if defined(__GNUC__) || defined(__clang__)
#define FALLTHROUGH	__attribute__((fallthrough))
#else
#define FALLTHROUGH	((void)0)
#endif

#ifndef HAVE_STRLCPY
size_t	 strlcpy(char *, const char *, size_t);
#endif
#ifndef HAVE_STRLCAT
size_t	 strlcat(char *, const char *, size_t);
#endif
#ifndef HAVE_EXPLICIT_BZERO
void	 explicit_bzero(void *, size_t);
#endif
#ifndef HAVE_REALLOCARRAY
void	*reallocarray(void *, size_t, size_t);
#endif

#endif /* BASE_COMPAT_H */
