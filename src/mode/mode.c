/* SPDX-License-Identifier: ISC */

/* mode.c - calls into modes, where they have such an operation. */

#include "mode/mode.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

void
mode_result_init(struct mode_result *r)
{
	memset(r, 0, sizeof *r);
	r->index = -1;
	r->key = KEY_NONE;
}

void
mode_result_fini(struct mode_result *r)
{
	free(r->data);
	free(r->prefix);
	free(r->pipe);
	free(r->text);
	free(r->text2);
	free(r->ids);
	free(r->ask.prompt);
	free(r->ask.initial);
	mode_result_init(r);
}

void
mode_free(struct mode *m)
{
	if (m != NULL)
		m->ops->free(m);
}

void
mode_free_all(struct mode *m)
{
	struct mode	*below;

	for (; m != NULL; m = below) {
		below = m->below;
		m->ops->free(m);
	}
}

void
mode_key(struct mode *m, const struct key_event *ev, int x, int y,
    struct mode_result *r)
{
	if (m->ops->key != NULL)
		m->ops->key(m, ev, x, y, r);
	else
		r->acts |= ACT_FORWARD;
}

int
mode_command(struct mode *m, int argc, char *const *argv, unsigned repeat,
    const struct mode_mouse *mouse, struct mode_result *r, char **cause)
{
	if (m->ops->command == NULL || argc < 1) {
		xasprintf(cause, "not in a mode");
		return (-1);
	}
	return (m->ops->command(m, argc, argv, repeat, mouse, r, cause));
}

void
mode_prefix(struct mode *m, unsigned repeat)
{
	if (m->ops->prefix != NULL)
		m->ops->prefix(m, repeat);
}

void
mode_drag(struct mode *m, enum mode_drag what, int x, int y,
    struct mode_result *r)
{
	if (m->ops->drag != NULL)
		m->ops->drag(m, what, x, y, r);
}

void
mode_answer(struct mode *m, int id, const char *text, bool final,
    struct mode_result *r)
{
	if (m->ops->answer != NULL)
		m->ops->answer(m, id, text, final, r);
}

void
mode_resize(struct mode *m, int cols, int rows)
{
	if (m->ops->resize != NULL && cols > 0 && rows > 0)
		m->ops->resize(m, cols, rows);
}

void
mode_changed(struct mode *m)
{
	if (m->ops->changed != NULL)
		m->ops->changed(m);
}

struct snap *
mode_snap(struct mode *m)
{
	return (m->ops->snap != NULL ? m->ops->snap(m) : NULL);
}

char *
mode_format(struct mode *m, const char *name)
{
	return (m->ops->format != NULL ? m->ops->format(m, name) : NULL);
}

const char *
mode_name(struct mode *m)
{
	return (m->ops->name);
}

const char *
mode_table(struct mode *m)
{
	return (m->ops->table != NULL ? m->ops->table(m) : NULL);
}

usec_t
mode_deadline(struct mode *m)
{
	return (m->ops->deadline != NULL ? m->ops->deadline(m) : USEC_NEVER);
}

void
mode_tick(struct mode *m, usec_t now, struct mode_result *r)
{
	if (m->ops->tick != NULL)
		m->ops->tick(m, now, r);
}
