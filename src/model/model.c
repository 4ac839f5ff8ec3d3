/* SPDX-License-Identifier: ISC */

/*
 * model.c - the root of the tree, its ids, and the end of what was destroyed.
 *
 * Invariants:
 *  1. What is in a *_by_id map is alive; what is destroyed leaves the map at
 *     once, and its memory goes in model_reap().
 *  2. An id is given once: the counters only grow.
 *  3. version_seen grows with whatever a client may see outside of panes.
 */

#include "model/model.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "model/client.h"
#include "model/environ.h"
#include "model/key-table.h"
#include "model/option.h"
#include "model/pane.h"
#include "model/paste.h"
#include "model/session.h"
#include "model/window.h"
#include "model/tree.h"

struct model *
model_new(const struct model_ops *ops, void *arg)
{
	static const struct model_ops	 none;
	struct model			*m = xcalloc(1, sizeof *m);

	m->ops = ops != NULL ? ops : &none;
	m->ops_arg = arg;
	m->socket_path = xstrdup("");
	m->version = xstrdup("3.6");

	m->server_options = options_new(NULL);
	options_defaults(m->server_options, OPTION_SERVER);
	m->session_options = options_new(NULL);
	options_defaults(m->session_options, OPTION_SESSION);
	m->window_options = options_new(NULL);
	options_defaults(m->window_options, OPTION_WINDOW);
	m->environ = environ_new();
	m->keys = key_tables_new();
	key_tables_defaults(m->keys);
	m->pastes = pastes_new();

	TAILQ_INIT(&m->sessions);
	TAILQ_INIT(&m->clients);
	TAILQ_INIT(&m->groups);
	TAILQ_INIT(&m->dead_sessions);
	TAILQ_INIT(&m->dead_windows);
	TAILQ_INIT(&m->dead_panes);
	map_u32_init(&m->session_by_id, 0);
	map_u32_init(&m->window_by_id, 0);
	map_u32_init(&m->pane_by_id, 0);
	map_u32_init(&m->client_by_id, 0);
	return (m);
}

/* Windows that no session ever took. */
static void
windows_free(struct model *m)
{
	void	*w;
	size_t	 at = 0;

	while (map_u32_next(&m->window_by_id, &at, NULL, &w)) {
		window_destroy(w);
		at = 0;
	}
}

void
model_free(struct model *m)
{
	struct client	*c;
	struct session	*s;
	size_t		 i;

	if (m == NULL)
		return;
	m->shutting_down = true;
	while ((c = TAILQ_FIRST(&m->clients)) != NULL)
		client_free(c);
	while ((s = TAILQ_FIRST(&m->sessions)) != NULL)
		session_destroy(s);
	windows_free(m);
	model_reap(m);

	map_u32_fini(&m->session_by_id);
	map_u32_fini(&m->window_by_id);
	map_u32_fini(&m->pane_by_id);
	map_u32_fini(&m->client_by_id);
	pastes_free(m->pastes);
	key_tables_free(m->keys);
	environ_free(m->environ);
	options_free(m->window_options);
	options_free(m->session_options);
	options_free(m->server_options);
	for (i = 0; m->config_files != NULL && m->config_files[i] != NULL; i++)
		free(m->config_files[i]);
	free(m->config_files);
	free(m->socket_path);
	free(m->version);
	free(m->options_told);
	free(m);
}

void
model_reap(struct model *m)
{
	struct client	*c;
	struct session	*s;
	struct window	*w;
	struct pane	*p;

	TAILQ_FOREACH(c, &m->clients, entry) {
		if (c->session != NULL && c->session->dead)
			c->session = NULL;
		if (c->last_session != NULL && c->last_session->dead)
			c->last_session = NULL;
	}
	while ((p = TAILQ_FIRST(&m->dead_panes)) != NULL) {
		TAILQ_REMOVE(&m->dead_panes, p, dentry);
		pane_free(p);
	}
	while ((w = TAILQ_FIRST(&m->dead_windows)) != NULL) {
		TAILQ_REMOVE(&m->dead_windows, w, entry);
		window_free(w);
	}
	while ((s = TAILQ_FIRST(&m->dead_sessions)) != NULL) {
		TAILQ_REMOVE(&m->dead_sessions, s, entry);
		session_free(s);
	}
}

void
model_touch(struct model *m)
{
	m->version_seen++;
}

void
model_notify(struct model *m, const char *name, struct client *c,
    struct session *s, struct window *w, struct pane *p)
{
	if (m->ops->notify != NULL)
		m->ops->notify(m->ops_arg, name, c, s, w, p);
}

struct session *
model_session(struct model *m, uint32_t id)
{
	return (map_u32_get(&m->session_by_id, id));
}

struct window *
model_window(struct model *m, uint32_t id)
{
	return (map_u32_get(&m->window_by_id, id));
}

struct pane *
model_pane(struct model *m, uint32_t id)
{
	return (map_u32_get(&m->pane_by_id, id));
}

struct client *
model_client(struct model *m, uint32_t id)
{
	return (map_u32_get(&m->client_by_id, id));
}
