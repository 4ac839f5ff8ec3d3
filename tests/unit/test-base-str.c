/* SPDX-License-Identifier: ISC */
/* Strings, and the functions that some C libraries lack. */

#include <limits.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "tap.h"

static void
test_int(void)
{
	const char	*why;
	long long	 v = 0;

	ok(str_to_int("42", 0, 100, &v, &why) == 0 && v == 42, "42 is 42");
	ok(str_to_int("-7", -9, 9, &v, &why) == 0 && v == -7, "-7 is -7");
	ok(str_to_int("-9223372036854775808", LLONG_MIN, LLONG_MAX, &v, &why)
	    == 0 && v == LLONG_MIN, "the least number is read");
	ok(str_to_int("9223372036854775807", LLONG_MIN, LLONG_MAX, &v, &why)
	    == 0 && v == LLONG_MAX, "the greatest number is read");
	is_int(str_to_int("9223372036854775808", LLONG_MIN, LLONG_MAX, &v,
	    &why), -1, "one more is refused");
	is_str(why, "too large", "as too large");
	is_int(str_to_int("-9223372036854775809", LLONG_MIN + 1, LLONG_MAX,
	    &v, &why), -1, "and one less than the least");
	is_str(why, "too small", "as too small");
	is_int(str_to_int("99999999999999999999999", 0, 10, &v, &why), -1,
	    "what overflows is refused");
	is_str(why, "too large", "as too large");
	is_int(str_to_int("11", 0, 10, &v, &why), -1, "the range is kept");
	is_int(str_to_int("1x", 0, 10, &v, &why), -1, "rubbish is refused");
	is_str(why, "invalid", "as invalid");
	is_int(str_to_int("", 0, 10, NULL, NULL), -1, "nothing is no number");
	is_int(str_to_int("-", -10, 10, NULL, NULL), -1, "nor is a sign");
	is_int(str_to_int(" 1", 0, 10, NULL, NULL), -1, "nor are blanks");
}

static void
vis(const char *in, size_t n, const char *want, const char *name)
{
	char	*s = str_vis(in, n);

	is_str(s, want, "%s", name);
	free(s);
}

static void
quote(const char *in, const char *want)
{
	char	*s = str_quote_sh(in);

	is_str(s, want, "quoted for the shell: %s", in);
	free(s);
}

static void
test_vis(void)
{
	vis("plain", 5, "plain", "plain text stays");
	vis("a\n\t\033[m", 6, "a\\n\\t\\033[m", "control bytes are shown");
	vis("\0", 1, "\\000", "NUL is shown");
	vis("\\", 1, "\\\\", "a backslash is doubled");
	vis("\303\244", 2, "\303\244", "UTF-8 stays");
	vis("\302\233", 2, "\\302\\233", "C1 controls do not");
	vis("\377\303", 2, "\\377\\303", "nor does what is malformed");
	quote("abc", "abc");
	quote("", "''");
	quote("a b", "'a b'");
	quote("it's", "'it'\\''s'");
	quote("$HOME", "'$HOME'");
	quote("A=b", "'A=b'");
	quote("~", "'~'");
}

static void
test_nearest(void)
{
	static const char *const	list[] = {
		"split-window", "select-pane", "kill-session", "attach", "ls"
	};

	is_str(str_nearest("split-windwo", list, 5), "split-window",
	    "two letters swapped");
	is_str(str_nearest("atach", list, 5), "attach", "a letter left out");
	is_str(str_nearest("kil-sesion", list, 5), "kill-session", "two");
	ok(str_nearest("frobnicate", list, 5) == NULL, "nothing is near");
	ok(str_nearest("x", list, 5) == NULL, "nor to a single letter");
}

static void
test_rest(void)
{
	char		*argv[] = { (char[]){"a"}, (char[]){"bc"},
			    (char[]){""} };
	char		 to[4], *s;
	int		*a, i;

	s = str_join(3, argv, ", ");
	is_str(s, "a, bc, ", "joined");
	free(s);
	s = str_join(0, argv, ", ");
	is_str(s, "", "nothing joined is empty");
	free(s);
	is_int(strlcpy(to, "hello", sizeof to), 5, "strlcpy returns what it "
	    "would have copied");
	is_str(to, "hel", "and cuts");
	is_int(strlcat(to, "x", sizeof to), 4, "strlcat likewise");
	is_str(to, "hel", "and keeps the end");
	ok(str_starts("abc", "ab") && !str_starts("a", "ab"), "prefixes");
	ok(str_eq(NULL, NULL) && !str_eq("a", NULL) && str_eq("a", "a"),
	    "equality with NULL");
	ok(mem_equal_ct("abc", "abc", 3) && !mem_equal_ct("abc", "abd", 3),
	    "memory compared in constant time");
	memcpy(to, "key", 4);
	mem_wipe(to, 3);
	is_mem(to, "\0\0\0", 4, "memory wiped");

	a = xcalloc(2, sizeof *a);
	a[1] = 5;
	a = xrecallocarray(a, 2, 100, sizeof *a);
	for (i = 2; i < 100 && a[i] == 0; i++)
		;
	ok(a[1] == 5 && i == 100, "an array that grew has zeroes at its end");
	free(a);
	i = xasprintf(&s, "%d-%s", 3, "x");
	ok(i == 3, "xasprintf returns the length");
	is_str(s, "3-x", "and the text");
	free(s);
	s = xstrndup("abcdef", 3);
	is_str(s, "abc", "xstrndup cuts");
	free(s);
}

struct item {
	int			n;
	TAILQ_ENTRY(item)	entry;
};
TAILQ_HEAD(items, item);

static void
test_list(void)
{
	struct items	 head = TAILQ_HEAD_INITIALIZER(head);
	struct items	 other = TAILQ_HEAD_INITIALIZER(other);
	struct item	*it, *next;
	int		 i, sum = 0;

	for (i = 0; i < 10; i++) {
		it = xcalloc(1, sizeof *it);
		it->n = i;
		TAILQ_INSERT_TAIL(i < 5 ? &head : &other, it, entry);
	}
	TAILQ_CONCAT(&head, &other, entry);
	TAILQ_FOREACH_SAFE(it, &head, entry, next) {
		sum = sum * 10 + it->n;
		if (it->n % 2 == 0) {
			TAILQ_REMOVE(&head, it, entry);
			free(it);
		}
	}
	is_int(sum, 123456789, "joined lists keep their order");
	sum = 0;
	TAILQ_FOREACH_REVERSE_SAFE(it, &head, items, entry, next) {
		sum = sum * 10 + it->n;
		TAILQ_REMOVE(&head, it, entry);
		free(it);
	}
	is_int(sum, 97531, "backwards, with all removed");
	ok(TAILQ_EMPTY(&head), "none is left");
}

static void
test_base64(void)
{
	uint8_t	*p;
	size_t	 n;

	p = str_base64_decode((const uint8_t *)"aGVsbG8=", 8, &n);
	ok(p != NULL && n == 5 && memcmp(p, "hello", 5) == 0, "base64");
	free(p);
	p = str_base64_decode(NULL, 0, &n);
	ok(p != NULL && n == 0, "of nothing");
	free(p);
	ok(str_base64_decode((const uint8_t *)"aG!s", 4, &n) == NULL &&
	    str_base64_decode((const uint8_t *)"aGVs=x", 6, &n) == NULL,
	    "what is none is refused");
}

static void
test_ports(void)
{
	static const char *const bad[] = { "", "0", "65536", "1-", "-1", "5-4",
	    "1-65536", "x", "1x", "1 2", "1-2-3", "123456789-1" };
	uint16_t		 lo = 7, hi = 7;
	size_t			 i;

	ok(str_to_ports("60001", &lo, &hi) && lo == 60001 && hi == 60001,
	    "one port");
	ok(str_to_ports("1-65535", &lo, &hi) && lo == 1 && hi == 65535,
	    "all of them");
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ok(!str_to_ports(bad[i], &lo, &hi), "no ports: %s", bad[i]);
	ok(lo == 1 && hi == 65535, "which leaves them as they were");
}

int
main(void)
{
	test_base64();
	test_ports();
	test_int();
	test_vis();
	test_nearest();
	test_rest();
	test_list();
	return (done_testing());
}
