/* SPDX-License-Identifier: ISC */
/* Strings: numbers in them, quoting, joining, and what a typo meant. */

#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xmalloc.h"

/* Longer words are not compared: distance() is quadratic. */
#define STR_NEAREST_MAX	64

int
str_to_int(const char *s, long long min, long long max, long long *out,
    const char **why)
{
	const char		*dummy;
	unsigned long long	 v = 0, limit = UINT64_C(1) << 63;
	long long		 result;
	bool			 negative = false;
	unsigned int		 digit;

	if (why == NULL)
		why = &dummy;
	*why = "invalid";
	if (*s == '-' || *s == '+')
		negative = *s++ == '-';
	if (*s == '\0')
		return (-1);
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9')
			return (-1);
		digit = (unsigned int)(*s - '0');
		v = v > (limit - digit) / 10 ? limit : v * 10 + digit;
	}
	/* Here v is at most 2^63, which only a negative number may be. */
	if (negative)
		result = v == limit ? INT64_MIN : -(long long)v;
	else
		result = v == limit ? INT64_MAX : (long long)v;
	if (result < min) {
		*why = "too small";
		return (-1);
	}
	if (result > max || (v == limit && !negative)) {
		*why = "too large";
		return (-1);
	}
	*why = NULL;
	if (out != NULL)
		*out = result;
	return (0);
}

bool
str_eq(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a == b);
	return (strcmp(a, b) == 0);
}

bool
str_starts(const char *s, const char *prefix)
{
	return (strncmp(s, prefix, strlen(prefix)) == 0);
}

/* One byte made visible; returns how many it became. */
static size_t
vis_byte(uint8_t c, char *out)
{
	static const char	from[] = "\a\b\t\n\v\f\r\\", to[] = "abtnvfr\\";
	const char		*p;

	if (c >= 0x20 && c < 0x7f && c != '\\') {
		out[0] = (char)c;
		return (1);
	}
	out[0] = '\\';
	if (c != 0 && (p = strchr(from, c)) != NULL) {
		out[1] = to[p - from];
		return (2);
	}
	out[1] = (char)('0' + (c >> 6));
	out[2] = (char)('0' + (c >> 3 & 7));
	out[3] = (char)('0' + (c & 7));
	return (4);
}

char *
str_vis(const char *s, size_t n)
{
	const uint8_t	*p = (const uint8_t *)s;
	char		*out, *to;
	uint32_t	 cp;
	size_t		 i;
	int		 len, j;

	out = to = xmalloc(n * 4 + 1);
	for (i = 0; i < n; i += (size_t)len) {
		if ((len = utf8_decode(p + i, n - i, &cp)) == 0)
			len = (int)(n - i);	/* cut short at the end */
		else if (len > 1 && cp >= 0xa0 &&
		    utf8_valid(p + i, (size_t)len)) {
			memcpy(to, p + i, (size_t)len);
			to += len;
			continue;
		}
		for (j = 0; j < len; j++)
			to += vis_byte(p[i + (size_t)j], to);
	}
	*to = '\0';
	return (out);
}

/*
 * How many letters must be put in, left out, changed or swapped with their
 * neighbour to make b from a, in three rows of the usual table.
 */
static size_t
distance(const char *a, size_t an, const char *b, size_t bn)
{
	size_t	row[3][STR_NEAREST_MAX + 1], i, j, v;
	size_t	*now = row[0], *last = row[1], *before = row[2], *t;

	for (j = 0; j <= bn; j++)
		now[j] = j;
	for (i = 1; i <= an; i++) {
		t = before;
		before = last;
		last = now;
		now = t;
		now[0] = i;
		for (j = 1; j <= bn; j++) {
			v = last[j - 1] + (a[i - 1] != b[j - 1]);
			if (last[j] + 1 < v)
				v = last[j] + 1;
			if (now[j - 1] + 1 < v)
				v = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < v)
				v = before[j - 2] + 1;
			now[j] = v;
		}
	}
	return (now[bn]);
}

const char *
str_nearest(const char *word, const char *const *list, size_t n)
{
	const char	*best = NULL;
	size_t		 i, len = strlen(word), other, d, longer;
	size_t		 best_d = SIZE_MAX;

	if (len > STR_NEAREST_MAX)
		return (NULL);
	for (i = 0; i < n; i++) {
		if (list[i] == NULL ||
		    (other = strlen(list[i])) > STR_NEAREST_MAX)
			continue;
		d = distance(word, len, list[i], other);
		longer = len > other ? len : other;
		if (d < best_d && d * 3 <= longer) {
			best = list[i];
			best_d = d;
		}
	}
	return (best);
}

bool
str_to_ports(const char *text, uint16_t *lo, uint16_t *hi)
{
	const char	*dash = strchr(text, '-');
	char		 first[8];
	size_t		 n = dash != NULL ? (size_t)(dash - text) : strlen(text);
	long long	 a, b;

	if (n >= sizeof first)
		return (false);
	memcpy(first, text, n);
	first[n] = '\0';
	if (str_to_int(first, 1, 65535, &a, NULL) != 0)
		return (false);
	b = a;
	if (dash != NULL && str_to_int(dash + 1, a, 65535, &b, NULL) != 0)
		return (false);
	*lo = (uint16_t)a;
	*hi = (uint16_t)b;
	return (true);
}

char *
str_join(int argc, char *const *argv, const char *sep)
{
	size_t	 n = 1, seplen = strlen(sep), len;
	char	*out, *to;
	int	 i;

	for (i = 0; i < argc; i++)
		n += strlen(argv[i]) + seplen;
	out = to = xmalloc(n);
	for (i = 0; i < argc; i++) {
		if (i != 0) {
			memcpy(to, sep, seplen);
			to += seplen;
		}
		len = strlen(argv[i]);
		memcpy(to, argv[i], len);
		to += len;
	}
	*to = '\0';
	return (out);
}

char *
str_quote_sh(const char *s)
{
	static const char	 plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
	size_t			 n = 3;
	const char		*p;
	char			*out, *to;

	/* A leading "=" is special to zsh, "NAME=" to all. */
	if (*s != '\0' && s[strspn(s, plain)] == '\0' &&
	    strchr(s, '=') == NULL)
		return (xstrdup(s));
	for (p = s; *p != '\0'; p++)
		n += *p == '\'' ? 4 : 1;
	out = to = xmalloc(n);
	*to++ = '\'';
	for (p = s; *p != '\0'; p++) {
		if (*p == '\'') {
			memcpy(to, "'\\''", 4);
			to += 4;
		} else
			*to++ = *p;
	}
	*to++ = '\'';
	*to = '\0';
	return (out);
}

static int
base64_value(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return (c - 'A');
	if (c >= 'a' && c <= 'z')
		return (c - 'a' + 26);
	if (c >= '0' && c <= '9')
		return (c - '0' + 52);
	return (c == '+' ? 62 : c == '/' ? 63 : -1);
}

uint8_t *
str_base64_decode(const uint8_t *p, size_t n, size_t *len)
{
	const uint8_t	*end = n > 0 ? p + n : p;
	uint8_t		*out = xmalloc(n / 4 * 3 + 4);
	uint32_t	 acc = 0;
	size_t		 used = 0;
	int		 bits = 0, v;

	for (; p < end && *p != '='; p++) {
		if ((v = base64_value(*p)) < 0) {
			free(out);
			return (NULL);
		}
		acc = acc << 6 | (uint32_t)v;
		if ((bits += 6) >= 8) {
			bits -= 8;
			out[used++] = (uint8_t)(acc >> bits);
		}
	}
	for (; p < end; p++) {
		if (*p != '=') {
			free(out);
			return (NULL);
		}
	}
	*len = used;
	return (out);
}
