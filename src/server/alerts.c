/* SPDX-License-Identifier: ISC */

/* alerts.c - see alerts.h. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xmalloc.h"
#include "model/client.h"
#include "model/option.h"
#include "model/pane.h"
#include "model/paste.h"
#include "server/alerts.h"
#include "server/host.h"
#include "server/pane-io.h"
#include "server/peer.h"
#include "server/server.h"

#define SILENCE_INTERVAL	USEC_PER_SEC
#define CLIPBOARD_WAIT		(5 * USEC_PER_SEC)	/* for a terminal's answer */

/* Choices of get-clipboard, and of set-clipboard. */
enum { GET_OFF, GET_BUFFER, GET_REQUEST, GET_BOTH };
#define SET_ON			2

/* none, any, current, other: does the option's choice cover this window? */
static bool
action_covers(long long action, bool current)
{
	switch (action) {
	case 1:
		return (true);
	case 2:
		return (current);
	case 3:
		return (!current);
	default:
		return (false);
	}
}

/* Tell the clients of each session that has the window. */
static void
alert_clients(struct server *s, struct window *w, const char *action, const char *visual,
    const char *what, bool ring)
{
	struct winlink	*wl;
	struct client	*c;
	long long	 v;
	char		*text;

	TAILQ_FOREACH(wl, &w->links, wentry) {
		TAILQ_FOREACH(c, &s->model->clients, entry) {
			if (c->session != wl->session || peer_of(c) == NULL)
				continue;
			if (!action_covers(options_number(c->session->options, action),
			    c->session->current == wl))
				continue;
			v = options_number(c->session->options, visual);
			if (v != 1 && ring)
				peer_bell(peer_of(c), false);
			if (v == 0)
				continue;
			if (c->session->current == wl)
				xasprintf(&text, "%s in current window", what);
			else
				xasprintf(&text, "%s in window %d", what, wl->index);
			host_message(s, c, text, -1, false, false);
			free(text);
		}
	}
}

static void
alert_bell(struct server *s, struct pane *p)
{
	p->bell_count++;
	if (!options_number(p->window->options, "monitor-bell"))
		return;
	alert_clients(s, p->window, "bell-action", "visual-bell", "Bell", true);
	window_set_alert(p->window, WINLINK_BELL);
	model_notify(s->model, "pane-bell", NULL, NULL, p->window, p);
}

/* Does a client show the pane now? */
static bool
client_shows(struct client *c, struct pane *p)
{
	return (c->session != NULL && c->session->current != NULL &&
	    c->session->current->window == p->window && peer_of(c) != NULL);
}

static void
alert_clipboard(struct server *s, struct pane *p, const struct emu_event *ev)
{
	long long	 how = options_number(s->model->server_options, "set-clipboard");
	struct client	*c;
	struct talk	 t;

	if (how == 0)
		return;
	if (how == 2)
		paste_add(s->model, NULL, xmemdup(ev->data, ev->len), ev->len);
	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if (!client_shows(c, p))
			continue;
		memset(&t, 0, sizeof t);
		t.tag = TALK_CLIPBOARD;
		t.text = ev->text2 != NULL ? ev->text2 : "";
		t.text_len = strlen(t.text);
		t.data = ev->data;
		t.len = ev->len;
		peer_talk(peer_of(c), &t);
	}
	model_notify(s->model, "pane-set-clipboard", NULL, NULL, p->window, p);
}

static void
clipboard_answer(struct pane *p, const char *sel, const void *data, size_t n)
{
	struct buf	*replies = emu_replies(p->emu);

	emu_clipboard_reply(p->emu, sel, data, n);
	if (buf_len(replies) > 0) {
		pane_io_write(p, buf_data(replies), buf_len(replies), false);
		buf_clear(replies);
	}
}

/* A program asks for the clipboard: ours, or that of the terminal of who used it last. */
static void
clipboard_query(struct server *s, struct pane *p, const char *sel)
{
	struct options	*oo = s->model->server_options;
	long long	 how = options_number(oo, "get-clipboard");
	struct client	*c, *best = NULL;
	struct paste	*paste;
	struct talk	 t;

	if (how == GET_OFF || options_number(oo, "set-clipboard") != SET_ON)
		return;
	if (how == GET_BUFFER) {
		if ((paste = paste_top(s->model->pastes)) != NULL)
			clipboard_answer(p, sel, paste->data, paste->len);
		return;
	}
	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if (client_shows(c, p) && (best == NULL || c->activity_us > best->activity_us))
			best = c;
	}
	if (best == NULL)
		return;
	p->clipboard_until_us = s->now + CLIPBOARD_WAIT;
	snprintf(p->clipboard_sel, sizeof p->clipboard_sel, "%s", sel);
	memset(&t, 0, sizeof t);
	t.tag = TALK_CLIPBOARD_ASK;
	t.id = p->id;
	t.text = p->clipboard_sel;
	t.text_len = strlen(t.text);
	peer_talk(peer_of(best), &t);
}

void
alerts_clipboard(struct server *s, uint32_t pane, const uint8_t *data, size_t n)
{
	struct pane	*p = model_pane(s->model, pane);

	/* Nobody pushes his clipboard upon a program that did not ask. */
	if (p == NULL || s->now >= p->clipboard_until_us)
		return;
	p->clipboard_until_us = 0;
	clipboard_answer(p, p->clipboard_sel, data, n);
	if (options_number(s->model->server_options, "get-clipboard") == GET_BOTH && n > 0)
		paste_add(s->model, NULL, xmemdup(data, n), n);
}

/* all: to clients that do not show the pane too, if its window is in their session. */
static void
alert_raw(struct server *s, struct pane *p, const struct emu_event *ev, bool all)
{
	struct client	*c;
	struct talk	 t;

	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if (!(client_shows(c, p) && pane_visible(p)) && !(all && peer_of(c) != NULL &&
		    c->session != NULL && session_has_window(c->session, p->window)))
			continue;
		memset(&t, 0, sizeof t);
		t.tag = TALK_RAW;
		t.data = ev->data;
		t.len = ev->len;
		peer_talk(peer_of(c), &t);
	}
}

void
alerts_event(struct server *s, struct pane *p, const struct emu_event *ev)
{
	long long	 how;

	switch (ev->kind) {
	case EMU_BELL:
		alert_bell(s, p);
		break;
	case EMU_TITLE:
		if (options_number(p->options, "allow-set-title")) {
			model_touch(s->model);
			model_notify(s->model, "pane-title-changed", NULL, NULL, p->window, p);
		}
		break;
	case EMU_RENAME:
		if (options_number(p->options, "allow-rename") && ev->text != NULL &&
		    *ev->text != '\0') {
			window_set_name(p->window, ev->text);
			options_set_number(p->window->options, "automatic-rename", 0);
			model_touch(s->model);
		}
		break;
	case EMU_CLIPBOARD_SET:
		alert_clipboard(s, p, ev);
		break;
	case EMU_CLIPBOARD_QUERY:
		clipboard_query(s, p, ev->text2 != NULL ? ev->text2 : "");
		break;
	case EMU_PASSTHROUGH:
		how = options_number(p->options, "allow-passthrough");
		if (how != 0)
			alert_raw(s, p, ev, how == 2);
		break;
	case EMU_PROGRESS:
		p->progress_state = ev->n >> 8;
		p->progress_percent = ev->n & 0xff;
		model_touch(s->model);
		break;
	case EMU_PROMPT:
		if (ev->n == 'A')
			model_notify(s->model, "pane-shell-prompt", NULL, NULL, p->window, p);
		else if (ev->n == 'C') {
			p->command_start = s->model->wall;
			model_notify(s->model, "pane-command-started", NULL, NULL, p->window, p);
		} else if (ev->n == 'D') {
			p->command_end = s->model->wall;
			p->command_status = ev->arg;
			model_notify(s->model, "pane-command-finished", NULL, NULL, p->window, p);
		}
		break;
	case EMU_CWD:
	case EMU_COLOURS:
		model_touch(s->model);
		break;
	default:
		break;
	}
}

void
alerts_output(struct server *s, struct pane *p)
{
	struct window	*w = p->window;

	p->silence_since_us = s->now;
	w->activity = s->model->wall;
	w->activity_us = s->now;
	if (options_number(w->options, "monitor-activity")) {
		struct winlink *wl;
		bool fresh = false;
		TAILQ_FOREACH(wl, &w->links, wentry) {
			if (!(wl->flags & WINLINK_ACTIVITY) && (wl->session->current != wl ||
			    window_alert_applies(wl, WINLINK_ACTIVITY)))
				fresh = true;
		}
		if (fresh) {
			alert_clients(s, w, "activity-action", "visual-activity", "Activity",
			    true);
			window_set_alert(w, WINLINK_ACTIVITY);
		}
	}
}

usec_t
alerts_tick(struct server *s)
{
	struct window	*w;
	struct pane	*p;
	long long	 after;
	size_t		 at = 0;
	usec_t		 newest;
	bool		 any = false;
	void		*v;

	if (s->now < s->alerts_at)
		return (s->alerts_watch ? s->alerts_at : USEC_NEVER);
	while (map_u32_next(&s->model->window_by_id, &at, NULL, &v)) {
		w = v;
		if ((after = options_number(w->options, "monitor-silence")) <= 0)
			continue;
		any = true;
		newest = 0;
		TAILQ_FOREACH(p, &w->panes, entry) {
			if (p->silence_since_us > newest)
				newest = p->silence_since_us;
		}
		if (newest != 0 && s->now >= newest + (usec_t)after * USEC_PER_SEC) {
			TAILQ_FOREACH(p, &w->panes, entry)
				p->silence_since_us = s->now;
			alert_clients(s, w, "silence-action", "visual-silence", "Silence", true);
			window_set_alert(w, WINLINK_SILENCE);
		}
	}
	s->alerts_at = s->now + SILENCE_INTERVAL;
	s->alerts_watch = any;
	return (any ? s->alerts_at : USEC_NEVER);
}
