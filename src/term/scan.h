/* SPDX-License-Identifier: ISC */

/*
 * scan.h - the content of a control string, taken apart at its separators.
 */

#ifndef TERM_SCAN_H
#define TERM_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A string being taken apart at its semicolons; not NUL-terminated. */
struct scan {
	const uint8_t	*p, *end;
};

/* The next field up to a separator, which is passed; false at the end. */
static inline bool
scan_field(struct scan *s, uint8_t sep, struct scan *field)
{
	const uint8_t	*q;

	if (s->p == NULL)
		return (false);
	q = memchr(s->p, sep, (size_t)(s->end - s->p));
	field->p = s->p;
	field->end = q == NULL ? s->end : q;
	s->p = q == NULL ? NULL : q + 1;
	return (true);
}

/* A whole decimal number of few digits, -1 if it is not. */
static inline int
scan_number(const struct scan *f)
{
	const uint8_t	*p;
	int		 n = 0;

	if (f->p == f->end || f->end - f->p > 6)
		return (-1);
	for (p = f->p; p < f->end; p++) {
		if (*p < '0' || *p > '9')
			return (-1);
		n = n * 10 + (*p - '0');
	}
	return (n);
}

static inline bool
scan_is(const struct scan *f, const char *s)
{
	size_t	 n = strlen(s);

	return ((size_t)(f->end - f->p) == n && memcmp(f->p, s, n) == 0);
}

static inline size_t
scan_left(const struct scan *s)
{
	return (s->p == NULL ? 0 : (size_t)(s->end - s->p));
}

/* The value of a hex digit, -1 if it is none. */
static inline int
scan_hex(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	c |= 0x20;
	return (c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1);
}

#endif
