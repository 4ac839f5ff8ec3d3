/* SPDX-License-Identifier: ISC */

/*
 * paste.c - paste buffers.
 *
 * One list, newest first, of which `automatic` ones ("buffer0", "buffer1",
 * ...) are limited in number by the option buffer-limit: the oldest of them
 * go.  A buffer that the user gave a name stays until he deletes it, and is
 * never what a paste without a name takes.
 *
 * Data are bytes, whatever they are; names are text for people and are made
 * visible (str_vis) before they are kept, since they are shown in modes and
 * lists and find their way into formats.
 */

#include "model/paste.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "model/option.h"
#include "term/canvas.h"

#define PASTE_SAMPLE_COLS	200	/* of visible text, as tmux */
#define PASTE_NAME_MAX		1024	/* bytes */

struct pastes {
	struct paste	**list;		/* newest first */
	size_t		  count, cap;
	size_t		  automatic;	/* how many are */
	unsigned	  next_order;
	unsigned	  next_name;
};

struct pastes *
pastes_new(void)
{
	return (xcalloc(1, sizeof(struct pastes)));
}

static void
paste_free(struct paste *pb)
{
	free(pb->name);
	free(pb->data);
	free(pb);
}

void
pastes_free(struct pastes *ps)
{
	size_t	i;

	if (ps == NULL)
		return;
	for (i = 0; i < ps->count; i++)
		paste_free(ps->list[i]);
	free(ps->list);
	free(ps);
}

struct paste *
paste_get(struct pastes *ps, const char *name)
{
	size_t	i;

	if (name == NULL)
		return (paste_top(ps));
	for (i = 0; i < ps->count; i++) {
		if (strcmp(ps->list[i]->name, name) == 0)
			return (ps->list[i]);
	}
	return (NULL);
}

struct paste *
paste_top(struct pastes *ps)
{
	size_t	i;

	for (i = 0; i < ps->count; i++) {
		if (ps->list[i]->automatic)
			return (ps->list[i]);
	}
	return (NULL);
}

size_t
paste_count(struct pastes *ps)
{
	return (ps->count);
}

struct paste *
paste_at(struct pastes *ps, size_t i)
{
	return (i < ps->count ? ps->list[i] : NULL);
}

/* Take a buffer out of the list. */
static void
paste_unlink(struct pastes *ps, struct paste *pb)
{
	size_t	i;

	for (i = 0; ps->list[i] != pb; i++)
		;
	memmove(ps->list + i, ps->list + i + 1,
	    (ps->count - i - 1) * sizeof *ps->list);
	ps->count--;
	if (pb->automatic)
		ps->automatic--;
}

/* Put a buffer before all others. */
static void
paste_link(struct pastes *ps, struct paste *pb)
{
	if (ps->count == ps->cap) {
		ps->cap = ps->cap == 0 ? 16 : ps->cap * 2;
		ps->list = xreallocarray(ps->list, ps->cap, sizeof *ps->list);
	}
	memmove(ps->list + 1, ps->list, ps->count * sizeof *ps->list);
	ps->list[0] = pb;
	ps->count++;
	if (pb->automatic)
		ps->automatic++;
	pb->order = ps->next_order++;
}

static void
paste_changed(struct model *m, const char *name, bool deleted)
{
	if (m->ops != NULL && m->ops->paste_changed != NULL)
		m->ops->paste_changed(m->ops_arg, name, deleted);
}

void
paste_delete(struct model *m, struct paste *pb)
{
	paste_unlink(m->pastes, pb);
	paste_changed(m, pb->name, true);
	paste_free(pb);
}

/* Make room for one more automatic buffer. */
static void
paste_trim(struct model *m)
{
	struct pastes	*ps = m->pastes;
	long long	 limit;
	size_t		 i;

	limit = options_number(m->server_options, "buffer-limit");
	for (i = ps->count; i > 0 && (long long)ps->automatic >= limit; i--) {
		if (ps->list[i - 1]->automatic)
			paste_delete(m, ps->list[i - 1]);
	}
}

static struct paste *
paste_new(struct model *m, char *name_take, uint8_t *data, size_t len,
    bool automatic)
{
	struct paste	*pb;

	pb = xcalloc(1, sizeof *pb);
	pb->name = name_take;
	pb->data = data;
	pb->len = len;
	pb->created = m->wall;
	pb->automatic = automatic;
	paste_link(m->pastes, pb);
	paste_changed(m, pb->name, false);
	return (pb);
}

void
paste_add(struct model *m, const char *prefix, uint8_t *data, size_t len)
{
	char	*name = NULL;

	if (len == 0) {
		free(data);
		return;
	}
	paste_trim(m);
	do {
		free(name);
		xasprintf(&name, "%s%u", prefix == NULL ? "buffer" : prefix,
		    m->pastes->next_name++);
	} while (paste_get(m->pastes, name) != NULL);
	paste_new(m, name, data, len, true);
}

/* A copy of a name that may be kept and shown; NULL if it cannot be one. */
static char *
paste_clean_name(const char *name)
{
	size_t	len = strlen(name);

	if (len == 0 || len > PASTE_NAME_MAX)
		return (NULL);
	return (str_vis(name, len));
}

int
paste_set(struct model *m, const char *name, uint8_t *data, size_t len,
    char **cause)
{
	struct paste	*old;
	char		*clean;

	if (cause != NULL)
		*cause = NULL;
	if (name == NULL) {
		paste_add(m, NULL, data, len);
		return (0);
	}
	if ((clean = paste_clean_name(name)) == NULL) {
		if (cause != NULL)
			xasprintf(cause, *name == '\0' ? "empty buffer name" :
			    "buffer name is too long");
		free(data);
		return (-1);
	}
	if (len == 0) {
		free(clean);
		free(data);
		return (0);
	}
	if ((old = paste_get(m->pastes, clean)) != NULL) {
		paste_unlink(m->pastes, old);
		paste_free(old);
	}
	paste_new(m, clean, data, len, false);
	return (0);
}

int
paste_rename(struct pastes *ps, const char *from, const char *to,
    char **cause)
{
	struct paste	*pb, *other;
	char		*clean;

	if (cause != NULL)
		*cause = NULL;
	if (from == NULL || *from == '\0') {
		if (cause != NULL)
			*cause = xstrdup("no buffer");
		return (-1);
	}
	if (to == NULL || (clean = paste_clean_name(to)) == NULL) {
		if (cause != NULL)
			*cause = xstrdup("new name is empty");
		return (-1);
	}
	if ((pb = paste_get(ps, from)) == NULL) {
		if (cause != NULL)
			xasprintf(cause, "unknown buffer: %s", from);
		free(clean);
		return (-1);
	}
	other = paste_get(ps, clean);
	if (other != NULL && other != pb) {
		paste_unlink(ps, other);
		paste_free(other);
	}
	if (pb->automatic) {
		pb->automatic = false;
		ps->automatic--;
	}
	free(pb->name);
	pb->name = clean;
	return (0);
}

char *
paste_sample(const struct paste *pb)
{
	const size_t	 bytes = PASTE_SAMPLE_COLS * 4;
	char		*vis, *out;
	size_t		 len = pb->len < bytes ? pb->len : bytes, fit;
	int		 cols;

	vis = str_vis((const char *)pb->data, len);
	fit = text_fit(vis, strlen(vis), PASTE_SAMPLE_COLS, &cols);
	if (vis[fit] == '\0' && len == pb->len)
		return (vis);
	vis[fit] = '\0';
	xasprintf(&out, "%s...", vis);
	free(vis);
	return (out);
}
