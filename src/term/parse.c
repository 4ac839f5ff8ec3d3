/* SPDX-License-Identifier: ISC */

/*
 * parse.c - bytes of a terminal stream into text, controls and sequences.
 *
 * The table (parse-table.c) decides everything; three short cuts only say the
 * same thing faster, and tests hold them against the table byte by byte:
 *
 *  - in the ground state a run of printable ASCII is found with vectors and
 *    handed over whole, and other text is decoded in batches;
 *  - a CSI without intermediates that is all there is parsed on the spot;
 *  - the content of strings is copied in slices.
 *
 * Limits: parameters, intermediates and strings beyond theirs are ignored but
 * still parsed, so that nothing of them is taken for text.
 */

#include "term/parse.h"

#include <string.h>

#include "base/utf8.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define KIND_DCS	0x40
#define KIND_PASS	0x41	/* DCS tmux; */

void
parse_init(struct parser *p, const struct parse_ops *ops, void *arg,
    size_t string_max)
{
	*p = (struct parser){ .ops = ops, .arg = arg };
	buf_init(&p->str, string_max);
	buf_init(&p->raw, PARSE_RAW_MAX);
}

void
parse_fini(struct parser *p)
{
	buf_fini(&p->str);
	buf_fini(&p->raw);
}

void
parse_set_string_max(struct parser *p, size_t max)
{
	p->str.max = max;
}

bool
parse_pending(const struct parser *p)
{
	return (p->state != PS_GROUND || p->nutf8 != 0);
}

/* A long string's memory is not kept for the next. */
static void
str_release(struct parser *p)
{
	size_t	 max = p->str.max;

	if (p->str.cap > 65536) {
		buf_fini(&p->str);
		buf_init(&p->str, max);
	} else
		buf_clear(&p->str);
	p->skip = false;
}

void
parse_reset(struct parser *p)
{
	p->state = PS_GROUND;
	p->nutf8 = 0;
	str_release(p);
	buf_clear(&p->raw);
}

/* --- runs of text ------------------------------------------------------ */

/* Length of the run of bytes 0x20 to 0x7e at s. */
static size_t
run_ascii(const uint8_t *s, size_t n)
{
	size_t	 i = 0;

#ifdef __SSE2__
	const __m128i	 lo = _mm_set1_epi8(0x1f);
	const __m128i	 del = _mm_set1_epi8(0x7f);

	for (; i + 16 <= n; i += 16) {
		__m128i	 v = _mm_loadu_si128((const __m128i *)(s + i));
		/* Signed: bytes from 0x80 are below 0x20 too. */
		__m128i	 ok = _mm_andnot_si128(_mm_cmpeq_epi8(v, del),
		    _mm_cmpgt_epi8(v, lo));
		unsigned m = (unsigned)_mm_movemask_epi8(ok);

		if (m != 0xffff)
			return (i + (size_t)__builtin_ctz(~m));
	}
#else
	const uint64_t	 ones = 0x0101010101010101ull;

	for (; i + 8 <= n; i += 8) {
		uint64_t v, low, high;

		memcpy(&v, s + i, 8);
		/* Any byte below 0x20, equal to 0x7f, or with its top bit. */
		low = (v - ones * 0x20) & ~v & (ones * 0x80);
		high = ((v & (ones * 0x7f)) + ones) & (ones * 0x80);
		if ((low | high | (v & (ones * 0x80))) != 0)
			break;
	}
#endif
	while (i < n && s[i] >= 0x20 && s[i] < 0x7f)
		i++;
	return (i);
}

static inline bool
is_more(uint8_t c)
{
	return ((c & 0xc0) == 0x80);
}

/*
 * The common shapes of well-formed characters, of which four bytes are there.
 * Returns the length, 0 if a closer look is needed.
 */
static inline unsigned
utf8_common(const uint8_t *q, uint32_t *cp)
{
	unsigned	 c = q[0];

	if (c >= 0xe1 && c < 0xf0 && c != 0xed && is_more(q[1]) &&
	    is_more(q[2])) {
		*cp = (c & 0x0f) << 12 | (q[1] & 0x3fu) << 6 | (q[2] & 0x3fu);
		return (3);
	}
	if (c >= 0xc3 && c < 0xe0 && is_more(q[1])) {
		*cp = (c & 0x1f) << 6 | (q[1] & 0x3fu);
		return (2);
	}
	if (c == 0xf0 && q[1] >= 0x90 && is_more(q[1]) && is_more(q[2]) &&
	    is_more(q[3])) {
		*cp = (q[1] & 0x3fu) << 12 | (q[2] & 0x3fu) << 6 |
		    (q[3] & 0x3fu);
		return (4);
	}
	return (0);
}

/*
 * Text with bytes from 0x80: decode up to a control or a longer run of ASCII.
 * Returns the bytes taken; an unfinished character at the end is kept.
 */
static size_t
run_utf8(struct parser *p, const uint8_t *s, size_t len)
{
	const uint8_t	*q = s, *all = s + len, *end;
	uint32_t	 cps[PARSE_CPS], cp;
	size_t		 n;
	unsigned	 ascii = 0, k;
	int		 l;
	bool		 more = true;

	do {
		/* No more bytes than there is room for characters. */
		end = all - q < PARSE_CPS ? all : q + PARSE_CPS;
		for (n = 0; q < end; ) {
			if (*q < 0x80) {
				if (*q < 0x20 || *q == 0x7f || ascii == 16) {
					more = false;
					break;
				}
				ascii++;
				cps[n++] = *q++;
				continue;
			}
			ascii = 0;
			if (all - q >= 4 && (k = utf8_common(q, &cp)) != 0) {
				cps[n++] = cp;
				q += k;
				continue;
			}
			l = utf8_decode(q, (size_t)(all - q), &cp);
			if (l == 0) {
				p->nutf8 = (uint8_t)(all - q);
				memcpy(p->utf8, q, p->nutf8);
				q = all;
				break;
			}
			q += l;
			if (cp >= 0xa0)		/* C1 as UTF-8: ignored */
				cps[n++] = cp;
		}
		if (n != 0)
			p->ops->text(p->arg, cps, n);
	} while (more && q < all);
	return ((size_t)(q - s));
}

/* Finish the character that the last feed ended in.  Returns bytes taken. */
static size_t
finish_utf8(struct parser *p, const uint8_t *s, size_t len)
{
	uint8_t		 t[4];
	uint32_t	 cp;
	size_t		 have = p->nutf8, n = have;
	int		 k;

	memcpy(t, p->utf8, have);
	while (n < sizeof t && n - have < len) {
		t[n] = s[n - have];
		n++;
		if ((k = utf8_decode(t, n, &cp)) == 0)
			continue;
		p->nutf8 = 0;
		if (cp >= 0xa0)
			p->ops->text(p->arg, &cp, 1);
		/*
		 * A bad continuation: the replacement stands for what was
		 * kept (all of it, being a valid beginning), the rest is new.
		 */
		return ((size_t)k >= have ? (size_t)k - have : 0);
	}
	memcpy(p->utf8, t, n);
	p->nutf8 = (uint8_t)n;
	return (n - have);
}

/* --- sequences --------------------------------------------------------- */

static void
seq_clear(struct parser *p)
{
	p->seq.prefix = 0;
	p->seq.ninter = 0;
	p->seq.too_many = false;
	p->seq.nparams = 0;
	p->seq.sub = 0;
}

static void
seq_collect(struct parser *p, uint8_t c)
{
	if (p->seq.ninter == PARSE_INTER_MAX)
		p->seq.too_many = true;
	else
		p->seq.inter[p->seq.ninter++] = c;
}

/*
 * A parameter begins at the first digit or separator; a separator ends one
 * and begins the next.  param[nparams - 1] is the current one; nparams counts
 * up to one more than there is room for, where all the rest goes.
 */
static void
seq_param_byte(struct parser *p, uint8_t c)
{
	struct parse_seq	*q = &p->seq;
	int32_t			*v;

	if (q->nparams == 0) {
		q->nparams = 1;
		q->param[0] = -1;
	}
	if (c == ';' || c == ':') {
		if (q->nparams <= PARSE_PARAMS_MAX)
			q->nparams++;
		if (q->nparams <= PARSE_PARAMS_MAX) {
			q->param[q->nparams - 1] = -1;
			if (c == ':')
				q->sub |= UINT32_C(1) << (q->nparams - 1);
		}
		return;
	}
	if (q->nparams > PARSE_PARAMS_MAX)
		return;
	v = &q->param[q->nparams - 1];
	*v = (*v < 0 ? 0 : *v) * 10 + (c - '0');
	if (*v > PARSE_PARAM_MAX)
		*v = PARSE_PARAM_MAX;
}

static void
seq_finish(struct parser *p, uint8_t final)
{
	if (p->seq.nparams > PARSE_PARAMS_MAX)
		p->seq.nparams = PARSE_PARAMS_MAX;
	p->seq.final = final;
}

static void
csi_done(struct parser *p, uint8_t final)
{
	seq_finish(p, final);
	if (!p->seq.too_many)
		p->ops->csi(p->arg, &p->seq);
}

/*
 * A whole CSI without intermediates or controls inside, s just behind the
 * bracket.  Returns its length, 0 if it is not such a one.
 */
static size_t
fast_csi(struct parser *p, const uint8_t *s, size_t len)
{
	struct parse_seq	*q = &p->seq;
	const uint8_t		*at = s, *end = s + len;
	int32_t			 v;
	unsigned		 d;
	int			 n = 0;
	uint32_t		 sub = 0;
	uint8_t			 c;

	q->prefix = 0;
	if (at < end && *at >= 0x3c && *at <= 0x3f)
		q->prefix = *at++;
	while (at < end) {
		v = -1;
		if ((d = *at - (unsigned)'0') <= 9) {
			for (v = 0; d <= 9; d = *at - (unsigned)'0') {
				v = v * 10 + (int32_t)d;
				if (v > PARSE_PARAM_MAX)
					v = PARSE_PARAM_MAX;
				if (++at == end)
					return (0);
			}
		}
		c = *at++;
		if (c == ';' || c == ':') {
			if (n >= PARSE_PARAMS_MAX - 1)
				return (0);
			q->param[n++] = v;
			if (c == ':')
				sub |= UINT32_C(1) << n;
			continue;
		}
		if (c < 0x40 || c > 0x7e)
			return (0);
		if (v >= 0 || n > 0)
			q->param[n++] = v;
		q->nparams = (uint8_t)n;
		q->sub = sub;
		q->ninter = 0;
		q->too_many = false;
		q->final = c;
		p->ops->csi(p->arg, q);
		return ((size_t)(at - s));
	}
	return (0);
}

/* --- strings ----------------------------------------------------------- */

static void
str_put(struct parser *p, const uint8_t *s, size_t n)
{
	if (p->skip)
		return;
	if (buf_add(&p->str, s, n) != 0) {
		str_release(p);
		p->skip = true;
	}
}

static void
str_start(struct parser *p, uint8_t c)
{
	str_release(p);
	switch (c) {
	case ']':
		p->kind = PARSE_OSC;
		break;
	case '_':
		p->kind = PARSE_APC;
		break;
	case '^':
		p->kind = PARSE_PM;
		break;
	case 'k':
		p->kind = PARSE_TITLE;
		break;
	default:
		p->kind = PARSE_SOS;
	}
}

static void
str_done(struct parser *p)
{
	const uint8_t	*s = buf_data(&p->str);
	size_t		 n = buf_len(&p->str);

	if (s == NULL)
		s = (const uint8_t *)"";
	if (p->skip)
		;
	else if (p->kind >= KIND_DCS) {
		if (!p->seq.too_many)
			p->ops->dcs(p->arg, &p->seq, s, n);
	} else
		p->ops->string(p->arg, (enum parse_string)p->kind, s, n);
	str_release(p);
}

/* Content of a string: up to the first control or the end. */
static size_t
str_slice(struct parser *p, const uint8_t *s, size_t len)
{
	size_t	 i = 0;

#ifdef __SSE2__
	const __m128i	 lim = _mm_set1_epi8(0x1f);

	for (; i + 16 <= len; i += 16) {
		__m128i	 v = _mm_loadu_si128((const __m128i *)(s + i));
		unsigned m = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(
		    _mm_min_epu8(v, lim), v));

		if (m != 0) {
			i += (size_t)__builtin_ctz(m);
			break;
		}
	}
#endif
	while (i < len && s[i] >= 0x20)
		i++;
	if (i != 0)
		str_put(p, s, i);
	return (i);
}

/* --- one byte by the table --------------------------------------------- */

static void parse_byte(struct parser *, uint8_t);

/* The byte after an ESC inside a string. */
static void
string_esc(struct parser *p, uint8_t c)
{
	if (c == '\\') {
		p->state = PS_GROUND;
		p->bel = false;
		str_done(p);
		return;
	}
	if (p->kind == KIND_PASS) {
		p->state = PS_DCS_STRING;
		str_put(p, &c, 1);
		return;
	}
	str_release(p);			/* broken off */
	seq_clear(p);
	p->state = PS_ESC;
	parse_byte(p, c);
}

static void
parse_byte(struct parser *p, uint8_t c)
{
	uint8_t	 t = parse_table()[p->state][c];

	/* Those that choose their own next state. */
	switch (t & 0x0f) {
	case PA_STRING_END:
		string_esc(p, c);
		return;
	case PA_STRING_BEL:
		if (p->kind != PARSE_OSC)
			return;
		p->state = PS_GROUND;
		p->bel = true;
		str_done(p);
		return;
	}
	p->state = t >> 4;
	switch (t & 0x0f) {
	case PA_PRINT:
		if (c < 0x80)
			p->ops->ascii(p->arg, &c, 1);
		else
			run_utf8(p, &c, 1);
		break;
	case PA_EXECUTE:
		p->ops->control(p->arg, c);
		break;
	case PA_CLEAR:
		seq_clear(p);
		break;
	case PA_COLLECT:
		seq_collect(p, c);
		break;
	case PA_PREFIX:
		p->seq.prefix = c;
		break;
	case PA_PARAM:
		seq_param_byte(p, c);
		break;
	case PA_ESC:
		if (!p->seq.too_many)
			p->ops->esc(p->arg, p->seq.inter, p->seq.ninter, c);
		break;
	case PA_CSI:
		csi_done(p, c);
		break;
	case PA_STRING_START:
		str_start(p, c);
		break;
	case PA_STRING_PUT:
		str_put(p, &c, 1);
		break;
	case PA_DCS_START:
		seq_finish(p, c);
		str_release(p);
		p->kind = c == 't' && p->seq.nparams == 0 &&
		    p->seq.prefix == 0 && p->seq.ninter == 0 ?
		    KIND_PASS : KIND_DCS;
		break;
	case PA_ABORT:
		str_release(p);
		break;
	default:
		break;
	}
}

void
parse_stop(struct parser *p)
{
	p->stop = true;
}

size_t
parse_feed(struct parser *p, const uint8_t *s, size_t len)
{
	const uint8_t	*begin = s, *end = s + len, *start = NULL;
	size_t		 n;

	while (s < end) {
		if (p->state == PS_GROUND) {
			if (p->nutf8 != 0) {
				s += finish_utf8(p, s, (size_t)(end - s));
				continue;
			}
			start = s;
			if (*s >= 0x80) {
				s += run_utf8(p, s, (size_t)(end - s));
				if (p->nutf8 != 0)
					start = end - p->nutf8;
				continue;
			}
			if (*s >= 0x20) {
				n = run_ascii(s, (size_t)(end - s));
				/* What follows may join to the last one. */
				if (n != 0 && s + n < end && s[n] >= 0x80 &&
				    --n == 0) {
					s += run_utf8(p, s, (size_t)(end - s));
					if (p->nutf8 != 0)
						start = end - p->nutf8;
					continue;
				}
				if (n != 0) {
					p->ops->ascii(p->arg, s, n);
					s += n;
					continue;
				}
			} else if (*s != 0x1b) {
				if (*s != 0x18 && *s != 0x1a)
					p->ops->control(p->arg, *s);
				s++;
				continue;
			} else if (end - s > 2 && s[1] == '[') {
				n = fast_csi(p, s + 2, (size_t)(end - s - 2));
				if (n != 0) {
					s += n + 2;
					continue;
				}
			}
		} else if (p->state == PS_STRING || p->state == PS_DCS_STRING) {
			n = str_slice(p, s, (size_t)(end - s));
			if (n != 0) {
				s += n;
				continue;
			}
		}
		parse_byte(p, *s++);
		if (p->stop) {
			p->stop = false;
			end = s;
			len = (size_t)(end - begin);
		}
	}
	/* Keep what an unfinished sequence is made of. */
	if (!parse_pending(p)) {
		if (buf_len(&p->raw) != 0)
			buf_clear(&p->raw);
		return (len);
	}
	if (start == NULL)
		start = end - len;
	else
		buf_clear(&p->raw);
	n = (size_t)(end - start);
	if (n > buf_space(&p->raw))
		n = buf_space(&p->raw);
	if (n != 0)
		buf_add(&p->raw, start, n);
	return (len);
}
