/* SPDX-License-Identifier: ISC */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compat.h"	/* strlcpy, strlcat */

/*
 * Parse a whole decimal number, blanks not allowed.  Returns 0 and sets *out;
 * or -1 and sets *why to "too small", "too large" or "invalid" (static).
 * out and why may be NULL.
 */
int		 str_to_int(const char *, long long min, long long max,
		    long long *out, const char **why);

bool		 str_eq(const char *, const char *);	/* NULLs are equal */
bool		 str_starts(const char *, const char *prefix);

/*
 * Copy with everything that a terminal could act upon made visible: control
 * bytes and backslash become \n, \t, \033, \\ ...; C1 controls and malformed
 * UTF-8 become octal too.  Other well-formed UTF-8 stays.  Freed by the
 * caller.
 */
char		*str_vis(const char *, size_t);

/*
 * The word of the list nearest to word by Damerau-Levenshtein distance, or
 * NULL if none is near (more than a third of it would have to change).
 */
const char	*str_nearest(const char *word, const char *const *list,
		    size_t n);

/* A port number, or two of them as "first-last", all from 1 on. */
bool		 str_to_ports(const char *, uint16_t *lo, uint16_t *hi);

/* The words with sep between them.  Freed by the caller. */
char		*str_join(int argc, char *const *argv, const char *sep);

/*
 * Quote so that a POSIX shell reads back one word; harmless words stay as
 * they are.  Freed by the caller.
 */
char		*str_quote_sh(const char *);

/* What base64 means; *len is set, the caller frees.  NULL if it is not base64. */
uint8_t		*str_base64_decode(const uint8_t *, size_t n, size_t *len);

#endif /* BASE_STR_H */
