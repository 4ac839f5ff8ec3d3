/* SPDX-License-Identifier: ISC */

/* dispatch.c - see dispatch.h. */

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "cmd/config.h"
#include "model/key-table.h"
#include "model/layout.h"
#include "model/option.h"
#include "server/dispatch.h"
#include "server/job.h"
#include "server/modes.h"
#include "server/pane-echo.h"
#include "server/pane-io.h"
#include "server/peer.h"
#include "server/server.h"
#include "view/keymsg.h"

#define CLICK_TIME	(300 * USEC_PER_MSEC)
#define KEY_BYTES_MAX	256
#define REMAIN_KEY	3	/* choice of remain-on-exit */
#define EXTENDED_OFF	0	/* choices of extended-keys */
#define EXTENDED_ALWAYS	2

/* What a client's mouse and keys are in the middle of; hangs on the client. */
struct input_state {
	/* clicks */
	usec_t		 click_at;
	int		 click_count, click_button, click_x, click_y;
	/* drags */
	bool		 dragging;
	int		 drag_button;
	int		 drag_kind;	/* -1: the bindings'; else enum drag_kind */
	uint32_t	 drag_pane, drag_window;
	int		 last_x, last_y;
	struct cmd_event last_click;
	/* a paste is going on */
	uint32_t	 paste_pane;
	bool		 pasting;
};

static struct input_state *
state_of(struct server *s, struct client *c)
{
	struct input_state	*st;

	if ((st = map_u32_get(&s->inputs, c->id)) == NULL) {
		st = xcalloc(1, sizeof *st);
		st->drag_kind = -1;
		map_u32_set(&s->inputs, c->id, st);
	}
	return (st);
}

static struct pane *
active_pane(struct client *c)
{
	if (c->session == NULL || c->session->current == NULL)
		return (NULL);
	return (c->session->current->window->active);
}

/*** To the program ***/

/* The level of modifyOtherKeys that the program gets, and its form. */
static int
pane_modify_other(struct pane *p)
{
	struct options	*oo = p->model->server_options;
	long long	 how = options_number(oo, "extended-keys");
	int		 level = emu_modify_other(p->emu);

	if (how == EXTENDED_OFF)
		return (0);
	if (how == EXTENDED_ALWAYS && level == 0)
		level = 1;
	return (options_number(oo, "extended-keys-format") == 0 ? level | KEY_OTHER_CSI_U : level);
}

static bool
pane_send_key(struct pane *p, const struct key_event *ev, bool limited)
{
	struct key_event	 other;
	struct buf		 out;
	key_code		 key;
	int			 kitty = emu_kitty_flags(p->emu);
	bool			 sent = true;

	if (p->flags & PANE_INPUT_OFF)
		return (true);
	if ((ev->code & KEY_MASK) == KEY_BSPACE && kitty == 0 &&
	    (key = (key_code)options_number(p->model->server_options, "backspace")) !=
	    ('?' | KEY_CTRL)) {
		other = *ev;
		other.code = key | (ev->code & ~KEY_MASK);
		ev = &other;
	}
	buf_init(&out, KEY_BYTES_MAX);
	if (key_encode(ev, emu_modes(p->emu), kitty, pane_modify_other(p), &out) &&
	    buf_len(&out) > 0)
		sent = pane_io_write(p, buf_data(&out), buf_len(&out), limited);
	buf_fini(&out);
	return (sent);
}

static bool
pane_in_sync(struct pane *p)
{
	return (options_number(p->options, "synchronize-panes") != 0);
}

void
dispatch_pane_key(struct server *s, struct pane *p, struct client *c, const struct key_event *ev)
{
	struct pane	*other;

	(void)s;
	(void)c;
	pane_send_key(p, ev, false);
	if (!pane_in_sync(p))
		return;
	TAILQ_FOREACH(other, &p->window->panes, entry) {
		if (other != p && pane_in_sync(other) && other->mode == NULL &&
		    pane_visible(other))
			pane_send_key(other, ev, false);
	}
}

static void
pane_took(struct server *s, struct pane *p, struct client *c, uint64_t end, bool plain)
{
	struct peer	*peer = peer_of(c);

	(void)s;
	if (end == 0 || peer == NULL)
		return;
	pane_echo_accepted(p, c->id, end, !(c->flags & CLIENT_LOCAL), plain);
	peer_typed(peer, p);
}

/* A dead pane that waits for a key. */
static bool
dead_pane_key(struct server *s, struct pane *p)
{
	if (!(p->flags & PANE_DEAD))
		return (false);
	if (options_number(p->options, "remain-on-exit") == REMAIN_KEY) {
		p->flags &= ~(unsigned)PANE_DEAD;
		pane_io_close(p);
		window_remove_pane(p->window, p);
		server_wake(s);
	}
	return (true);
}

/*** Key tables ***/

static bool
default_table(struct client *c, const char *name)
{
	return (strcmp(name, options_string(c->session->options, "key-table")) == 0);
}

static struct key_binding *
table_find(struct server *s, const char *table, key_code key)
{
	struct key_table	*kt = key_table_get(s->model->keys, table, false);
	struct key_binding	*kb;

	if (kt == NULL)
		return (NULL);
	kb = key_table_find(kt, key & ~(KEY_KPAD | KEY_IMPLIED_META));
	if (kb == NULL && !key_is_mouse(key))
		kb = key_table_find(kt, KEY_ANY);
	return (kb);
}

static void
leave_table(struct client *c)
{
	client_set_key_table(c, NULL);
	c->flags &= ~(unsigned)(CLIENT_PREFIX | CLIENT_REPEAT | CLIENT_PREFIX_TIMED);
	model_touch(c->model);
}

static bool
is_prefix(struct client *c, key_code key)
{
	key_code	k = key & ~(KEY_KPAD | KEY_IMPLIED_META);

	return (k == (key_code)options_number(c->session->options, "prefix") ||
	    k == (key_code)options_number(c->session->options, "prefix2"));
}

static void
run_binding(struct server *s, struct client *c, struct key_binding *kb,
    const struct cmd_event *ce)
{
	struct target	tg;
	bool		have;

	have = ce->mouse ? target_from_mouse(s->model, &tg, ce) : false;
	if (!have)
		have = target_from_client(s->model, &tg, c);
	cmdq_binding(s->cmdq, kb, c, have ? &tg : NULL, ce);
	server_wake(s);
}

/*
 * Look the key up as tmux does: the client's table (or the mode's, or the prefix table),
 * then the root.  True if the key is used up.
 */
static bool
dispatch_tables(struct server *s, struct client *c, struct pane *p, key_code key,
    const struct cmd_event *ce)
{
	struct key_binding	*kb;
	const char		*table, *mode_table;
	long long		 repeat, wait;
	char			 name[128];
	bool			 was_repeating, used = false;

	dispatch_tick(s, c);
	table = client_key_table(c);
	if (default_table(c, table) && p != NULL && p->mode != NULL &&
	    (mode_table = modes_table(s, p)) != NULL)
		table = mode_table;
	for (;;) {
		if (is_prefix(c, key) && strcmp(table, "prefix") != 0) {
			client_set_key_table(c, "prefix");
			c->flags |= CLIENT_PREFIX;
			c->flags &= ~(unsigned)CLIENT_REPEAT;
			wait = options_number(s->model->server_options, "prefix-timeout");
			if (wait > 0) {
				c->flags |= CLIENT_PREFIX_TIMED;
				c->repeat_until_us = s->now + (usec_t)wait * USEC_PER_MSEC;
			}
			model_touch(s->model);
			return (true);
		}
		was_repeating = (c->flags & CLIENT_REPEAT) != 0;
		kb = table_find(s, table, key);
		if (kb != NULL && !(was_repeating && !kb->repeat)) {
			repeat = options_number(c->session->options, "repeat-time");
			/* The name may live in what changes now. */
			snprintf(name, sizeof name, "%s", table);
			if (repeat != 0 && kb->repeat && !default_table(c, name)) {
				if (!was_repeating && options_number(c->session->options,
				    "initial-repeat-time") != 0)
					repeat = options_number(c->session->options,
					    "initial-repeat-time");
				c->flags |= CLIENT_REPEAT;
				c->flags &= ~(unsigned)CLIENT_PREFIX_TIMED;
				c->repeat_until_us = s->now + (usec_t)repeat * USEC_PER_MSEC;
				client_set_key_table(c, name);
			} else if (c->key_table != NULL)
				leave_table(c);
			run_binding(s, c, kb, ce);
			return (true);
		}
		if (default_table(c, table))
			break;
		if (c->key_table != NULL)
			leave_table(c);
		table = client_key_table(c);
		/* A key that only ends the repeating is for the pane. */
		used = !was_repeating;
	}
	return (used);
}

bool
dispatch_keys_elsewhere(struct server *s, struct client *c)
{
	struct pane	*p = active_pane(c);

	if (c->overlay != NULL || c->prompt != NULL || c->key_table != NULL)
		return (true);
	(void)s;
	return (p == NULL || p->mode != NULL || (p->flags & (PANE_DEAD | PANE_INPUT_OFF)) != 0 ||
	    (c->flags & CLIENT_READONLY) != 0);
}

usec_t
dispatch_tick(struct server *s, struct client *c)
{
	if (!(c->flags & (CLIENT_REPEAT | CLIENT_PREFIX_TIMED)))
		return (USEC_NEVER);
	if (s->now < c->repeat_until_us)
		return (c->repeat_until_us);
	leave_table(c);
	return (USEC_NEVER);
}

/*** The mouse ***/

/* The event as bindings see it, and the key that names it. */
static void
mouse_hit(struct client *c, const struct mouse_event *m, struct scene_hit *hit,
    struct cmd_event *ce)
{
	int	w, h;

	scene_hit(c, m->x, m->y, hit);
	ce->mouse = true;
	ce->where = hit->where;
	ce->x = m->x;
	ce->y = m->y;
	ce->session = hit->session != NULL ? hit->session->id : c->session->id;
	ce->window = hit->winlink != NULL ? hit->winlink->window->id :
	    c->session->current->window->id;
	ce->pane = hit->pane != NULL ? hit->pane->id : ID_NONE;
	scene_offset(c, &ce->ox, &ce->oy, &w, &h);
	ce->status_lines = client_status_lines(c);
	ce->status_at = ce->status_lines == 0 ? -1 : client_status_at_top(c) ? 0 :
	    c->rows - ce->status_lines;
	memcpy(ce->range, hit->range, sizeof ce->range);
}

static void
mouse_drag(struct server *s, struct client *c, struct input_state *st,
    const struct mouse_event *m, bool end)
{
	struct window	*w = c->session->current->window;
	struct pane	*p;
	int		 ox, oy, ww, hh, top;

	scene_offset(c, &ox, &oy, &ww, &hh);
	top = client_status_at_top(c) ? client_status_lines(c) : 0;
	switch (st->drag_kind) {
	case DRAG_RESIZE_PANE:
		if (!end && w->id == st->drag_window) {
			layout_resize_border(w, m->x + ox, m->y - top + oy, st->last_x + ox,
			    st->last_y - top + oy);
			model_touch(s->model);
		}
		break;
	case DRAG_COPY:
		if ((p = model_pane(s->model, st->drag_pane)) != NULL && p->mode != NULL)
			modes_drag(s, p, m->x + ox - p->x, m->y - top + oy - p->y, end);
		break;
	default:
		break;
	}
}

void
dispatch_drag(struct server *s, struct client *c, int kind, const void *event)
{
	const struct cmd_event	*ce = event;
	struct input_state	*st = state_of(s, c);
	struct mouse_event	 at;
	int			 x, y;

	memset(&at, 0, sizeof at);
	st->drag_kind = kind;
	st->drag_pane = ce->pane;
	if (c->session == NULL)
		return;
	st->drag_window = c->session->current->window->id;
	if (kind == DRAG_RESIZE_PANE) {
		/* What was moved already. */
		at.x = (int16_t)ce->x;
		at.y = (int16_t)ce->y;
		x = st->last_x;
		y = st->last_y;
		st->last_x = ce->last_x;
		st->last_y = ce->last_y;
		mouse_drag(s, c, st, &at, false);
		st->last_x = x;
		st->last_y = y;
	}
}

/* A double click is one when no third follows. */
struct click_timer {
	struct server	*s;
	uint32_t	 client;
	usec_t		 at;
};

static void
click_timeout(void *arg)
{
	struct click_timer	*t = arg;
	struct client		*c = model_client(t->s->model, t->client);
	struct input_state	*st;
	struct cmd_event	 ce;

	if (c != NULL && c->session != NULL && (st = state_of(t->s, c))->click_at == t->at &&
	    st->click_count == 2) {
		st->click_count = 0;
		ce = st->last_click;
		ce.bound = key_mouse(MOUSE_DOUBLE_CLICK, st->click_button,
		    (enum mouse_where)ce.where);
		dispatch_tables(t->s, c, active_pane(c), ce.bound, &ce);
	}
	free(t);
}

static enum mouse_type
mouse_click(struct server *s, struct client *c, struct input_state *st,
    const struct mouse_event *m)
{
	struct click_timer	*t;

	if (s->now < st->click_at + CLICK_TIME && st->click_button == m->button &&
	    st->click_x == m->x && st->click_y == m->y && st->click_count > 0)
		st->click_count++;
	else
		st->click_count = 1;
	st->click_at = s->now;
	st->click_button = m->button;
	st->click_x = m->x;
	st->click_y = m->y;
	if (st->click_count == 2) {
		t = xcalloc(1, sizeof *t);
		t->s = s;
		t->client = c->id;
		t->at = s->now;
		job_timer(s, CLICK_TIME, click_timeout, t);
		return (MOUSE_SECOND_CLICK);
	}
	if (st->click_count == 3) {
		st->click_count = 0;
		return (MOUSE_TRIPLE_CLICK);
	}
	return (MOUSE_DOWN);
}

/* Forward to the program under the pointer, as send-keys -M does. */
static void
mouse_forward(struct server *s, struct client *c, const struct scene_hit *hit,
    const struct mouse_event *m)
{
	struct buf	out;
	struct pane	*p = hit->pane;

	(void)s;
	if (p == NULL || hit->where != WHERE_PANE || p->mode != NULL ||
	    (c->flags & CLIENT_READONLY))
		return;
	buf_init(&out, KEY_BYTES_MAX);
	if (mouse_encode(m, hit->x, hit->y, emu_modes(p->emu), &out))
		pane_io_write(p, buf_data(&out), buf_len(&out), false);
	buf_fini(&out);
}

static void
dispatch_mouse(struct server *s, struct client *c, const struct key_event *ev)
{
	const struct mouse_event *m = &ev->mouse;
	struct input_state	*st = state_of(s, c);
	struct scene_hit	 hit;
	struct cmd_event	 ce;
	enum mouse_type		 type = (enum mouse_type)m->type;
	key_code		 key;

	memset(&ce, 0, sizeof ce);
	ce.key = *ev;
	ce.last_x = st->last_x;
	ce.last_y = st->last_y;
	mouse_hit(c, m, &hit, &ce);

	if (!options_number(c->session->options, "mouse")) {
		if (hit.pane == active_pane(c))
			mouse_forward(s, c, &hit, m);
		st->last_x = m->x;
		st->last_y = m->y;
		return;
	}
	if (type == MOUSE_DOWN) {
		type = mouse_click(s, c, st, m);
		st->last_click = ce;
		st->dragging = false;
	} else if (type == MOUSE_DRAG) {
		st->click_count = 0;
		if (st->dragging && st->drag_kind != -1) {
			mouse_drag(s, c, st, m, false);
			st->last_x = m->x;
			st->last_y = m->y;
			return;
		}
		if (!st->dragging) {
			/* A drag is about where it began. */
			struct mouse_event from = *m;
			from.x = (int16_t)st->last_x;
			from.y = (int16_t)st->last_y;
			mouse_hit(c, &from, &hit, &ce);
			ce.x = m->x;
			ce.y = m->y;
			st->drag_kind = -1;
		}
		st->dragging = true;
		st->drag_button = m->button;
	} else if (type == MOUSE_UP && st->dragging) {
		type = MOUSE_DRAG_END;
		if (st->drag_kind != -1)
			mouse_drag(s, c, st, m, true);
		st->dragging = false;
		st->drag_kind = -1;
	}
	st->last_x = m->x;
	st->last_y = m->y;
	if (type == MOUSE_MOVE && options_number(c->session->options, "focus-follows-mouse") &&
	    hit.pane != NULL && hit.where == WHERE_PANE && hit.pane != active_pane(c))
		window_set_active(hit.pane->window, hit.pane);
	key = key_mouse(type, type == MOUSE_MOVE ? 0 : m->button, (enum mouse_where)hit.where) |
	    ((key_code)m->mods << 24);
	ce.bound = key;
	if (dispatch_tables(s, c, hit.pane != NULL ? hit.pane : active_pane(c), key, &ce))
		return;
	if (hit.pane != NULL && hit.pane == active_pane(c))
		mouse_forward(s, c, &hit, m);
}

/*** Keys ***/

static void
client_active(struct server *s, struct client *c)
{
	struct window	*w = c->session->current->window;

	c->activity = s->model->wall;
	c->activity_us = s->now;
	session_activity(c->session);
	if (w->last_client != c->id) {
		w->last_client = c->id;
		model_recalculate(s->model);
		model_notify(s->model, "client-active", c, c->session, NULL, NULL);
	}
}

/* Is this the pane that some client's user has before him? */
static bool
pane_has_focus(struct server *s, struct pane *p)
{
	struct client	*c;

	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if ((c->flags & (CLIENT_ATTACHED | CLIENT_FOCUSED)) ==
		    (CLIENT_ATTACHED | CLIENT_FOCUSED) && active_pane(c) == p)
			return (true);
	}
	return (false);
}

static void
pane_focus(struct server *s, struct pane *p, bool in)
{
	struct buf	*replies = emu_replies(p->emu);

	if (in)
		p->flags |= PANE_FOCUSED;
	else
		p->flags &= ~(unsigned)PANE_FOCUSED;
	emu_focus(p->emu, in);
	if (buf_len(replies) > 0) {
		pane_io_write(p, buf_data(replies), buf_len(replies), false);
		buf_clear(replies);
	}
	model_notify(s->model, in ? "pane-focus-in" : "pane-focus-out", NULL, NULL, p->window, p);
}

void
dispatch_focus(struct server *s)
{
	struct client	*c;
	struct pane	*p;
	size_t		 at = 0;
	void		*v;
	bool		 on;

	if (s->focus_seen == s->model->version_seen)
		return;
	s->focus_seen = s->model->version_seen;
	on = options_number(s->model->server_options, "focus-events") != 0;
	while (map_u32_next(&s->model->pane_by_id, &at, NULL, &v)) {
		p = v;
		if (!(p->flags & PANE_FOCUSED) || (on && pane_has_focus(s, p)))
			continue;
		if (on)
			pane_focus(s, p, false);
		else
			p->flags &= ~(unsigned)PANE_FOCUSED;
	}
	if (!on)
		return;
	TAILQ_FOREACH(c, &s->model->clients, entry) {
		p = active_pane(c);
		if (p != NULL && !(p->flags & PANE_FOCUSED) && pane_has_focus(s, p))
			pane_focus(s, p, true);
	}
}

static void
focus_event(struct server *s, struct client *c, bool in)
{
	if (in)
		c->flags |= CLIENT_FOCUSED;
	else
		c->flags &= ~(unsigned)CLIENT_FOCUSED;
	model_touch(s->model);
	dispatch_focus(s);
	model_notify(s->model, in ? "client-focus-in" : "client-focus-out", c, c->session, NULL,
	    NULL);
}

static void
key_now(struct server *s, struct client *c, const struct key_event *ev, uint64_t end)
{
	struct cmd_event	 ce;
	struct pane		*p;

	if (c->session == NULL || c->session->current == NULL)
		return;
	p = active_pane(c);
	switch (ev->code) {
	case KEY_FOCUS_IN:
	case KEY_FOCUS_OUT:
		focus_event(s, c, ev->code == KEY_FOCUS_IN);
		return;
	case KEY_THEME_DARK:
	case KEY_THEME_LIGHT:
		c->theme = ev->code == KEY_THEME_DARK ? 2 : 1;
		return;
	default:
		break;
	}
	client_active(s, c);
	if (c->message.text != NULL) {
		if (c->message.ignore_keys)
			return;
		free(c->message.text);
		c->message.text = NULL;
		model_touch(s->model);
	}
	if (ev->action != 2 && modes_client_key(s, c, ev))
		return;
	if (ev->code == KEY_MOUSE) {
		dispatch_mouse(s, c, ev);
		return;
	}
	memset(&ce, 0, sizeof ce);
	ce.key = *ev;
	ce.bound = ev->code & ~(KEY_KPAD | KEY_IMPLIED_META);
	ce.session = c->session->id;
	ce.window = c->session->current->window->id;
	ce.pane = p != NULL ? p->id : ID_NONE;
	c->last_key = ce.bound;
	if (ev->action != 2 && dispatch_tables(s, c, p, ev->code, &ce))
		return;
	if (p == NULL || (c->flags & CLIENT_READONLY))
		return;
	if (p->mode != NULL) {
		if (ev->action != 2)
			modes_pane_key(s, p, c, ev, &ce);
		return;
	}
	if (ev->action != 2 && dead_pane_key(s, p))
		return;
	dispatch_pane_key(s, p, c, ev);
	pane_took(s, p, c, end, ev->code >= ' ' && ev->code < KEY_BASE && ev->code != 0x7f);
}

void
dispatch_key(struct server *s, struct client *c, const struct key_event *ev)
{
	key_now(s, c, ev, 0);
}

/*** Paste ***/

/*
 * What is pasted may not end the bracket by itself: ESC is left out of bracketed pastes.
 */
static bool
paste_now(struct server *s, struct client *c, const struct keymsg *m, uint64_t end)
{
	static const char	 open[] = "\033[200~", close[] = "\033[201~";
	struct pane		*p = active_pane(c);
	struct key_event	 ev;
	struct buf		 out;
	uint32_t		 cp;
	size_t			 i;
	int			 n;
	bool			 bracket, ok;

	if (p == NULL || (c->flags & CLIENT_READONLY))
		return (true);
	client_active(s, c);
	if (c->prompt != NULL || c->overlay != NULL || p->mode != NULL) {
		for (i = 0; i < m->len; i += (size_t)n) {
			n = utf8_decode(m->data + i, m->len - i, &cp);
			if (n <= 0)
				break;
			memset(&ev, 0, sizeof ev);
			ev.code = cp == '\n' ? '\r' : cp == 0x7f ? KEY_BSPACE : cp;
			if (cp < 0x20 && cp != '\r' && cp != '\n' && cp != '\t')
				continue;
			key_now(s, c, &ev, 0);
		}
		return (true);
	}
	if ((p->flags & (PANE_INPUT_OFF | PANE_DEAD)) != 0)
		return (true);
	bracket = (emu_modes(p->emu) & MODE_BRACKETPASTE) != 0;
	buf_init(&out, m->len + 16);
	if (bracket && (m->paste & KEYMSG_PASTE_START))
		buf_add(&out, open, sizeof open - 1);
	for (i = 0; i < m->len; i++) {
		if (!(bracket && m->data[i] == 0x1b))
			buf_add(&out, m->data + i, 1);
	}
	if (bracket && (m->paste & KEYMSG_PASTE_END))
		buf_add(&out, close, sizeof close - 1);
	ok = pane_io_write(p, buf_data(&out), buf_len(&out), true);
	if (ok && pane_in_sync(p)) {
		struct pane *other;
		TAILQ_FOREACH(other, &p->window->panes, entry) {
			if (other != p && pane_in_sync(other) && other->mode == NULL)
				pane_io_write(other, buf_data(&out), buf_len(&out), false);
		}
	}
	buf_fini(&out);
	if (ok)
		pane_took(s, p, c, end, false);
	return (ok);
}

/*** The log ***/

struct queued_input {
	struct server	*s;
	uint32_t	 client;
	uint64_t	 end;
	uint8_t		 kind;
	size_t		 len;
	uint8_t		 data[];
};

static bool
input_now(struct server *s, struct client *c, uint8_t kind, const void *data, size_t len,
    uint64_t end)
{
	struct keymsg		 m;
	struct key_event	 ev;

	if (c->session == NULL || !keymsg_read(kind, data, len, &m))
		return (true);
	switch (kind) {
	case INPUT_KEY:
		key_now(s, c, &m.key, end);
		return (true);
	case INPUT_MOUSE:
		m.key.code = KEY_MOUSE;
		key_now(s, c, &m.key, end);
		return (true);
	case INPUT_FOCUS:
		memset(&ev, 0, sizeof ev);
		ev.code = m.focus ? KEY_FOCUS_IN : KEY_FOCUS_OUT;
		key_now(s, c, &ev, 0);
		return (true);
	case INPUT_PASTE:
		return (paste_now(s, c, &m, end));
	default:
		return (true);
	}
}

static enum cmd_result
input_later(struct cmdq_item *item, void *arg)
{
	struct queued_input	*q = arg;
	struct client		*c = model_client(q->s->model, q->client);

	(void)item;
	if (c != NULL)
		input_now(q->s, c, q->kind, q->data, q->len, q->end);
	mem_wipe(q->data, q->len);
	free(q);
	return (CMD_OK);
}

bool
dispatch_input(struct server *s, struct client *c, const struct inlog_entry *e)
{
	struct queued_input	*q;
	struct pane		*p;

	server_wake(s);
	/*
	 * What earlier keys of the same packet asked for happens first: it may have opened a
	 * prompt or changed the pane.
	 */
	if (!cmdq_idle(s->cmdq, c))
		cmdq_run(s->cmdq);
	if (c->session == NULL)
		return (true);
	p = active_pane(c);
	if (p != NULL && p->mode == NULL && c->prompt == NULL && c->overlay == NULL &&
	    pane_io_room(p) < KEY_BYTES_MAX)
		return (false);
	/* A command that waits for a prompt or a menu waits for these very keys. */
	if (cmdq_idle(s->cmdq, c) || c->prompt != NULL || c->overlay != NULL)
		return (input_now(s, c, e->kind, e->data, e->len, e->end));
	/* Commands of earlier keys come first: they may change where this one goes. */
	q = xmalloc(sizeof *q + e->len);
	q->s = s;
	q->client = c->id;
	q->end = e->end;
	q->kind = e->kind;
	q->len = e->len;
	memcpy(q->data, e->data, e->len);
	cmdq_append_callback(s->cmdq, c, "key", input_later, q);
	return (true);
}

/*** Clients ***/

void
dispatch_client_start(struct server *s, struct client *c, int argc, char *const *argv)
{
	const char	*text;

	if (!s->config_started) {
		/* The first client's commands see the configuration in force. */
		s->config_started = true;
		config_load(s->cmdq, (const char *const *)s->config_paths, (size_t)s->config_count,
		    s->config_quiet, c);
	}
	if (argc == 0) {
		text = options_string(s->model->server_options, "default-client-command");
		/* Without a word from the user: join what there is, as users of rmux expect. */
		if (strcmp(text, "new-session") == 0 && !s->model->as_tmux)
			text = "if-shell -F '#{server_sessions}' attach-session new-session";
		cmdq_append_text(s->cmdq, c, text, NULL, NULL, 0);
	} else
		cmdq_append_argv(s->cmdq, c, argc, argv);
	server_wake(s);
}

bool
dispatch_client_idle(struct server *s, struct client *c)
{
	return (cmdq_idle(s->cmdq, c));
}

void
dispatch_client_gone(struct server *s, struct client *c)
{
	struct pane	*p;
	size_t		 at = 0;
	void		*v;

	cmdq_client_gone(s->cmdq, c);
	modes_client_gone(s, c);
	while (map_u32_next(&s->model->pane_by_id, &at, NULL, &v)) {
		p = v;
		pane_echo_forget(p, c->id);
	}
	free(map_u32_del(&s->inputs, c->id));
}
