/* SPDX-License-Identifier: ISC */
#ifndef BASE_XMALLOC_H
#define BASE_XMALLOC_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Allocate or abort.  None of these returns NULL: when memory runs out or a
 * size overflows, the program ends with a message.  Sizes which come from
 * outside must therefore be bounded before they get here.  A size of nought
 * gives a pointer that may be freed.  Everything is freed with free().
 */
void	*xmalloc(size_t);
void	*xcalloc(size_t n, size_t size);
void	*xrealloc(void *, size_t);
void	*xreallocarray(void *, size_t n, size_t size);

/* Grow or shrink an array; what is new is zero, what is cut off is wiped. */
void	*xrecallocarray(void *, size_t oldn, size_t n, size_t size);

char	*xstrdup(const char *);
char	*xstrndup(const char *, size_t max);
void	*xmemdup(const void *, size_t);

/* Print into a new string; return its length. */
int	 xasprintf(char **, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
int	 xvasprintf(char **, const char *fmt, va_list)
	    __attribute__((format(printf, 2, 0)));

#endif /* BASE_XMALLOC_H */
