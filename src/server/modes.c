/* SPDX-License-Identifier: ISC */

/*
 * modes.c - see modes.h.
 *
 * What a mode wants done comes back as a struct mode_result; act() does it, in the order
 * that mode/mode.h gives.  A mode that leaves is freed after everything else was done.
 */

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "mode/clock.h"
#include "mode/copy.h"
#include "mode/menu.h"
#include "mode/mode.h"
#include "mode/panes.h"
#include "mode/prompt.h"
#include "model/environ.h"
#include "model/format.h"
#include "model/option.h"
#include "model/paste.h"
#include "model/style.h"
#include "server/choose.h"
#include "server/history.h"
#include "server/host.h"
#include "server/job.h"
#include "server/modes.h"
#include "server/pane-io.h"
#include "server/peer.h"
#include "server/server.h"
#include "view/publish.h"

#define SYNC_HOLD_MAX	(100 * USEC_PER_MSEC)	/* mode 2026 may hold a frame so long */

/* What is kept beside a pane to show it. */
struct shown {
	struct publisher	 pub;
	struct snap		*held;		/* the last, while 2026 holds back */
	usec_t			 held_since;	/* 0: not holding */
};

struct prompt_owner {
	struct server	*s;
	void		(*input)(void *, const char *, bool);
	void		(*free)(void *);
	void		*arg;
	unsigned	 flags;
	int		 type;
};

struct overlay_owner {
	struct server	*s;
	int		 x, y;
	/* menus */
	char		**commands;
	int		 count;
	struct target_id target;
	struct cmd_event event;
	uint64_t	 item;
	/* display-panes */
	void		(*done)(void *, struct pane *);
	void		*done_arg;
	uint32_t	*panes;
};

struct modes_state {
	struct map_u32	shown;			/* pane id -> struct shown */
};

static struct modes_state *
state_of(struct server *s)
{
	if (s->modes == NULL) {
		s->modes = xcalloc(1, sizeof *s->modes);
		map_u32_init(&s->modes->shown, rng_u64(s->rng));
	}
	return (s->modes);
}

/*** Text and styles ***/

static int
text_width_styled(void *arg, const char *text)
{
	(void)arg;
	return (format_width(text));
}

static void
text_draw_styled(void *arg, struct canvas *cv, int x, int y, int w, const struct cell *base,
    const char *text)
{
	struct style	st;

	(void)arg;
	style_default(&st);
	st.fg = base->fg;
	st.bg = base->bg;
	st.attr = base->attr;
	format_draw(cv, x, y, w, &st, text, NULL, NULL);
}

struct mode_text
modes_text(void)
{
	struct mode_text	t = { NULL, text_width_styled, text_draw_styled };

	return (t);
}

struct format *
modes_format_of(struct server *s, struct pane *p)
{
	struct winlink	*wl = TAILQ_FIRST(&p->window->links);

	return (format_for(s->model, FORMAT_NOJOBS, NULL, wl != NULL ? wl->session : NULL, wl,
	    p));
}

void
modes_style(struct format *ft, struct options *o, const char *name, struct cell *c)
{
	struct style	st;
	uint32_t	us = 0;

	memset(c, 0, sizeof *c);
	style_default(&st);
	options_style(o, name, ft, &st);
	style_apply(&st, c, &us);
}

/* An option that is a format for a colour; COLOUR_DEFAULT if it is none. */
static uint32_t
colour_option(struct format *ft, struct options *o, const char *name)
{
	char		*text = format_expand(ft, options_string(o, name));
	uint32_t	 colour = colour_parse(text);

	free(text);
	return (colour == COLOUR_NONE ? COLOUR_DEFAULT : colour);
}

/*** The stack of a pane ***/

void
modes_free(struct mode *m)
{
	mode_free(m);
}

static void
pane_touched(struct server *s, struct pane *p)
{
	s->screen_version++;
	model_touch(s->model);
	server_wake(s);
	(void)p;
}

void
modes_push(struct server *s, struct pane *p, struct mode *m)
{
	m->below = p->mode;
	p->mode = m;
	p->mode_free = modes_free;
	pane_touched(s, p);
	model_notify(s->model, "pane-mode-changed", NULL, NULL, p->window, p);
	model_notify(s->model, "pane-mode-entered", NULL, NULL, p->window, p);
}

static void
modes_pop(struct server *s, struct pane *p)
{
	struct mode	*m = p->mode;

	if (m == NULL)
		return;
	p->mode = m->below;
	m->below = NULL;
	choose_gone(m);
	mode_free(m);
	p->flags &= ~(unsigned)PANE_UNSEEN;
	pane_touched(s, p);
	model_notify(s->model, "pane-mode-changed", NULL, NULL, p->window, p);
	model_notify(s->model, "pane-mode-exited", NULL, NULL, p->window, p);
}

/*** Doing what modes want ***/

static void
pipe_done(void *arg, int status, const void *output, size_t len)
{
	(void)arg;
	(void)status;
	(void)output;
	(void)len;
}

static void
act_pipe(struct server *s, struct pane *p, const struct mode_result *r)
{
	struct cmd_job	 job;
	const char	*command = r->pipe;
	char		*cause = NULL;

	if (command == NULL || *command == '\0')
		command = options_string(s->model->server_options, "copy-command");
	if (command == NULL || *command == '\0')
		return;
	memset(&job, 0, sizeof job);
	job.command = command;
	job.shell = "/bin/sh";
	job.cwd = p != NULL ? p->cwd : NULL;
	job.environ = s->model->environ;
	job.input = r->data;
	job.input_len = r->len;
	job.done = pipe_done;
	if (job_run(s, &job, &cause) != 0)
		free(cause);
}

static void
act_copy(struct server *s, struct client *c, const struct mode_result *r)
{
	struct client	*other;
	struct paste	*top;
	uint8_t		*data;
	size_t		 len;

	if (r->clipboard && options_number(s->model->server_options, "set-clipboard") != 0) {
		if (c != NULL)
			server_host.client_clipboard(s, c, r->data, r->len);
		else {
			TAILQ_FOREACH(other, &s->model->clients, entry) {
				if (other->flags & CLIENT_ATTACHED)
					server_host.client_clipboard(s, other, r->data, r->len);
			}
		}
	}
	if (!r->buffer)
		return;
	if (r->append && (top = paste_top(s->model->pastes)) != NULL) {
		len = top->len + r->len;
		data = xmalloc(len + 1);
		memcpy(data, top->data, top->len);
		memcpy(data + top->len, r->data, r->len);
		paste_set(s->model, top->name, data, len, NULL);
		return;
	}
	paste_add(s->model, r->prefix, xmemdup(r->data, r->len), r->len);
}

/* A question of a mode becomes a prompt; the answer finds its mode again by the pane. */
struct asked {
	struct server	*s;
	uint32_t	 pane, client;
	struct mode	*mode;		/* only compared, never followed unseen */
	int		 id;
};

static void	act(struct server *, struct pane *, struct client *, struct mode *,
		    struct mode_result *, const struct cmd_event *);

static void
asked_input(void *arg, const char *text, bool final)
{
	struct asked		*q = arg;
	struct pane		*p = model_pane(q->s->model, q->pane);
	struct mode_result	 r;

	if (p == NULL || p->mode != q->mode)
		return;
	mode_result_init(&r);
	mode_answer(p->mode, q->id, text, final, &r);
	act(q->s, p, model_client(q->s->model, q->client), p->mode, &r, NULL);
}

static void
act_ask(struct server *s, struct pane *p, struct client *c, struct mode *m,
    const struct mode_ask *ask)
{
	struct cmd_prompt	 cp;
	struct asked		*q;

	if (c == NULL)
		c = client_best(s->model, NULL);
	if (c == NULL)
		return;
	q = xcalloc(1, sizeof *q);
	q->s = s;
	q->pane = p->id;
	q->client = c->id;
	q->mode = m;
	q->id = ask->id;
	memset(&cp, 0, sizeof cp);
	cp.prompt = ask->prompt;
	cp.initial = ask->initial != NULL ? ask->initial : "";
	cp.flags = ask->flags;
	cp.type = ask->type == 1 ? PROMPT_SEARCH : PROMPT_COMMAND;
	cp.input = asked_input;
	cp.free = free;
	cp.arg = q;
	modes_prompt(s, c, &cp);
}

/* For modes of panes. */
static void
act(struct server *s, struct pane *p, struct client *c, struct mode *m, struct mode_result *r,
    const struct cmd_event *ce)
{
	struct target	tg;

	if (r->acts & ACT_COPY)
		act_copy(s, c, r);
	if (r->acts & ACT_PIPE)
		act_pipe(s, p, r);
	if (r->acts & ACT_SEARCH) {
		free(p->search);
		p->search = r->text != NULL ? xstrdup(r->text) : NULL;
		p->search_regex = r->regex;
	}
	if (r->acts & ACT_CHOOSE)
		choose_done(s, p, c, m, r);
	if ((r->acts & ACT_RUN) && r->text != NULL) {
		cmdq_append_text(s->cmdq, c, r->text, target_from_pane(&tg, p) ? &tg : NULL, ce,
		    0);
	}
	if (r->acts & ACT_ASK)
		act_ask(s, p, c, m, &r->ask);
	if ((r->acts & ACT_MESSAGE) && r->text2 != NULL)
		host_message(s, c, r->text2, -1, false, true);
	if ((r->acts & ACT_BELL) && c != NULL && peer_of(c) != NULL)
		peer_bell(peer_of(c), false);
	if (r->acts & ACT_REFRESH)
		mode_changed(m);
	if ((r->acts & ACT_LEAVE) && p->mode == m)
		modes_pop(s, p);
	else
		pane_touched(s, p);
	mode_result_fini(r);
}

bool
modes_pane_key(struct server *s, struct pane *p, struct client *c, const struct key_event *ev,
    const struct cmd_event *ce)
{
	struct mode_result	 r;
	struct mode		*m = p->mode;
	int			 x = ev->mouse.x, y = ev->mouse.y;

	if (m == NULL)
		return (false);
	mode_result_init(&r);
	mode_key(m, ev, x, y, &r);
	if (r.acts & ACT_FORWARD) {
		mode_result_fini(&r);
		return (false);
	}
	act(s, p, c, m, &r, ce);
	return (true);
}

/*** Copy and view mode ***/

struct pane_lines {
	struct server	*s;
	uint32_t	 pane;
	uint32_t	 shown;		/* the pane that has the mode: another with -s */
};

static struct pane *
lines_pane(void *arg)
{
	struct pane_lines	*l = arg;

	return (model_pane(l->s->model, l->pane));
}

static uint64_t
lines_first(void *arg)
{
	struct pane	*p = lines_pane(arg);

	return (p != NULL ? emu_first_line(p->emu, EMU_SHOWN) : 0);
}

static uint64_t
lines_top(void *arg)
{
	struct pane	*p = lines_pane(arg);

	return (p != NULL ? emu_top_line(p->emu, EMU_SHOWN) : 0);
}

static int
lines_cols(void *arg)
{
	struct pane	*p = lines_pane(arg);

	return (p != NULL ? emu_cols(p->emu) : 1);
}

static int
lines_rows(void *arg)
{
	struct pane	*p = lines_pane(arg);

	return (p != NULL ? emu_rows(p->emu) : 1);
}

static uint32_t
lines_epoch(void *arg)
{
	struct pane	*p = lines_pane(arg);

	return (p != NULL ? emu_epoch(p->emu) : 0);
}

static struct row *
lines_line(void *arg, uint64_t n)
{
	struct pane	*p = lines_pane(arg);

	return (p != NULL ? emu_line(p->emu, EMU_SHOWN, n) : NULL);
}

static void
lines_cursor(void *arg, int *x, int *y)
{
	struct pane	*p = lines_pane(arg);

	*x = *y = 0;
	if (p != NULL)
		emu_cursor(p->emu, x, y);
}

/* The first line of copy mode. */
static char *
copy_position(void *arg, struct mode *m)
{
	struct pane_lines	*l = arg;
	struct pane		*p = model_pane(l->s->model, l->shown);
	struct format		*ft;
	const char		*text;
	char			*out;

	/* While it is made it is not yet the pane's, and formats know nothing of it. */
	if (p == NULL || p->mode != m)
		return (NULL);
	if ((text = options_string(p->options, "copy-mode-position-format")) == NULL)
		return (NULL);
	ft = modes_format_of(l->s, p);
	out = format_expand_time(ft, text);
	format_free(ft);
	return (out);
}

static void
copy_config_of(struct server *s, struct pane *p, struct copy_config *cc)
{
	struct options	*o = p->options;
	struct format	*ft = modes_format_of(s, p);
	struct session	*se = TAILQ_FIRST(&p->window->links) != NULL ?
	    TAILQ_FIRST(&p->window->links)->session : NULL;

	memset(cc, 0, sizeof *cc);
	cc->vi = options_number(o, "mode-keys") == 1;
	cc->wrap_search = options_number(o, "wrap-search") != 0;
	cc->separators = options_string(se != NULL ? se->options : s->model->session_options,
	    "word-separators");
	modes_style(ft, o, "copy-mode-selection-style", &cc->styles.selection);
	modes_style(ft, o, "copy-mode-match-style", &cc->styles.match);
	modes_style(ft, o, "copy-mode-current-match-style", &cc->styles.current);
	modes_style(ft, o, "copy-mode-mark-style", &cc->styles.mark);
	modes_style(ft, o, "copy-mode-position-style", &cc->styles.position);
	modes_style(ft, o, "copy-mode-current-line-style", &cc->styles.line);
	format_free(ft);
	cc->text = modes_text();
	cc->search = p->search;
	cc->search_regex = p->search_regex;
}

static struct mode *
copy_mode_of(struct server *s, struct pane *p, struct pane *source, unsigned flags)
{
	struct line_source	 src;
	struct copy_config	 cc;
	struct pane_lines	*l = xcalloc(1, sizeof *l);

	l->s = s;
	l->pane = source->id;
	l->shown = p->id;
	memset(&src, 0, sizeof src);
	src.arg = l;
	src.first = lines_first;
	src.top = lines_top;
	src.cols = lines_cols;
	src.rows = lines_rows;
	src.epoch = lines_epoch;
	src.line = lines_line;
	src.cursor = lines_cursor;
	src.free = free;
	copy_config_of(s, p, &cc);
	cc.position = copy_position;
	cc.arg = l;
	return (copy_new(&src, p->cols, p->rows, &cc, flags));
}

void
modes_view_add(struct server *s, struct pane *p, const char *line)
{
	struct copy_config	cc;

	if (p->mode == NULL || strcmp(mode_name(p->mode), "view-mode") != 0) {
		copy_config_of(s, p, &cc);
		modes_push(s, p, view_mode_new(p->cols, p->rows, &cc));
	}
	view_mode_add(p->mode, line);
	pane_touched(s, p);
}

static int
enter_copy(struct server *s, struct pane *p, const struct cmd_mode *cm)
{
	struct pane		*source = cm->source != NULL ? cm->source : p;
	struct mode_result	 r;
	unsigned		 flags = 0;
	bool			 fresh = false;
	int			 x, y, w, h;

	if (args_has(cm->args, 'q')) {
		while (p->mode != NULL)
			modes_pop(s, p);
		return (1);
	}
	if (p->mode == NULL || !mode_is_copy(p->mode)) {
		if (args_has(cm->args, 'e'))
			flags |= COPY_SCROLL_EXIT;
		if (args_has(cm->args, 'H'))
			flags |= COPY_HIDE_POSITION;
		modes_push(s, p, copy_mode_of(s, p, source, flags));
		fresh = true;
	}
	if (args_has(cm->args, 'u'))
		copy_page_up(p->mode, false);
	if (args_has(cm->args, 'd'))
		copy_page_down(p->mode, false);
	if (args_has(cm->args, 'M') && cm->client != NULL && cm->event != NULL &&
	    cm->event->mouse) {
		scene_offset(cm->client, &x, &y, &w, &h);
		x += cm->event->last_x - p->x;
		y += cm->event->last_y - p->y;
		if (client_status_at_top(cm->client))
			y -= client_status_lines(cm->client);
		mode_result_init(&r);
		mode_drag(p->mode, MODE_DRAG_START, x, y, &r);
		act(s, p, cm->client, p->mode, &r, cm->event);
		server_host.client_drag(s, cm->client, DRAG_COPY, cm->event);
	}
	pane_touched(s, p);
	return (fresh ? 0 : 1);
}

static time_t
clock_wall(void *arg)
{
	struct server	*s = arg;

	return (s->model->wall);
}

int
modes_enter(void *arg, struct pane *p, const struct cmd_mode *cm, char **cause)
{
	struct server		*s = arg;
	struct clock_config	 clock;
	struct format		*ft;

	if (strcmp(cm->name, "copy-mode") == 0)
		return (enter_copy(s, p, cm));
	if (strcmp(cm->name, "clock-mode") == 0) {
		memset(&clock, 0, sizeof clock);
		ft = modes_format_of(s, p);
		clock.colour = colour_option(ft, p->options, "clock-mode-colour");
		format_free(ft);
		if (clock.colour == COLOUR_DEFAULT)
			clock.colour = colour_index(4);
		clock.style = (enum clock_style)options_number(p->window->options,
		    "clock-mode-style");
		clock.arg = s;
		clock.wall = clock_wall;
		modes_push(s, p, clock_new(p->cols, p->rows, &clock, s->now));
		return (0);
	}
	return (choose_enter(s, p, cm, cause));
}

void
modes_leave(void *arg, struct pane *p, bool all)
{
	do
		modes_pop(arg, p);
	while (all && p->mode != NULL);
}

const char *
modes_name(void *arg, struct pane *p)
{
	(void)arg;
	return (p->mode != NULL ? mode_name(p->mode) : NULL);
}

const char *
modes_table(void *arg, struct pane *p)
{
	(void)arg;
	return (p->mode != NULL ? mode_table(p->mode) : NULL);
}

int
modes_command(void *arg, struct pane *p, struct client *c, int argc, char *const *argv,
    unsigned repeat, const struct cmd_event *ce, char **cause)
{
	struct server		*s = arg;
	struct mode_mouse	 mouse;
	struct mode_result	 r;
	struct mode		*m = p->mode;
	int			 w, h;

	if (m == NULL) {
		xasprintf(cause, "not in a mode");
		return (-1);
	}
	memset(&mouse, 0, sizeof mouse);
	mouse.slider = -1;
	if (ce != NULL && ce->mouse && c != NULL) {
		mouse.valid = true;
		scene_offset(c, &mouse.x, &mouse.y, &w, &h);
		mouse.x += ce->x - p->x;
		mouse.y += ce->y - p->y;
		if (client_status_at_top(c))
			mouse.y -= client_status_lines(c);
	}
	mode_result_init(&r);
	if (mode_command(m, argc, argv, repeat, &mouse, &r, cause) != 0) {
		mode_result_fini(&r);
		return (-1);
	}
	act(s, p, c, m, &r, ce);
	return (0);
}

void
modes_prefix(void *arg, struct pane *p, unsigned repeat)
{
	(void)arg;
	if (p->mode != NULL)
		mode_prefix(p->mode, repeat);
}

void
modes_drag(struct server *s, struct pane *p, int x, int y, bool end)
{
	struct mode_result	 r;
	struct mode		*m = p->mode;

	if (m == NULL)
		return;
	mode_result_init(&r);
	mode_drag(m, end ? MODE_DRAG_END : MODE_DRAG_MOVE, x, y, &r);
	act(s, p, NULL, m, &r, NULL);
}

char *
modes_format(void *arg, struct pane *p, const char *name)
{
	struct mode	*m;
	char		*depth;
	int		 n = 0;

	(void)arg;
	if (strcmp(name, "pane_mode") == 0)
		return (p->mode != NULL ? xstrdup(mode_name(p->mode)) : NULL);
	if (strcmp(name, "pane_in_mode") == 0) {
		for (m = p->mode; m != NULL; m = m->below)
			n++;
		xasprintf(&depth, "%d", n);
		return (depth);
	}
	if (strcmp(name, "pane_pipe") == 0)
		return (xstrdup(pane_io_piped(p) ? "1" : "0"));
	return (p->mode != NULL ? mode_format(p->mode, name) : NULL);
}

/*** What is shown ***/

static struct shown *
shown_of(struct server *s, struct pane *p)
{
	struct modes_state	*st = state_of(s);
	struct shown		*sh;

	if ((sh = map_u32_get(&st->shown, p->id)) == NULL) {
		sh = xcalloc(1, sizeof *sh);
		publisher_init(&sh->pub);
		map_u32_set(&st->shown, p->id, sh);
	}
	return (sh);
}

struct snap *
modes_snap(void *arg, struct pane *p)
{
	struct server	*s = arg;
	struct shown	*sh = shown_of(s, p);
	struct snap	*snap, *out;

	if (p->mode != NULL) {
		if ((snap = mode_snap(p->mode)) == NULL)
			return (NULL);
		out = publisher_take(&sh->pub, snap);
		snap_unref(snap);
		return (out);
	}
	if (emu_synchronized(p->emu) && sh->held != NULL &&
	    sh->held->cols == p->cols && sh->held->rows == p->rows) {
		if (sh->held_since == 0)
			sh->held_since = s->now;
		if (s->now < sh->held_since + SYNC_HOLD_MAX)
			return (snap_ref(sh->held));
		emu_sync_end(p->emu);
	}
	sh->held_since = 0;
	snap = emu_snap(p->emu);
	out = publisher_take(&sh->pub, snap);
	snap_unref(snap);
	snap_unref(sh->held);
	sh->held = snap_ref(out);
	return (out);
}

static struct snap *
scene_pane_snap(void *arg, struct pane *p)
{
	return (modes_snap(arg, p));
}

static int
scene_prompt_draw(void *arg, struct client *c, struct canvas *cv, int y, int width)
{
	(void)arg;
	return (c->prompt != NULL ? prompt_draw(c->prompt, cv, y, width) : -1);
}

static struct snap *
scene_overlay_snap(void *arg, struct client *c, int *x, int *y)
{
	struct overlay_owner	*o;

	(void)arg;
	if (c->overlay == NULL)
		return (NULL);
	o = c->overlay->owner;
	*x = o->x;
	*y = o->y;
	/* Not published: all overlays are one surface, and the sender names its rows. */
	return (mode_snap(c->overlay));
}

const struct scene_ops *
modes_scene_ops(void)
{
	static const struct scene_ops	ops = {
		.pane_snap = scene_pane_snap,
		.prompt_draw = scene_prompt_draw,
		.overlay_snap = scene_overlay_snap,
	};

	return (&ops);
}

/*** Prompts ***/

static const char *
prompt_history_back(void *arg, size_t n)
{
	struct prompt_owner	*o = arg;

	return (history_back(o->s, (enum prompt_type)o->type, n));
}

/* Names of commands and options that begin so, as far as all agree. */
static char *
prompt_complete(void *arg, const char *line, size_t at, size_t len)
{
	const char	*word = line + at, *name, *first = NULL;
	size_t		 i, common = 0, n = 0, k;

	(void)arg;
	if (len == 0)
		return (NULL);
	for (i = 0; i < cmd_table_count + option_table_count; i++) {
		name = i < cmd_table_count ? cmd_table[i]->name :
		    option_table[i - cmd_table_count].name;
		if (at == 0 && i >= cmd_table_count)
			break;
		if (strncmp(name, word, len) != 0)
			continue;
		if (n++ == 0) {
			first = name;
			common = strlen(name);
			continue;
		}
		for (k = 0; k < common && name[k] == first[k]; k++)
			;
		common = k;
	}
	if (n == 0 || common < len)
		return (NULL);
	if (n == 1) {
		char *out;
		xasprintf(&out, "%s ", first);
		return (out);
	}
	return (xstrndup(first, common));
}

static char *
prompt_paste(void *arg)
{
	struct prompt_owner	*o = arg;
	struct paste		*p = paste_top(o->s->model->pastes);

	return (p != NULL ? xstrndup((const char *)p->data, p->len) : NULL);
}

static void
prompt_close(struct server *s, struct client *c, struct mode *m)
{
	struct prompt_owner	*o = m->owner;

	if (c->prompt == m)
		c->prompt = NULL;
	if (o->free != NULL)
		o->free(o->arg);
	mode_free(m);
	free(o);
	model_touch(s->model);
	server_wake(s);
}

void
modes_prompt(void *arg, struct client *c, const struct cmd_prompt *cp)
{
	struct server		*s = arg;
	struct prompt_config	 pc;
	struct prompt_owner	*o;
	struct options		*so;
	struct format		*ft;
	struct mode		*old;

	if (c == NULL || c->session == NULL) {
		cp->input(cp->arg, NULL, true);
		if (cp->free != NULL)
			cp->free(cp->arg);
		return;
	}
	if ((old = c->prompt) != NULL) {
		c->prompt = NULL;
		((struct prompt_owner *)old->owner)->input(((struct prompt_owner *)old->owner)->arg,
		    NULL, true);
		prompt_close(s, c, old);
	}
	so = c->session->options;
	o = xcalloc(1, sizeof *o);
	o->s = s;
	o->input = cp->input;
	o->free = cp->free;
	o->arg = cp->arg;
	o->flags = cp->flags;
	o->type = cp->type < PROMPT_TYPES ? (int)cp->type : 0;
	memset(&pc, 0, sizeof pc);
	pc.prompt = cp->prompt != NULL ? cp->prompt : ":";
	pc.initial = cp->initial != NULL ? cp->initial : "";
	pc.flags = cp->flags & 0xff;
	pc.vi = options_number(so, "status-keys") == 1;
	pc.text = modes_text();
	ft = format_for(s->model, FORMAT_NOJOBS, c, c->session, c->session->current, NULL);
	modes_style(ft, so, "message-style", &pc.style);
	modes_style(ft, so, "message-command-style", &pc.command_style);
	pc.cursor_colour = colour_option(ft, so, "prompt-cursor-colour");
	pc.cursor_shape = (uint8_t)options_number(so, "prompt-cursor-style");
	pc.command_cursor_colour = colour_option(ft, so, "prompt-command-cursor-colour");
	pc.command_cursor_shape = (uint8_t)options_number(so, "prompt-command-cursor-style");
	format_free(ft);
	pc.separators = options_string(so, "word-separators");
	pc.arg = o;
	pc.history = prompt_history_back;
	if (cp->type == PROMPT_COMMAND)
		pc.complete = prompt_complete;
	pc.paste = prompt_paste;
	c->prompt = prompt_new(&pc);
	c->prompt->owner = o;
	c->mode_free = modes_free;
	free(c->message.text);
	c->message.text = NULL;
	model_touch(s->model);
	server_wake(s);
}

static void
prompt_key(struct server *s, struct client *c, const struct key_event *ev)
{
	struct mode		*m = c->prompt;
	struct prompt_owner	*o = m->owner;
	struct mode_result	 r;
	bool			 leave;

	mode_result_init(&r);
	mode_key(m, ev, 0, 0, &r);
	leave = (r.acts & ACT_LEAVE) != 0;
	if (leave)
		c->prompt = NULL;	/* input() may start another */
	if (r.acts & ACT_INPUT) {
		if (r.final && r.text != NULL && !(o->flags & (PROMPT_SINGLE | PROMPT_KEY |
		    PROMPT_CONFIRM | PROMPT_NUMERIC)))
			history_add(s, (enum prompt_type)o->type, r.text);
		o->input(o->arg, r.text, r.final);
	}
	if (leave)
		prompt_close(s, c, m);
	if (r.acts & ACT_FORWARD && leave && c->session != NULL)
		server_host.client_key(s, c, ev);
	mode_result_fini(&r);
	model_touch(s->model);
	server_wake(s);
}

/*** Overlays ***/

static void
overlay_free(struct server *s, struct client *c)
{
	struct mode		*m = c->overlay;
	struct overlay_owner	*o = m->owner;
	int			 i;

	c->overlay = NULL;
	for (i = 0; i < o->count; i++)
		free(o->commands[i]);
	free(o->commands);
	free(o->panes);
	if (o->item != 0)
		cmdq_continue(s->cmdq, o->item);
	if (o->done != NULL)
		o->done(o->done_arg, NULL);
	mode_free(m);
	free(o);
	if (peer_of(c) != NULL)
		peer_redraw(peer_of(c));
}

static void
overlay_set(struct server *s, struct client *c, struct mode *m, struct overlay_owner *o)
{
	if (c->overlay != NULL)
		overlay_free(s, c);
	o->s = s;
	m->owner = o;
	c->overlay = m;
	c->mode_free = modes_free;
	if (peer_of(c) != NULL)
		peer_redraw(peer_of(c));
	server_wake(s);
}

bool
modes_overlay_close(void *arg, struct client *c)
{
	if (c == NULL || c->overlay == NULL)
		return (false);
	overlay_free(arg, c);
	return (true);
}

int
modes_menu(void *arg, struct client *c, const struct cmd_menu *cm)
{
	struct server		*s = arg;
	struct overlay_owner	*o;
	struct menu_config	 mc;
	struct menu_item	*items;
	struct options		*wo;
	struct format		*ft;
	struct mode		*m;
	int			 i;

	if (c == NULL || c->session == NULL)
		return (-1);
	wo = c->session->current->window->options;
	items = xcalloc((size_t)cm->count + 1, sizeof *items);
	o = xcalloc(1, sizeof *o);
	o->commands = xcalloc((size_t)cm->count + 1, sizeof *o->commands);
	o->count = cm->count;
	for (i = 0; i < cm->count; i++) {
		items[i].name = cm->items[i].name;
		items[i].key = cm->items[i].key;
		if (items[i].name != NULL && *items[i].name == '-') {
			items[i].disabled = true;
			items[i].name++;
		}
		if (cm->items[i].command != NULL)
			o->commands[i] = xstrdup(cm->items[i].command);
	}
	memset(&mc, 0, sizeof mc);
	mc.title = cm->title;
	mc.items = items;
	mc.count = cm->count;
	mc.chosen = cm->chosen;
	mc.flags = (cm->flags & MENU_NOMOUSE ? 0 : MENU_MODE_MOUSE) |
	    (cm->flags & MENU_STAYOPEN ? MENU_MODE_STAY : 0);
	mc.lines = (enum box_lines)cm->lines;
	ft = format_for(s->model, FORMAT_NOJOBS, c, c->session, c->session->current, NULL);
	modes_style(ft, wo, "menu-style", &mc.style);
	modes_style(ft, wo, "menu-selected-style", &mc.selected);
	modes_style(ft, wo, "menu-border-style", &mc.border);
	format_free(ft);
	mc.text = modes_text();
	m = menu_new(&mc);
	free(items);
	o->x = cm->x;
	o->y = cm->y;
	o->target = cm->target;
	if (cm->event != NULL)
		o->event = *cm->event;
	o->item = cm->item;
	overlay_set(s, c, m, o);
	return (0);
}

int
modes_popup(void *arg, struct client *c, const struct cmd_popup *cp, char **cause)
{
	(void)arg;
	(void)c;
	(void)cp;
	xasprintf(cause, "popups are not supported by this version");
	return (-1);
}

void
modes_display_panes(void *arg, struct client *c, long delay_ms, bool no_keys,
    void (*done)(void *, struct pane *), void *done_arg)
{
	struct server		*s = arg;
	struct panes_config	 pc;
	struct panes_item	*items;
	struct overlay_owner	*o;
	struct window		*w;
	struct pane		*p;
	struct format		*ft;
	char			**texts;
	int			 n = 0, i, ox, oy, cols, rows;

	if (c == NULL || c->session == NULL) {
		if (done != NULL)
			done(done_arg, NULL);
		return;
	}
	w = c->session->current->window;
	scene_offset(c, &ox, &oy, &cols, &rows);
	items = xcalloc(window_count(w) + 1, sizeof *items);
	texts = xcalloc(window_count(w) + 1, sizeof *texts);
	o = xcalloc(1, sizeof *o);
	o->panes = xcalloc(window_count(w) + 1, sizeof *o->panes);
	TAILQ_FOREACH(p, &w->panes, entry) {
		if (!pane_visible(p))
			continue;
		items[n].x = p->x - ox;
		items[n].y = p->y - oy;
		items[n].w = p->cols;
		items[n].h = p->rows;
		items[n].number = window_index_of(w, p);
		items[n].active = p == w->active;
		ft = format_for(s->model, FORMAT_NOJOBS, c, c->session, c->session->current, p);
		texts[n] = format_expand(ft, options_string(w->options, "display-panes-format"));
		format_free(ft);
		items[n].text = texts[n];
		items[n].snap = modes_snap(s, p);
		o->panes[n++] = p->id;
	}
	memset(&pc, 0, sizeof pc);
	ft = format_for(s->model, FORMAT_NOJOBS, c, c->session, c->session->current, NULL);
	pc.colour = colour_option(ft, w->options, "display-panes-colour");
	pc.active_colour = colour_option(ft, w->options, "display-panes-active-colour");
	modes_style(ft, w->options, "display-panes-border-style", &pc.border);
	format_free(ft);
	pc.text = modes_text();
	pc.no_keys = no_keys;
	pc.below = scene_chrome(c);
	pc.below_y = client_status_at_top(c) ? client_status_lines(c) : 0;
	if (delay_ms < 0)
		delay_ms = (long)options_number(w->options, "display-panes-time");
	pc.until = delay_ms == 0 ? USEC_NEVER : s->now + (usec_t)delay_ms * USEC_PER_MSEC;
	o->x = 0;
	o->y = client_status_at_top(c) ? client_status_lines(c) : 0;
	o->done = done;
	o->done_arg = done_arg;
	overlay_set(s, c, panes_new(cols, rows, &pc, items, n), o);
	for (i = 0; i < n; i++) {
		snap_unref(items[i].snap);
		free(texts[i]);
	}
	free(items);
	free(texts);
}

static void
overlay_result(struct server *s, struct client *c, struct mode_result *r)
{
	struct overlay_owner	*o = c->overlay->owner;
	struct target		 tg;
	struct pane		*p;
	void			(*done)(void *, struct pane *);

	if ((r->acts & ACT_CHOOSE) && r->index >= 0) {
		if (o->panes != NULL) {
			done = o->done;
			o->done = NULL;
			p = model_pane(s->model, o->panes[r->index]);
			if (done != NULL)
				done(o->done_arg, p);
		} else if (r->index < o->count && o->commands[r->index] != NULL) {
			cmdq_append_text(s->cmdq, c, o->commands[r->index],
			    target_load(s->model, &o->target, &tg) ? &tg : NULL, &o->event, 0);
		}
	}
	if (r->acts & ACT_LEAVE)
		overlay_free(s, c);
	else if (peer_of(c) != NULL)
		peer_redraw(peer_of(c));
	mode_result_fini(r);
	server_wake(s);
}

bool
modes_client_key(struct server *s, struct client *c, const struct key_event *ev)
{
	struct overlay_owner	*o;
	struct mode_result	 r;

	if (c->overlay != NULL) {
		o = c->overlay->owner;
		mode_result_init(&r);
		mode_key(c->overlay, ev, ev->mouse.x - o->x, ev->mouse.y - o->y, &r);
		if (!(r.acts & ACT_FORWARD)) {
			overlay_result(s, c, &r);
			return (true);
		}
		overlay_result(s, c, &r);
		return (c->overlay != NULL);
	}
	if (c->prompt != NULL) {
		if (ev->code == KEY_MOUSE)
			return (true);
		prompt_key(s, c, ev);
		return (true);
	}
	return (false);
}

/*** Time and endings ***/

usec_t
modes_deadline(struct server *s)
{
	struct window	*w;
	struct pane	*p;
	struct client	*c;
	usec_t		 t, best = USEC_NEVER;
	struct session	*se;

	/* Only what someone looks at needs the time. */
	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if ((se = c->session) == NULL || se->current == NULL)
			continue;
		if (c->overlay != NULL && (t = mode_deadline(c->overlay)) < best)
			best = t;
		w = se->current->window;
		TAILQ_FOREACH(p, &w->panes, entry) {
			if (p->mode != NULL && (t = mode_deadline(p->mode)) < best)
				best = t;
		}
	}
	return (best);
}

void
modes_tick(struct server *s)
{
	struct mode_result	 r;
	struct window		*w;
	struct pane		*p;
	struct client		*c;
	struct shown		*sh;
	struct session		*se;

	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if ((se = c->session) == NULL || se->current == NULL)
			continue;
		if (c->overlay != NULL && mode_deadline(c->overlay) <= s->now) {
			mode_result_init(&r);
			mode_tick(c->overlay, s->now, &r);
			overlay_result(s, c, &r);
		}
		w = se->current->window;
		TAILQ_FOREACH(p, &w->panes, entry) {
			if (p->mode != NULL && mode_deadline(p->mode) <= s->now) {
				mode_result_init(&r);
				mode_tick(p->mode, s->now, &r);
				act(s, p, c, p->mode, &r, NULL);
			}
			sh = map_u32_get(&state_of(s)->shown, p->id);
			if (sh != NULL && sh->held_since != 0 &&
			    s->now >= sh->held_since + SYNC_HOLD_MAX)
				s->screen_version++;
		}
	}
}

void
modes_pane_resized(struct server *s, struct pane *p)
{
	struct mode	*m;

	for (m = p->mode; m != NULL; m = m->below)
		mode_resize(m, p->cols, p->rows);
	(void)s;
}

void
modes_pane_gone(struct server *s, struct pane *p)
{
	struct shown	*sh;

	while (p->mode != NULL) {
		struct mode *m = p->mode;
		p->mode = m->below;
		m->below = NULL;
		choose_gone(m);
		mode_free(m);
	}
	if (s->modes != NULL && (sh = map_u32_del(&s->modes->shown, p->id)) != NULL) {
		publisher_fini(&sh->pub);
		snap_unref(sh->held);
		free(sh);
	}
}

void
modes_client_gone(struct server *s, struct client *c)
{
	struct mode		*m;
	struct prompt_owner	*o;

	if (c->overlay != NULL)
		overlay_free(s, c);
	if ((m = c->prompt) != NULL) {
		c->prompt = NULL;
		o = m->owner;
		o->input(o->arg, NULL, true);
		prompt_close(s, c, m);
	}
}

void
modes_fini(struct server *s)
{
	struct shown	*sh;
	size_t		 at = 0;
	void		*v;

	if (s->modes == NULL)
		return;
	while (map_u32_next(&s->modes->shown, &at, NULL, &v)) {
		sh = v;
		publisher_fini(&sh->pub);
		snap_unref(sh->held);
		free(sh);
	}
	map_u32_fini(&s->modes->shown);
	free(s->modes);
	s->modes = NULL;
}
