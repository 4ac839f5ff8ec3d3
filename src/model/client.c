/* SPDX-License-Identifier: ISC */

/*
 * client.c - what the model knows of one connected client.
 *
 * A client looks at one session or none.  Its size less its status lines is
 * what it offers to windows; whenever that changes, or what it looks at, the
 * windows are measured again (model_recalculate).
 */

#include "model/client.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "model/environ.h"
#include "model/option.h"
#include "model/scene.h"

struct client *
client_new(struct model *m)
{
	struct client	*c = xcalloc(1, sizeof *c);

	c->model = m;
	c->id = m->next_client++;
	c->name = xstrdup("");
	c->tty = xstrdup("");
	c->term = xstrdup("");
	c->term_type = xstrdup("");
	c->term_features = xstrdup("");
	c->user = xstrdup("");
	c->cwd = xstrdup("");
	c->environ = environ_new();
	c->created = c->activity = m->wall;
	c->activity_us = m->now_us;
	c->last_key = KEY_NONE;
	TAILQ_INSERT_TAIL(&m->clients, c, entry);
	map_u32_set(&m->client_by_id, c->id, c);
	return (c);
}

void
client_free(struct client *c)
{
	struct model	*m = c->model;

	client_set_session(c, NULL);
	TAILQ_REMOVE(&m->clients, c, entry);
	map_u32_del(&m->client_by_id, c->id);
	if (c->mode_free != NULL) {
		if (c->prompt != NULL)
			c->mode_free(c->prompt);
		if (c->overlay != NULL)
			c->mode_free(c->overlay);
	}
	scene_free(c->scene);
	environ_free(c->environ);
	free(c->message.text);
	free(c->key_table);
	free(c->exit_command);
	free(c->name);
	free(c->tty);
	free(c->term);
	free(c->term_type);
	free(c->term_features);
	free(c->user);
	free(c->cwd);
	free(c);
}

/* The name, or the terminal with or without /dev/; a colon may follow. */
struct client *
client_find(struct model *m, const char *name)
{
	static const char	 dev[] = "/dev/";
	struct client		*c, *found = NULL;
	char			*copy = xstrdup(name);
	size_t			 len = strlen(copy);

	if (len != 0 && copy[len - 1] == ':')
		copy[len - 1] = '\0';
	TAILQ_FOREACH(c, &m->clients, entry) {
		if (c->flags & CLIENT_DEAD)
			continue;
		if (strcmp(copy, c->name) == 0 ||
		    (*c->tty != '\0' && strcmp(copy, c->tty) == 0) ||
		    (str_starts(c->tty, dev) &&
		    strcmp(copy, c->tty + sizeof dev - 1) == 0)) {
			found = c;
			break;
		}
	}
	free(copy);
	return (found);
}

void
client_set_session(struct client *c, struct session *s)
{
	struct model	*m = c->model;
	struct session	*old = c->session;

	if (s == old)
		return;
	if (old != NULL) {
		if (old->attached > 0)
			old->attached--;
		if (s != NULL && !old->dead) {
			c->last_session = old;
			c->last_session_id = old->id;
		}
	}
	c->session = s;
	c->pan_set = false;
	c->redraw++;
	if (s != NULL) {
		s->attached++;
		s->last_attached = m->wall;
		session_activity(s);
		if (s->current != NULL) {
			window_clear_alerts(s->current);
			s->current->window->last_client = c->id;
		}
	}
	if (!m->shutting_down)
		model_recalculate(m);
	model_touch(m);
	if (s != NULL)
		model_notify(m, "client-session-changed", c, s, NULL, NULL);
}

const char *
client_key_table(struct client *c)
{
	if (c->key_table != NULL)
		return (c->key_table);
	if (c->session != NULL)
		return (options_string(c->session->options, "key-table"));
	return ("root");
}

void
client_set_key_table(struct client *c, const char *name)
{
	char	*old = c->key_table;

	if (str_eq(old, name))
		return;
	c->key_table = name != NULL ? xstrdup(name) : NULL;
	free(old);
	model_touch(c->model);
}

int
client_status_lines(struct client *c)
{
	int	 n;

	if (c->session == NULL || (c->flags & CLIENT_CONTROL))
		return (0);
	n = (int)options_number(c->session->options, "status");
	/* No room for a pane: rather the pane. */
	return (c->rows != 0 && n >= c->rows ? 0 : n);
}

bool
client_status_at_top(struct client *c)
{
	if (c->session == NULL)
		return (false);
	return (options_number(c->session->options, "status-position") == 0);
}

void
client_window_size(struct client *c, int *cols, int *rows)
{
	*cols = c->cols;
	*rows = c->rows - client_status_lines(c);
}

bool
client_here(const struct client *c)
{
	return (c->session != NULL && !(c->flags & (CLIENT_DEAD | CLIENT_AWAY)));
}

struct client *
client_best(struct model *m, struct session *s)
{
	struct client	*c, *best = NULL;

	TAILQ_FOREACH(c, &m->clients, entry) {
		if (!client_here(c))
			continue;
		if (s != NULL && c->session != s)
			continue;
		if (best == NULL || c->activity_us > best->activity_us)
			best = c;
	}
	return (best);
}

char *
client_flags_text(struct client *c)
{
	static const struct { unsigned flag; const char *name; } names[] = {
		{ CLIENT_ATTACHED, "attached" },
		{ CLIENT_FOCUSED, "focused" },
		{ CLIENT_CONTROL, "control-mode" },
		{ CLIENT_IGNORE_SIZE, "ignore-size" },
		{ CLIENT_NO_DETACH_ON_DESTROY, "no-detach-on-destroy" },
		{ CLIENT_NO_OUTPUT, "no-output" },
		{ CLIENT_WAIT_EXIT, "wait-exit" },
		{ CLIENT_READONLY, "read-only" },
		{ CLIENT_SUSPENDED, "suspended" },
		{ CLIENT_AWAY, "away" },
		{ CLIENT_UTF8, "UTF-8" },
	};
	char	 text[256] = "";
	size_t	 i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (!(c->flags & names[i].flag))
			continue;
		if (*text != '\0')
			strlcat(text, ",", sizeof text);
		strlcat(text, names[i].name, sizeof text);
	}
	return (xstrdup(text));
}

bool
client_link(struct client *c, struct client_link *cl)
{
	struct model	*m = c->model;

	memset(cl, 0, sizeof *cl);
	return (m->ops != NULL && m->ops->client_link != NULL &&
	    m->ops->client_link(m->ops_arg, c, cl));
}
