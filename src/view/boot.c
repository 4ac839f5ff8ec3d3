/* SPDX-License-Identifier: ISC */

/* boot.c - see boot.h.  Lines carry secrets: callers wipe their buffers. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/boot.h"

struct line {
	char	*p, *end;
	bool	 full;
};

static void
line_add(struct line *l, const char *s)
{
	size_t	n = strlen(s);

	if (l->full || (size_t)(l->end - l->p) <= n) {
		l->full = true;
		return;
	}
	memcpy(l->p, s, n);
	l->p += n;
}

static void
line_num(struct line *l, unsigned n)
{
	char	text[16];

	snprintf(text, sizeof text, " %u", n);
	line_add(l, text);
}

static void
line_hex(struct line *l, const uint8_t *b, size_t n)
{
	static const char	digits[] = "0123456789abcdef";
	size_t			i;

	line_add(l, " ");
	if (l->full || (size_t)(l->end - l->p) <= 2 * n) {
		l->full = true;
		return;
	}
	for (i = 0; i < n; i++) {
		*l->p++ = digits[b[i] >> 4];
		*l->p++ = digits[b[i] & 15];
	}
}

static size_t
line_done(struct line *l, char *start)
{
	line_add(l, "\n");
	return (l->full ? 0 : (size_t)(l->p - start));
}

size_t
boot_write_hello(const struct boot_hello *h, char *out, size_t cap)
{
	struct line	l = { out, out + cap, false };
	uint8_t		b;

	line_add(&l, "RMUX1 HELLO");
	line_hex(&l, h->nonce, sizeof h->nonce);
	line_num(&l, h->version_min);
	line_num(&l, h->version_max);
	line_hex(&l, h->pub, sizeof h->pub);
	b = h->suites;
	line_hex(&l, &b, 1);
	line_num(&l, h->aes_fast ? 1 : 0);
	return (line_done(&l, out));
}

size_t
boot_write_answer(const struct boot_answer *a, char *out, size_t cap)
{
	struct line	 l = { out, out + cap, false };
	const char	*s;
	unsigned	 i;
	char		 c[2] = { 0, 0 };

	line_add(&l, "RMUX1");
	line_hex(&l, a->nonce, sizeof a->nonce);
	if (a->error[0] != '\0') {
		line_add(&l, " ERROR ");
		for (s = a->error; *s != '\0'; s++) {
			c[0] = (unsigned char)*s < ' ' ? ' ' : *s;
			line_add(&l, c);
		}
		return (line_done(&l, out));
	}
	line_num(&l, a->version);
	line_num(&l, a->suite);
	line_hex(&l, a->pub, sizeof a->pub);
	line_hex(&l, a->psk, sizeof a->psk);
	line_hex(&l, a->cid, sizeof a->cid);
	line_num(&l, a->port);
	line_add(&l, " ");
	if (a->naddrs == 0)
		line_add(&l, "-");
	for (i = 0; i < a->naddrs; i++) {
		if (i > 0)
			line_add(&l, ",");
		line_add(&l, a->addrs[i]);
	}
	return (line_done(&l, out));
}

/*** Reading ***/

struct words {
	const char	*p, *end;
	bool		 bad;
};

/* The next word, "" with bad set at the end. */
static const char *
word_next(struct words *w, size_t *len)
{
	const char	*start;

	while (w->p < w->end && *w->p == ' ')
		w->p++;
	start = w->p;
	while (w->p < w->end && *w->p != ' ')
		w->p++;
	*len = (size_t)(w->p - start);
	if (*len == 0)
		w->bad = true;
	return (start);
}

static bool
word_is(struct words *w, const char *s)
{
	const char	*p;
	size_t		 n;

	p = word_next(w, &n);
	return (n == strlen(s) && memcmp(p, s, n) == 0);
}

static unsigned
word_num(struct words *w, unsigned max)
{
	const char	*p;
	size_t		 n, i;
	unsigned	 v = 0;

	p = word_next(w, &n);
	if (n > 9)
		w->bad = true;
	for (i = 0; i < n && !w->bad; i++) {
		if (p[i] < '0' || p[i] > '9')
			w->bad = true;
		else
			v = v * 10 + (unsigned)(p[i] - '0');
	}
	if (v > max)
		w->bad = true;
	return (w->bad ? 0 : v);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'f')
		return (c - 'a' + 10);
	return (-1);
}

static void
word_hex(struct words *w, uint8_t *out, size_t n)
{
	const char	*p;
	size_t		 len, i;
	int		 a, b;

	memset(out, 0, n);
	p = word_next(w, &len);
	if (len != 2 * n) {
		w->bad = true;
		return;
	}
	for (i = 0; i < n; i++) {
		a = hex_digit(p[2 * i]);
		b = hex_digit(p[2 * i + 1]);
		if (a < 0 || b < 0) {
			w->bad = true;
			return;
		}
		out[i] = (uint8_t)(a << 4 | b);
	}
}

bool
boot_read_hello(const char *line, size_t n, struct boot_hello *h)
{
	struct words	w = { line, line + n, false };

	memset(h, 0, sizeof *h);
	if (n > 0 && line[n - 1] == '\r')
		w.end--;
	if (!word_is(&w, "RMUX1") || !word_is(&w, "HELLO"))
		return (false);
	word_hex(&w, h->nonce, sizeof h->nonce);
	h->version_min = word_num(&w, 1000);
	h->version_max = word_num(&w, 1000);
	word_hex(&w, h->pub, sizeof h->pub);
	word_hex(&w, &h->suites, 1);
	h->aes_fast = word_num(&w, 1) == 1;
	return (!w.bad);
}

static void
read_addrs(struct words *w, struct boot_answer *a)
{
	const char	*p, *comma;
	size_t		 n, len;

	p = word_next(w, &n);
	if (n == 1 && *p == '-')
		return;
	while (n > 0 && a->naddrs < BOOT_ADDRS_MAX) {
		comma = memchr(p, ',', n);
		len = comma != NULL ? (size_t)(comma - p) : n;
		if (len > 0 && len < BOOT_ADDR_LEN) {
			memcpy(a->addrs[a->naddrs], p, len);
			a->addrs[a->naddrs][len] = '\0';
			a->naddrs++;
		}
		if (comma == NULL)
			break;
		n -= len + 1;
		p = comma + 1;
	}
}

bool
boot_read_answer(const char *line, size_t n, const uint8_t nonce[BOOT_NONCE_LEN],
    struct boot_answer *a)
{
	struct words	 w = { line, line + n, false }, save;
	size_t		 left, i;

	memset(a, 0, sizeof *a);
	if (n > 0 && line[n - 1] == '\r')
		w.end--;
	if (!word_is(&w, "RMUX1"))
		return (false);
	word_hex(&w, a->nonce, sizeof a->nonce);
	if (w.bad || memcmp(a->nonce, nonce, sizeof a->nonce) != 0)
		return (false);
	save = w;
	if (word_is(&w, "ERROR")) {
		while (w.p < w.end && *w.p == ' ')
			w.p++;
		left = (size_t)(w.end - w.p);
		if (left >= sizeof a->error)
			left = sizeof a->error - 1;
		for (i = 0; i < left; i++)
			a->error[i] = (unsigned char)w.p[i] < ' ' || w.p[i] == 0x7f ?
			    ' ' : w.p[i];
		if (left == 0)
			snprintf(a->error, sizeof a->error, "no reason given");
		return (true);
	}
	w = save;
	a->version = word_num(&w, 1000);
	if (!w.bad && a->version != BOOT_VERSION)
		return (true);	/* what follows is for those who know it */
	a->suite = (uint8_t)word_num(&w, 255);
	word_hex(&w, a->pub, sizeof a->pub);
	word_hex(&w, a->psk, sizeof a->psk);
	word_hex(&w, a->cid, sizeof a->cid);
	a->port = (uint16_t)word_num(&w, 65535);
	read_addrs(&w, a);
	return (!w.bad);
}
