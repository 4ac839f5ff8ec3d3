/* SPDX-License-Identifier: ISC */

/* Sessions, their windows, groups; who is current, who was; what is told. */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "model/client.h"
#include "model/layout.h"
#include "model/model.h"
#include "model/option.h"
#include "model/session.h"
#include "model/window.h"
#include "tap.h"

static char	told[4096];

static void
notify(void *arg, const char *name, struct client *c, struct session *s,
    struct window *w, struct pane *p)
{
	(void)arg;
	(void)c;
	(void)p;
	snprintf(told + strlen(told), sizeof told - strlen(told), "%s%s", name,
	    s != NULL && w != NULL ? "+ " : " ");
}

static const struct model_ops ops = { .notify = notify };

static struct window *
window_with_pane(struct model *m)
{
	struct window	*w = window_new(m, 80, 24);
	struct pane	*p = window_add_pane(w, NULL, false);

	w->layout = layout_new(w, p);
	layout_fix(w);
	return (w);
}

static const char *
list(struct session *s)
{
	static char	 text[256];
	struct winlink	*wl;

	text[0] = '\0';
	TAILQ_FOREACH(wl, &s->windows, entry)
		snprintf(text + strlen(text), sizeof text - strlen(text),
		    "%d@%u%s%s ", wl->index, wl->window->id,
		    wl == s->current ? "*" : "",
		    wl == TAILQ_FIRST(&s->stack) ? "-" : "");
	return (text);
}

static void
test_names(void)
{
	struct model	*m = model_new(NULL, NULL);
	struct session	*a, *b, *c;
	char		*cause = NULL, *name;

	a = session_new(m, NULL, "/tmp", NULL, NULL);
	is_str(a->name, "0", "the first is 0");
	b = session_new(m, "a:b.c", NULL, NULL, NULL);
	is_str(b->name, "a_b_c", "colons and dots are replaced");
	is_int(b->id, 1, "with the next id");
	ok(session_rename(b, "2", &cause) == 0, "renamed");
	c = session_new(m, NULL, NULL, NULL, NULL);
	is_str(c->name, "3", "a number that is taken is left out");
	is_int(c->id, 3, "as an id too");
	is_int(session_rename(c, "2", &cause), -1, "no two of one name");
	is_str(cause, "duplicate session: 2", "and why");
	free(cause);
	name = session_check_name("");
	ok(name == NULL, "a name is not empty");
	ok(session_find(m, "2") == b, "found by name");
	ok(model_session(m, 1) == b, "and by id");
	session_destroy(b);
	ok(model_session(m, 1) == NULL, "gone at once");
	ok(b->dead, "and marked");
	model_reap(m);
	model_free(m);
}

static void
test_windows(void)
{
	struct model	*m = model_new(&ops, NULL);
	struct session	*s;
	struct window	*w[4];
	struct winlink	*wl;
	char		*cause = NULL;
	int		 i;

	told[0] = '\0';
	s = session_new(m, "s", NULL, NULL, NULL);
	for (i = 0; i < 4; i++) {
		w[i] = window_with_pane(m);
		session_attach(s, w[i], i == 3 ? 7 : -1, NULL);
	}
	is_str(list(s), "0@0* 1@1 2@2 7@3 ", "the first is current");
	ok(strstr(told, "window-linked+ ") != NULL, "told of a link");
	ok(session_attach(s, w[0], 1, &cause) == NULL, "index in use");
	is_str(cause, "index in use: 1", "says why");
	free(cause);
	told[0] = '\0';
	is_int(session_select(s, 2), 0, "select another");
	is_str(told, "session-window-changed+ ", "told once");
	is_int(session_select(s, 2), 1, "select the same");
	is_int(session_select(s, 5), -1, "select none");
	is_str(list(s), "0@0- 1@1 2@2* 7@3 ", "the last one is known");
	is_int(session_next(s, false), 0, "next");
	is_int(session_next(s, false), 0, "next, around the end");
	is_str(list(s), "0@0* 1@1 2@2 7@3- ", "is the first");
	is_int(session_previous(s, false), 0, "previous, around the end");
	is_int(session_last(s), 0, "last");
	is_str(list(s), "0@0* 1@1 2@2 7@3- ", "goes back");
	is_int(session_next(s, true), -1, "none has an alert");
	session_winlink(s, 2)->flags |= WINLINK_BELL;
	is_int(session_next(s, true), 0, "one has");
	is_str(list(s), "0@0- 1@1 2@2* 7@3 ", "that one");
	is_int(session_winlink(s, 2)->flags, 0, "and no more");

	wl = session_winlink_step(s, s->current, -3);
	is_int(wl->index, 7, "steps go around backwards");
	is_int(session_shuffle_up(s, session_winlink(s, 0), false), 1,
	    "room after the first");
	is_str(list(s), "0@0- 2@1 3@2* 7@3 ", "the others moved up");
	session_renumber(s);
	is_str(list(s), "0@0- 1@1 2@2* 3@3 ", "renumbered");

	session_detach(s, s->current);
	is_str(list(s), "0@0* 1@1 3@3- ", "the last one becomes current");
	ok(w[2]->dead, "a window without links ends");
	ok(model_window(m, 2) == NULL, "and is not found any more");
	model_reap(m);
	window_destroy(w[0]);
	window_destroy(w[1]);
	ok(!s->dead, "a session lives while it has a window");
	window_destroy(w[3]);
	ok(s->dead, "and no longer");
	ok(TAILQ_EMPTY(&m->sessions), "it is not listed");
	model_free(m);
}

static void
test_groups(void)
{
	struct model	*m = model_new(&ops, NULL);
	struct session	*a = session_new(m, "a", NULL, NULL, NULL);
	struct session	*b = session_new(m, "b", NULL, NULL, NULL);
	struct window	*w0 = window_with_pane(m), *w1, *w2;

	session_attach(a, w0, -1, NULL);
	session_group_add(m, "g", a);
	session_group_add(m, "g", b);
	session_group_sync(a);
	is_str(list(b), "0@0* ", "a member gets the windows");
	w1 = window_with_pane(m);
	session_attach(b, w1, -1, NULL);
	w2 = window_with_pane(m);
	session_attach(a, w2, 5, NULL);
	is_str(list(a), "0@0* 1@1 5@2 ", "all members have the same");
	is_str(list(b), "0@0* 1@1 5@2 ", "windows");
	session_select(b, 5);
	session_select(b, 1);
	is_str(list(a), "0@0* 1@1 5@2 ", "but each has its own current one");
	is_str(list(b), "0@0 1@1* 5@2- ", "and last");
	session_detach(a, session_winlink(a, 1));
	is_str(list(b), "0@0- 5@2* ", "what goes, goes everywhere");
	ok(w1->dead, "and ends");
	session_group_remove(b);
	is_str(list(b), "0@0- 5@2* ", "who leaves keeps the windows");
	session_destroy(a);
	ok(!w0->dead, "they live on there");
	ok(session_group_find(m, "g") == NULL, "an empty group ends");
	model_free(m);
}

static void
test_clients(void)
{
	struct model	*m = model_new(&ops, NULL);
	struct session	*a = session_new(m, "a", NULL, NULL, NULL);
	struct session	*b = session_new(m, "b", NULL, NULL, NULL);
	struct client	*c, *d;
	char		*text;
	int		 x, y;

	session_attach(a, window_with_pane(m), -1, NULL);
	session_attach(b, window_with_pane(m), -1, NULL);
	c = client_new(m);
	free(c->tty);
	c->tty = xstrdup("/dev/pts/9");
	c->cols = 100;
	c->rows = 40;
	c->flags = CLIENT_ATTACHED | CLIENT_UTF8;
	client_set_session(c, a);
	is_int(a->attached, 1, "a session counts its clients");
	is_int(a->current->window->cols, 100, "its window gets their size");
	is_int(a->current->window->rows, 39, "less the status");
	client_set_session(c, b);
	is_int(a->attached, 0, "the client moves on");
	ok(c->last_session == a, "and remembers");
	ok(client_find(m, "pts/9") == c, "found by its terminal");
	ok(client_find(m, "/dev/pts/9:") == c, "in full");
	ok(client_find(m, "x") == NULL, "or not at all");
	text = client_flags_text(c);
	is_str(text, "attached,UTF-8", "flags as text");
	free(text);
	is_str(client_key_table(c), "root", "the default key table");
	client_set_key_table(c, "prefix");
	is_str(client_key_table(c), "prefix", "another one");
	client_set_key_table(c, NULL);
	is_str(client_key_table(c), "root", "and back");

	d = client_new(m);
	d->cols = 60;
	d->rows = 20;
	m->now_us = 5;
	d->activity_us = 5;
	client_set_session(d, b);
	ok(client_best(m, b) == d, "the best client was active last");
	is_int(b->current->window->cols, 60, "latest: the one that came");
	b->current->window->last_client = c->id;
	window_recalculate(b->current->window);
	is_int(b->current->window->cols, 100, "latest: the one that typed");
	options_set_text(m->window_options, "window-size", "smallest", false,
	    NULL);
	model_recalculate(m);
	is_int(b->current->window->cols, 60, "smallest");
	d->flags |= CLIENT_IGNORE_SIZE;
	model_recalculate(m);
	is_int(b->current->window->cols, 100, "but not who is to be ignored");
	d->flags &= ~CLIENT_IGNORE_SIZE;
	options_set_text(m->window_options, "window-size", "largest", false,
	    NULL);
	model_recalculate(m);
	is_int(b->current->window->rows, 39, "largest");
	options_set_text(b->options, "status", "3", false, NULL);
	client_window_size(c, &x, &y);
	is_int(y, 37, "more status lines");
	client_set_session(d, NULL);
	client_free(d);

	session_destroy(b);
	ok(c->session->dead, "a client may look at what has gone");
	model_reap(m);
	ok(c->session == NULL, "until the end of the turn");
	window_default_size(a, NULL, &x, &y);
	is_int(x, 80, "the size of a new window without clients");
	model_free(m);
}

int
main(void)
{
	test_names();
	test_windows();
	test_groups();
	test_clients();
	return (done_testing());
}
