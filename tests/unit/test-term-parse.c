/* SPDX-License-Identifier: ISC */
/*
 * The parser's table is whole, and its short cuts say what the table says:
 * random bytes parsed whole and one by one give the same calls.
 */

#include "base/rng.h"
#include "base/xmalloc.h"
#include "tap.h"
#include "term/parse.h"

static void
the_table_is_whole(void)
{
	static uint8_t	 ruled[PS_STATES][256];
	size_t		 i;
	int		 s, b, none = 0, twice = 0, bad = 0;

	for (i = 0; i < parse_nrules; i++) {
		const struct parse_rule	*r = &parse_rules[i];

		if (r->state == PS_STATES)
			continue;
		for (b = r->first; b <= r->last; b++)
			ruled[r->state][b]++;
		if (r->next != 0xff && r->next >= PS_STATES)
			bad++;
	}
	for (s = 0; s < PS_STATES; s++) {
		for (b = 0; b < 256; b++) {
			bool any = b == 0x18 || b == 0x1a || b == 0x1b;

			if (ruled[s][b] > 1)
				twice++;
			if (ruled[s][b] == 0 && !any)
				none++;
			if (parse_table()[s][b] >> 4 >= PS_STATES)
				bad++;
		}
	}
	is_int(none, 0, "every byte of every state has a rule");
	is_int(twice, 0, "none has two");
	is_int(bad, 0, "no rule leads nowhere");
}

/* --- a log of calls ---------------------------------------------------- */

static struct buf	*calls;

static void
log_ascii(void *arg, const uint8_t *p, size_t n)
{
	(void)arg;
	for (; n > 0; n--, p++) {
		if (*p < 0x20 || *p > 0x7e)
			buf_addstr(calls, "BAD ");
		buf_addf(calls, "%x ", *p);
	}
}

static void
log_text(void *arg, const uint32_t *p, size_t n)
{
	(void)arg;
	for (; n > 0; n--, p++) {
		if (*p < 0x20 || (*p >= 0x7f && *p < 0xa0))
			buf_addstr(calls, "BAD ");
		buf_addf(calls, "%x ", *p);
	}
}

static void
log_control(void *arg, uint8_t c)
{
	(void)arg;
	buf_addf(calls, "ctl%d ", c);
}

static void
log_esc(void *arg, const uint8_t *inter, int n, uint8_t final)
{
	(void)arg;
	buf_addf(calls, "esc%.*s%c ", n, (const char *)inter, final);
}

static void
log_seq(const char *what, const struct parse_seq *s)
{
	int	 i;

	buf_addf(calls, "%s%c%.*s%c", what, s->prefix ? s->prefix : '_',
	    s->ninter, (const char *)s->inter, s->final);
	for (i = 0; i < s->nparams; i++)
		buf_addf(calls, "%c%d", s->sub >> i & 1 ? ':' : ';',
		    s->param[i]);
	buf_addc(calls, ' ');
}

static void
log_csi(void *arg, const struct parse_seq *s)
{
	(void)arg;
	log_seq("csi", s);
}

static void
log_string(void *arg, enum parse_string kind, const uint8_t *p, size_t n)
{
	(void)arg;
	buf_addf(calls, "str%d(", kind);
	buf_add(calls, p, n);
	buf_addstr(calls, ") ");
}

static void
log_dcs(void *arg, const struct parse_seq *s, const uint8_t *p, size_t n)
{
	(void)arg;
	log_seq("dcs", s);
	buf_add(calls, p, n);
	buf_addc(calls, ' ');
}

static const struct parse_ops ops = {
	log_ascii, log_text, log_control, log_esc, log_csi, log_string, log_dcs
};

static void
parse(struct buf *out, const uint8_t *s, size_t n, size_t step)
{
	struct parser	 p;
	size_t		 i, k;

	calls = out;
	parse_init(&p, &ops, NULL, 40);
	for (i = 0; i < n; i += k) {
		k = n - i < step ? n - i : step;
		parse_feed(&p, s + i, k);
	}
	if (parse_pending(&p))
		buf_addf(out, "pending[%.*s]", (int)buf_len(&p.raw),
		    buf_len(&p.raw) ? (char *)buf_data(&p.raw) : "");
	parse_fini(&p);
}

static void
is_parsed(const char *s, const char *want)
{
	struct buf	 b;

	buf_init(&b, 1 << 20);
	parse(&b, (const uint8_t *)s, strlen(s), 1000);
	buf_addc(&b, 0);
	is_str((char *)buf_data(&b), want, "parsing");
	buf_fini(&b);
}

static void
short_cuts(void)
{
	static const char	 common[] = "\033\033\033[]P_X^k\\?;:0123456789"
	    "mHJ$ !q\x07\x18\x1a\n\r\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80" "abc";
	struct rng_seeded	 rng;
	struct buf		 a, b;
	uint8_t			 s[300];
	size_t			 n, i;
	int			 round;
	bool			 good = true;

	rng_seeded_init(&rng, 1);
	for (round = 0; good && round < 40000; round++) {
		n = 1 + rng_below(&rng.rng, sizeof s - 1);
		for (i = 0; i < n; i++)
			s[i] = rng_below(&rng.rng, 6) == 0 ?
			    (uint8_t)rng_below(&rng.rng, 256) :
			    (uint8_t)common[rng_below(&rng.rng,
			    sizeof common - 1)];
		buf_init(&a, 1 << 20);
		buf_init(&b, 1 << 20);
		parse(&a, s, n, n);
		parse(&b, s, n, 1);
		buf_addc(&a, 0);
		buf_addc(&b, 0);
		good = buf_len(&a) == buf_len(&b) && memcmp(buf_data(&a),
		    buf_data(&b), buf_len(&a)) == 0;
		if (strstr((char *)buf_data(&a), "BAD") != NULL)
			good = false;
		if (!good) {
			tap_hex("stream", s, n);
			tap_show("whole", (char *)buf_data(&a));
			tap_show("cut", (char *)buf_data(&b));
		}
		buf_fini(&a);
		buf_fini(&b);
	}
	ok(good, "whole or byte by byte is the same");
}

int
main(void)
{
	the_table_is_whole();
	is_parsed("a\033[1;2:3mb", "61 csi_m;1;2:3 62 ");
	is_parsed("\033[?25h\033[>c", "csi?h;25 csi>c ");
	is_parsed("\033[m\033[;m\033[0;m", "csi_m csi_m;-1;-1 csi_m;0;-1 ");
	is_parsed("\033[ q\033[$1p\033[1$p", "csi_ q csi_$p;1 ");
	is_parsed("\033[1?m\033[12", "pending[\033[12]");
	is_parsed("\033]0;a\x07\033]1;b\033\\", "str0(0;a) str0(1;b) ");
	is_parsed("\033]0;a\033[m", "csi_m ");
	is_parsed("\033Pq\001a\033\\", "dcs_q \001a ");
	is_parsed("\033Ptmux;\033\033[m\033\\", "dcs_t mux;\033[m ");
	is_parsed("\033_a\x07z\033\\b", "str1(az) 62 ");
	is_parsed("\033kname\033\\", "str4(name) ");
	is_parsed("\033(0\033 F\033#8", "esc(0 esc F esc#8 ");
	is_parsed("\033]0123456789012345678901234567890123456789x\x07y",
	    "79 ");
	is_parsed("\xe4\xb8\xad\xff\xe4\xb8z", "4e2d fffd fffd 7a ");
	is_parsed("\xc2\x9b" "1m\xc2\xa0", "31 6d a0 ");
	is_parsed("a\xe4\xb8", "61 pending[\xe4\xb8]");
	short_cuts();
	return (done_testing());
}
