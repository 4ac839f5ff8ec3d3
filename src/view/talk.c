/* SPDX-License-Identifier: ISC */

/* talk.c - encoding of the records in talk.h; see there. */

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/xmalloc.h"
#include "view/talk.h"
#include "wire/reader.h"
#include "wire/writer.h"

/* Write into a scratch area as large as any record, then append what was used. */
static int
talk_commit(struct buf *b, uint8_t tag, struct writer *w)
{
	uint8_t		 head[16];
	struct writer	 h;
	int		 r = -1;

	if (writer_ok(w)) {
		writer_init(&h, head, sizeof head);
		writer_u8(&h, tag);
		writer_varint(&h, writer_len(w));
		if (buf_space(b) >= writer_len(&h) + writer_len(w)) {
			buf_add(b, head, writer_len(&h));
			buf_add(b, w->base, writer_len(w));
			r = 0;
		}
	}
	free(w->base);
	return (r);
}

static void
talk_open(struct writer *w, size_t size)
{
	if (size > TALK_RECORD_MAX)
		size = TALK_RECORD_MAX;
	writer_init(w, xmalloc(size), size);
}

static void
put_str(struct writer *w, const char *s)
{
	if (s == NULL)
		s = "";
	writer_str(w, s, strlen(s));
}

int
talk_add(struct buf *b, const struct talk *t)
{
	struct writer	 w;

	talk_open(&w, 64 + t->text_len + t->len);
	writer_u8(&w, (uint8_t)((t->kind << 1) | (t->fin ? 1 : 0)));
	writer_varint(&w, t->id);
	writer_svarint(&w, t->n);
	writer_str(&w, t->text != NULL ? t->text : "", t->text_len);
	writer_bytes(&w, t->data != NULL ? t->data : (const uint8_t *)"", t->len);
	return (talk_commit(b, t->tag, &w));
}

bool
talk_parse(const struct record *rec, struct talk *t)
{
	struct reader	 r;
	uint8_t		 head;
	int64_t		 n;

	memset(t, 0, sizeof *t);
	t->tag = rec->tag;
	reader_init(&r, rec->payload, rec->len);
	head = reader_u8(&r);
	t->kind = head >> 1;
	t->fin = head & 1;
	t->id = (uint32_t)reader_varint_max(&r, UINT32_MAX);
	n = reader_svarint(&r);
	if (n < INT32_MIN || n > INT32_MAX)
		reader_fail(&r);
	t->n = (int32_t)n;
	t->text = (const char *)reader_str(&r, TALK_RECORD_MAX, &t->text_len);
	t->len = reader_left(&r);
	t->data = reader_bytes(&r, t->len);
	return (reader_ok(&r));
}

int
talk_add_hello(struct buf *b, const struct talk_hello *h)
{
	struct writer	 w;
	int		 i;

	talk_open(&w, TALK_RECORD_MAX);
	writer_varint(&w, h->version);
	writer_varint(&w, h->flags);
	writer_varint(&w, h->pid);
	writer_u16(&w, h->cols);
	writer_u16(&w, h->rows);
	writer_u16(&w, h->cell_width);
	writer_u16(&w, h->cell_height);
	put_str(&w, h->program);
	put_str(&w, h->tty);
	put_str(&w, h->term);
	put_str(&w, h->features);
	put_str(&w, h->user);
	put_str(&w, h->cwd);
	writer_varint(&w, (uint64_t)h->argc);
	for (i = 0; i < h->argc; i++)
		put_str(&w, h->argv[i]);
	writer_varint(&w, (uint64_t)h->envc);
	for (i = 0; i < h->envc; i++)
		put_str(&w, h->env[i]);
	return (talk_commit(b, TALK_HELLO, &w));
}

/* Copies strings, NUL terminated, into a store as large as the record. */
struct store {
	char	*base, *p;
	size_t	 left;
};

static const char *
take_str(struct reader *r, struct store *st)
{
	const uint8_t	*s;
	size_t		 len;
	char		*out;

	s = reader_str(r, TALK_STRING_MAX, &len);
	if (s == NULL || len + 1 > st->left || memchr(s, '\0', len) != NULL) {
		reader_fail(r);
		return ("");
	}
	out = st->p;
	memcpy(out, s, len);
	out[len] = '\0';
	st->p += len + 1;
	st->left -= len + 1;
	return (out);
}

static char **
take_list(struct reader *r, struct store *st, uint64_t max, int *count)
{
	uint64_t	 i, n;
	char		**v;

	*count = 0;
	n = reader_varint_max(r, max);
	if (!reader_ok(r) || n > reader_left(r)) {
		reader_fail(r);
		return (NULL);
	}
	v = xcalloc(n + 1, sizeof *v);
	for (i = 0; i < n; i++)
		v[i] = (char *)(uintptr_t)take_str(r, st);
	*count = (int)n;
	return (v);
}

bool
talk_parse_hello(const struct record *rec, struct talk_hello *h)
{
	struct reader	 r;
	struct store	 st;

	memset(h, 0, sizeof *h);
	reader_init(&r, rec->payload, rec->len);
	/* Each string takes at least one byte of length there and one NUL here. */
	st.left = rec->len + 16;
	st.base = st.p = h->store = xmalloc(st.left);
	h->version = (uint32_t)reader_varint_max(&r, UINT32_MAX);
	h->flags = (uint32_t)reader_varint_max(&r, UINT32_MAX);
	h->pid = (uint32_t)reader_varint_max(&r, INT32_MAX);
	h->cols = reader_u16(&r);
	h->rows = reader_u16(&r);
	h->cell_width = reader_u16(&r);
	h->cell_height = reader_u16(&r);
	h->program = take_str(&r, &st);
	h->tty = take_str(&r, &st);
	h->term = take_str(&r, &st);
	h->features = take_str(&r, &st);
	h->user = take_str(&r, &st);
	h->cwd = take_str(&r, &st);
	h->argv = take_list(&r, &st, TALK_ARGS_MAX, &h->argc);
	h->env = take_list(&r, &st, TALK_ENV_MAX, &h->envc);
	if (reader_ok(&r))
		return (true);
	talk_hello_fini(h);
	return (false);
}

void
talk_hello_fini(struct talk_hello *h)
{
	free(h->argv);
	free(h->env);
	free(h->store);
	memset(h, 0, sizeof *h);
}

int
talk_add_features(struct buf *b, const struct talk_features *f)
{
	struct writer	 w;

	talk_open(&w, TALK_CHUNK);
	put_str(&w, f->features);
	put_str(&w, f->term_type);
	writer_varint(&w, f->colours);
	writer_u32(&w, f->fg);
	writer_u32(&w, f->bg);
	writer_u8(&w, f->theme);
	return (talk_commit(b, TALK_FEATURES, &w));
}

bool
talk_parse_features(const struct record *rec, struct talk_features *f)
{
	struct reader	 r;
	struct store	 st;

	memset(f, 0, sizeof *f);
	reader_init(&r, rec->payload, rec->len);
	st.left = rec->len + 16;
	st.base = st.p = f->store = xmalloc(st.left);
	f->features = take_str(&r, &st);
	f->term_type = take_str(&r, &st);
	f->colours = (uint32_t)reader_varint_max(&r, 1u << 24);
	f->fg = reader_u32(&r);
	f->bg = reader_u32(&r);
	f->theme = reader_u8(&r);
	if (reader_ok(&r))
		return (true);
	talk_features_fini(f);
	return (false);
}

void
talk_features_fini(struct talk_features *f)
{
	free(f->store);
	memset(f, 0, sizeof *f);
}

static void
put_list(struct writer *w, char *const *v, int n)
{
	int	i;

	writer_varint(w, (uint64_t)n);
	for (i = 0; i < n; i++)
		put_str(w, v[i]);
}

int
talk_add_terminal(struct buf *b, const struct talk_terminal *t)
{
	struct writer	 w;

	talk_open(&w, TALK_RECORD_MAX);
	put_list(&w, t->features, t->nfeatures);
	put_list(&w, t->overrides, t->noverrides);
	put_list(&w, t->keys, t->nkeys);
	return (talk_commit(b, TALK_TERMINAL, &w));
}

bool
talk_parse_terminal(const struct record *rec, struct talk_terminal *t)
{
	struct reader	 r;
	struct store	 st;

	memset(t, 0, sizeof *t);
	reader_init(&r, rec->payload, rec->len);
	st.left = rec->len + 16;
	st.base = st.p = t->store = xmalloc(st.left);
	t->features = take_list(&r, &st, TALK_TERMINAL_MAX, &t->nfeatures);
	t->overrides = take_list(&r, &st, TALK_TERMINAL_MAX, &t->noverrides);
	t->keys = take_list(&r, &st, TALK_TERMINAL_MAX, &t->nkeys);
	if (reader_ok(&r))
		return (true);
	talk_terminal_fini(t);
	return (false);
}

void
talk_terminal_fini(struct talk_terminal *t)
{
	free(t->features);
	free(t->overrides);
	free(t->keys);
	free(t->store);
	memset(t, 0, sizeof *t);
}
