/* SPDX-License-Identifier: ISC */
/* UTF-8, with the examples of the Unicode standard for what is malformed. */

#include "base/utf8.h"
#include "tap.h"

#define R	UTF8_REPLACEMENT

static void
test_all(void)
{
	uint32_t	cp, got = 0;
	char		out[4];
	size_t		n, i;
	int		bad = 0, early = 0;

	for (cp = 0; cp <= 0x10ffff; cp++) {
		if (cp >= 0xd800 && cp <= 0xdfff)
			continue;
		n = utf8_encode(cp, out);
		if (utf8_decode((uint8_t *)out, n, &got) != (int)n ||
		    got != cp || !utf8_valid(out, n))
			bad++;
		for (i = 0; i < n; i++) {
			if (utf8_decode((uint8_t *)out, i, &got) != 0)
				early++;
		}
	}
	is_int(bad, 0, "every code point comes back from its encoding");
	is_int(early, 0, "and no beginning of it is decided upon");
	n = utf8_encode(0xd800, out);
	ok(n == 3 && memcmp(out, "\357\277\275", 3) == 0,
	    "a surrogate is encoded as U+FFFD");
	n = utf8_encode(0x110000, out);
	ok(n == 3 && memcmp(out, "\357\277\275", 3) == 0,
	    "and so is what is past the last code point");
}

/* Decode all, with '.' for 0: incomplete. */
static void
check(const char *in, size_t n, const uint32_t *want, size_t nwant,
    const char *name)
{
	uint32_t	cp;
	size_t		i = 0, got = 0;
	int		len, bad = 0;

	while (i < n) {
		len = utf8_decode((const uint8_t *)in + i, n - i, &cp);
		if (len == 0)
			break;
		if (got >= nwant || want[got] != cp)
			bad++;
		got++;
		i += (size_t)len;
	}
	ok(bad == 0 && got == nwant, "%s", name);
}
#define CHECK(in, name, ...) do {					\
	static const uint32_t	want[] = { __VA_ARGS__ };		\
	check(in, sizeof in - 1, want, sizeof want / sizeof *want, name);	\
} while (0)

int
main(void)
{
	test_all();
	CHECK("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41",
	    "overlong forms: one U+FFFD each byte (table 3-8)",
	    R, R, R, R, R, R, R, R, 0x41);
	CHECK("\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41",
	    "surrogates: one each byte (table 3-9)",
	    R, R, R, R, R, R, R, R, 0x41);
	CHECK("\xf4\x91\x92\x93\xff\x41\x80\xbf\x42",
	    "other ill-formed bytes (table 3-10)",
	    R, R, R, R, R, 0x41, R, R, 0x42);
	CHECK("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41",
	    "truncated sequences: one for each subpart (table 3-11)",
	    R, R, R, R, 0x41);
	CHECK("\xe2\x82\xac\xe2\x82", "what may go on is left", 0x20ac);
	CHECK("\xf5\x80\x80\x80", "F5 begins nothing", R, R, R, R);
	ok(!utf8_valid("a\xe2\x82", 3), "a cut sequence is not valid");
	ok(!utf8_valid("a\xff", 2), "a stray byte is not valid");
	ok(!utf8_valid("\xe0\x80\xaf", 3), "an overlong form is not valid");
	ok(utf8_valid("\xef\xbf\xbd", 3), "a genuine U+FFFD is valid");
	ok(utf8_valid("", 0), "nothing is valid");
	return (done_testing());
}
