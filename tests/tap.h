/* SPDX-License-Identifier: ISC */
#ifndef TAP_H
#define TAP_H

/*
 * Test points in the Test Anything Protocol.  One .c file is one test
 * program: it calls these and ends with "return (done_testing());".
 *
 *	ok(cond, "name %d", n)			returns cond
 *	is_int(got, want, "name")		any integer type
 *	is_str(got, want, "name")		NULLs allowed
 *	is_mem(got, want, n, "name")		shows both in hex
 *	pass("name"), fail("name")
 *	skip(n, "why")				n points not run
 *	diag("printf-like")			shown when the program fails
 *	bail("why")				stop everything now
 *	plan(n)					optional: how many points
 *
 * The name is a sentence that says what holds.
 */

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAP_PRINTF(n)	__attribute__((format(printf, n, (n) + 1), unused))

static int	tap_points, tap_failed, tap_planned;

static inline void TAP_PRINTF(1)
diag(const char *fmt, ...)
{
	va_list	ap;

	fputs("# ", stdout);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

static inline bool __attribute__((format(printf, 4, 0)))
tap_vpoint(bool good, const char *file, int line, const char *fmt, va_list ap)
{
	printf("%sok %d - ", good ? "" : "not ", ++tap_points);
	vprintf(fmt, ap);
	putchar('\n');
	if (!good) {
		tap_failed++;
		printf("#   at %s:%d\n", file, line);
	}
	/* At once, so that nothing is lost when the next point crashes. */
	fflush(stdout);
	return (good);
}

static inline bool TAP_PRINTF(4)
tap_point(bool good, const char *file, int line, const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	tap_vpoint(good, file, line, fmt, ap);
	va_end(ap);
	return (good);
}

static inline bool TAP_PRINTF(6)
tap_int(intmax_t got, intmax_t want, bool is_unsigned, const char *file,
    int line, const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	tap_vpoint(got == want, file, line, fmt, ap);
	va_end(ap);
	if (got == want)
		return (true);
	if (is_unsigned)
		diag("  got %ju, want %ju", (uintmax_t)got, (uintmax_t)want);
	else
		diag("  got %jd, want %jd", got, want);
	return (false);
}

/* A string with control bytes shown as C would write them. */
static inline void
tap_show(const char *label, const char *s)
{
	printf("#   %s ", label);
	if (s == NULL)
		printf("NULL");
	else {
		putchar('"');
		for (; *s != '\0'; s++) {
			if (*s == '\n')
				printf("\\n");
			else if (*s == '\r')
				printf("\\r");
			else if (*s == '\t')
				printf("\\t");
			else if ((unsigned char)*s < 0x20 || *s == 0x7f)
				printf("\\%03o", (unsigned char)*s);
			else
				putchar(*s);
		}
		putchar('"');
	}
	putchar('\n');
	fflush(stdout);
}

static inline bool TAP_PRINTF(5)
tap_str(const char *got, const char *want, const char *file, int line,
    const char *fmt, ...)
{
	va_list	ap;
	bool	good;

	if (got == NULL || want == NULL)
		good = got == want;
	else
		good = strcmp(got, want) == 0;
	va_start(ap, fmt);
	tap_vpoint(good, file, line, fmt, ap);
	va_end(ap);
	if (!good) {
		tap_show(" got", got);
		tap_show("want", want);
	}
	return (good);
}

static inline void
tap_hex(const char *label, const uint8_t *p, size_t n)
{
	size_t	i;

	printf("#   %s", label);
	if (p == NULL)
		printf(" NULL");
	for (i = 0; p != NULL && i < n; i++)
		printf("%s%02x", i != 0 && i % 16 == 0 ? "\n#        " : " ",
		    p[i]);
	putchar('\n');
	fflush(stdout);
}

static inline bool TAP_PRINTF(6)
tap_mem(const void *got, const void *want, size_t n, const char *file,
    int line, const char *fmt, ...)
{
	va_list	ap;
	bool	good;

	if (n == 0 || got == NULL || want == NULL)
		good = n == 0 || got == want;
	else
		good = memcmp(got, want, n) == 0;
	va_start(ap, fmt);
	tap_vpoint(good, file, line, fmt, ap);
	va_end(ap);
	if (!good) {
		tap_hex(" got", got, n);
		tap_hex("want", want, n);
	}
	return (good);
}

static inline void TAP_PRINTF(2)
skip(int n, const char *fmt, ...)
{
	va_list	ap;

	while (n-- > 0) {
		printf("ok %d # SKIP ", ++tap_points);
		va_start(ap, fmt);
		vprintf(fmt, ap);
		va_end(ap);
		putchar('\n');
	}
	fflush(stdout);
}

static inline void TAP_PRINTF(1)
bail(const char *fmt, ...)
{
	va_list	ap;

	printf("Bail out! ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
	exit(2);
}

static inline void
plan(int n)
{
	tap_planned = n;
	printf("1..%d\n", n);
}

/* Print the plan, if plan() was not called; return main()'s status. */
static inline int
done_testing(void)
{
	if (tap_planned == 0)
		printf("1..%d\n", tap_points);
	fflush(stdout);
	if (tap_planned != 0 && tap_planned != tap_points)
		return (1);
	return (tap_failed != 0);
}

#define ok(cond, ...)							\
	tap_point((cond), __FILE__, __LINE__, __VA_ARGS__)
#define pass(...)							\
	tap_point(true, __FILE__, __LINE__, __VA_ARGS__)
#define fail(...)							\
	tap_point(false, __FILE__, __LINE__, __VA_ARGS__)
#define is_int(got, want, ...)						\
	tap_int((intmax_t)(got), (intmax_t)(want),			\
	    _Generic((got), unsigned long long: true,			\
	    unsigned long: true, default: false),			\
	    __FILE__, __LINE__, __VA_ARGS__)
#define is_str(got, want, ...)						\
	tap_str((got), (want), __FILE__, __LINE__, __VA_ARGS__)
#define is_mem(got, want, n, ...)					\
	tap_mem((got), (want), (n), __FILE__, __LINE__, __VA_ARGS__)

#endif /* TAP_H */
