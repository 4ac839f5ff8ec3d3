/* SPDX-License-Identifier: ISC */

/*
 * format-var.c - the table of variables.
 *
 * An entry says of which object a variable is and where it lies there, or
 * names the function that makes it.  A variable whose object is not known
 * has no value, and so has one that only the server or a mode knows: those
 * are asked through model_ops.
 *
 * BY_PANE marks what a program in a pane can choose; see format.c.
 */

#include <sys/wait.h>

#include <pwd.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "model/format-int.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/paste.h"
#include "model/scene.h"
#include "model/style.h"

enum var_object { OF_NONE, OF_CLIENT, OF_SESSION, OF_LINK, OF_WINDOW,
	OF_PANE, OF_PASTE };
enum var_kind { VAR_CALL, VAR_INT, VAR_U32, VAR_U64, VAR_STRING, VAR_TIME,
	VAR_BIT, VAR_BOOL, VAR_MODE, VAR_SERVER, VAR_ZERO, VAR_TEXT };

#define BY_PANE	0x1

struct format_var {
	const char	*name;
	enum var_object	 object;
	enum var_kind	 kind;
	size_t		 offset;	/* in the object */
	unsigned	 bit;		/* VAR_BIT: of flags; VAR_MODE */
	unsigned	 flags;
	char		*(*call)(struct format *);
	const char	*text;		/* VAR_TEXT; VAR_SERVER: by default */
};

static char *
var_number(long long n)
{
	char	*out;

	xasprintf(&out, "%lld", n);
	return (out);
}

static char *
var_bool(bool b)
{
	return (xstrdup(b ? "1" : "0"));
}

static char *
var_text(const char *s)
{
	return (s == NULL ? NULL : xstrdup(s));
}

/* Add to a list with commas. */
static void
var_list_add(struct buf *b, const char *s)
{
	buf_addf(b, "%s%s", buf_len(b) == 0 ? "" : ",", s);
}

static char *
var_list_end(struct buf *b)
{
	char	*out;

	out = xstrndup(buf_len(b) == 0 ? "" : (char *)buf_data(b),
	    buf_len(b));
	buf_fini(b);
	return (out);
}

/* What only the server or a mode knows of a pane. */
static char *
var_ask(struct format *ft, const char *name)
{
	const struct model_ops	*ops = ft->model->ops;

	if (ft->p == NULL || ops == NULL || ops->mode_format == NULL)
		return (NULL);
	return (ops->mode_format(ft->model->ops_arg, ft->p, name));
}

/* --- time --- */

/* The user's own text is what strftime is for. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
char *
format_strftime(time_t t, const char *text)
{
	struct tm	 tm;
	size_t		 cap = strlen(text) * 2 + 256;
	char		*out;

	if (*text == '\0' || localtime_r(&t, &tm) == NULL)
		return (xstrdup(""));
	for (; cap <= FORMAT_TEXT_MAX * 4; cap *= 4) {
		out = xmalloc(cap);
		if (strftime(out, cap, text, &tm) != 0)
			return (out);
		free(out);
		if (cap >= 64 * 1024)
			break;
	}
	return (xstrdup(""));
}
#pragma GCC diagnostic pop

/* The shortest that is not ambiguous, seen from now. */
static const char *
time_pretty(time_t t, time_t now)
{
	struct tm	then_tm, now_tm;
	time_t		age = now - t;

	if (localtime_r(&t, &then_tm) == NULL ||
	    localtime_r(&now, &now_tm) == NULL)
		return ("");
	if (age < 24 * 3600)
		return ("%H:%M");
	if ((then_tm.tm_year == now_tm.tm_year &&
	    then_tm.tm_mon == now_tm.tm_mon) || age < 28 * 24 * 3600)
		return ("%a%d");
	if ((then_tm.tm_year == now_tm.tm_year &&
	    then_tm.tm_mon < now_tm.tm_mon) ||
	    (then_tm.tm_year == now_tm.tm_year - 1 &&
	    then_tm.tm_mon > now_tm.tm_mon))
		return ("%d%b");
	return ("%h%y");
}

char *
format_time(struct model *m, time_t t, char how)
{
	long long	 age = (long long)m->wall - (long long)t;
	char		*out;

	switch (how) {
	case 'p':
		if (t > m->wall)
			t = m->wall;
		return (format_strftime(t, time_pretty(t, m->wall)));
	case 'd':
		return (var_number(age));
	case 'r':
		if (age < 0)
			age = 0;
		if (age < 60)
			xasprintf(&out, "%llds", age);
		else if (age < 3600)
			xasprintf(&out, "%lldm%llds", age / 60, age % 60);
		else if (age < 24 * 3600)
			xasprintf(&out, "%lldh%lldm", age / 3600,
			    age / 60 % 60);
		else
			xasprintf(&out, "%lldd%lldh", age / 86400,
			    age / 3600 % 24);
		return (out);
	default:
		return (format_strftime(t, "%a %b %e %H:%M:%S %Y"));
	}
}

/* --- the server --- */

static char *
var_config_files(struct format *ft)
{
	struct buf	 b;
	char		**file = ft->model->config_files;

	buf_init(&b, FORMAT_TEXT_MAX);
	for (; file != NULL && *file != NULL; file++)
		var_list_add(&b, *file);
	return (var_list_end(&b));
}

static char *
var_host(struct format *ft)
{
	char	name[256];

	(void)ft;
	if (gethostname(name, sizeof name) != 0)
		return (xstrdup(""));
	name[sizeof name - 1] = '\0';
	return (xstrdup(name));
}

static char *
var_host_short(struct format *ft)
{
	char	*name = var_host(ft);

	name[strcspn(name, ".")] = '\0';
	return (name);
}

static char *
var_next_session_id(struct format *ft)
{
	char	*out;

	xasprintf(&out, "$%u", (unsigned)ft->model->next_session);
	return (out);
}

static char *
var_pid(struct format *ft)
{
	return (var_number(ft->model->pid));
}

static char *
var_server_sessions(struct format *ft)
{
	struct session	*s;
	unsigned	 n = 0;

	TAILQ_FOREACH(s, &ft->model->sessions, entry)
		n++;
	return (var_number(n));
}

static char *
var_socket_path(struct format *ft)
{
	return (var_text(ft->model->socket_path));
}

static char *
var_uid(struct format *ft)
{
	(void)ft;
	return (var_number(getuid()));
}

static char *
var_user(struct format *ft)
{
	struct passwd	*pw = getpwuid(getuid());

	(void)ft;
	return (pw == NULL ? NULL : xstrdup(pw->pw_name));
}

static char *
var_version(struct format *ft)
{
	return (var_text(ft->model->version));
}

/* --- paste buffers --- */

static char *
var_buffer_full(struct format *ft)
{
	return (xstrndup((const char *)ft->pb->data, ft->pb->len));
}

static char *
var_buffer_sample(struct format *ft)
{
	return (paste_sample(ft->pb));
}

static char *
var_buffer_size(struct format *ft)
{
	return (var_number((long long)ft->pb->len));
}

/* --- clients --- */

static char *
var_client_flags(struct format *ft)
{
	return (client_flags_text(ft->c));
}

static char *
var_client_key_table(struct format *ft)
{
	return (var_text(client_key_table(ft->c)));
}

static char *
var_client_last_session(struct format *ft)
{
	struct session	*s = model_session(ft->model, ft->c->last_session_id);

	if (ft->c->last_session == NULL || s == NULL || s->dead)
		return (NULL);
	return (xstrdup(s->name));
}

static char *
var_client_prefix(struct format *ft)
{
	const char	*now = client_key_table(ft->c), *usual;

	if (ft->c->flags & CLIENT_PREFIX)
		return (xstrdup("1"));
	if (ft->c->session == NULL || now == NULL)
		return (xstrdup("0"));
	usual = options_string(ft->c->session->options, "key-table");
	return (var_bool(strcmp(now, usual) != 0));
}

/* What is asked of the client's link when it is wanted. */
#define LINK_VAR(name, fmt, value)					\
static char *								\
var_client_##name(struct format *ft)					\
{									\
	struct client_link	 cl;					\
	char			*out;					\
									\
	client_link(ft->c, &cl);					\
	xasprintf(&out, fmt, value);					\
	return (out);							\
}
LINK_VAR(link, "%s", cl.path)
LINK_VAR(loss, "%.1f", cl.loss_ppm / 10000.0)	/* per cent */
LINK_VAR(moves, "%ju", (uintmax_t)cl.moves)
LINK_VAR(received, "%ju", (uintmax_t)cl.received)
LINK_VAR(rtt, "%.1f", (double)cl.rtt_us / USEC_PER_MSEC)
LINK_VAR(rtt_min, "%.1f", (double)cl.rtt_min_us / USEC_PER_MSEC)
LINK_VAR(silence, "%.1f", (double)cl.silence_us / USEC_PER_SEC)
LINK_VAR(written, "%ju", (uintmax_t)cl.written)

static char *
var_client_session(struct format *ft)
{
	return (ft->c->session == NULL ? NULL :
	    xstrdup(ft->c->session->name));
}

static char *
var_client_theme(struct format *ft)
{
	return (xstrdup(ft->c->theme == 1 ? "light" :
	    ft->c->theme == 2 ? "dark" : ""));
}

/* --- sessions --- */

/* Names of the clients that look at a session or at one of its group. */
static unsigned
var_attached(struct format *ft, bool group, struct buf *b)
{
	struct client	*c;
	unsigned	 n = 0;

	TAILQ_FOREACH(c, &ft->model->clients, entry) {
		if (!client_here(c) || (c->session != ft->s &&
		    !(group && ft->s->group != NULL &&
		    c->session->group == ft->s->group)))
			continue;
		n++;
		if (b != NULL)
			var_list_add(b, c->name == NULL ? "" : c->name);
	}
	return (n);
}

static char *
var_attached_list(struct format *ft, bool group)
{
	struct buf	b;

	buf_init(&b, FORMAT_TEXT_MAX);
	var_attached(ft, group, &b);
	return (var_list_end(&b));
}

static char *
var_session_active(struct format *ft)
{
	return (ft->c == NULL ? NULL : var_bool(ft->c->session == ft->s));
}

static unsigned
var_session_alert_bits(struct format *ft)
{
	struct winlink	*wl;
	unsigned	 flags = 0;

	TAILQ_FOREACH(wl, &ft->s->windows, entry)
		flags |= wl->flags & WINLINK_ALERTS;
	return (flags);
}

static void
var_add_alerts(struct buf *b, unsigned flags)
{
	if (flags & WINLINK_ACTIVITY)
		buf_addc(b, '#');
	if (flags & WINLINK_BELL)
		buf_addc(b, '!');
	if (flags & WINLINK_SILENCE)
		buf_addc(b, '~');
}

static char *
var_session_alert(struct format *ft)
{
	struct buf	b;

	buf_init(&b, FORMAT_TEXT_MAX);
	var_add_alerts(&b, var_session_alert_bits(ft));
	return (var_list_end(&b));
}

static char *
var_session_alerts(struct format *ft)
{
	struct winlink	*wl;
	struct buf	 b;

	buf_init(&b, FORMAT_TEXT_MAX);
	TAILQ_FOREACH(wl, &ft->s->windows, entry) {
		if (!(wl->flags & WINLINK_ALERTS))
			continue;
		buf_addf(&b, "%s%d", buf_len(&b) == 0 ? "" : ",", wl->index);
		var_add_alerts(&b, wl->flags);
	}
	return (var_list_end(&b));
}

static char *
var_session_activity_flag(struct format *ft)
{
	return (var_bool(var_session_alert_bits(ft) & WINLINK_ACTIVITY));
}

static char *
var_session_bell_flag(struct format *ft)
{
	return (var_bool(var_session_alert_bits(ft) & WINLINK_BELL));
}

static char *
var_session_silence_flag(struct format *ft)
{
	return (var_bool(var_session_alert_bits(ft) & WINLINK_SILENCE));
}

static char *
var_session_attached(struct format *ft)
{
	return (var_number(var_attached(ft, false, NULL)));
}

static char *
var_session_attached_list(struct format *ft)
{
	return (var_attached_list(ft, false));
}

static char *
var_session_group(struct format *ft)
{
	return (ft->s->group == NULL ? NULL : xstrdup(ft->s->group->name));
}

static char *
var_session_group_attached(struct format *ft)
{
	return (ft->s->group == NULL ? NULL :
	    var_number(var_attached(ft, true, NULL)));
}

static char *
var_session_group_attached_list(struct format *ft)
{
	return (ft->s->group == NULL ? NULL : var_attached_list(ft, true));
}

static char *
var_session_group_many_attached(struct format *ft)
{
	return (ft->s->group == NULL ? NULL :
	    var_bool(var_attached(ft, true, NULL) > 1));
}

static char *
var_session_group_list(struct format *ft)
{
	struct session	*s;
	struct buf	 b;

	if (ft->s->group == NULL)
		return (NULL);
	buf_init(&b, FORMAT_TEXT_MAX);
	TAILQ_FOREACH(s, &ft->s->group->members, gentry)
		var_list_add(&b, s->name);
	return (var_list_end(&b));
}

static char *
var_session_group_size(struct format *ft)
{
	struct session	*s;
	unsigned	 n = 0;

	if (ft->s->group == NULL)
		return (NULL);
	TAILQ_FOREACH(s, &ft->s->group->members, gentry)
		n++;
	return (var_number(n));
}

static char *
var_session_grouped(struct format *ft)
{
	return (var_bool(ft->s->group != NULL));
}

static char *
var_session_id(struct format *ft)
{
	char	*out;

	xasprintf(&out, "$%u", (unsigned)ft->s->id);
	return (out);
}

static char *
var_session_many_attached(struct format *ft)
{
	return (var_bool(var_attached(ft, false, NULL) > 1));
}

/* The marked pane, if it is still there. */
static struct pane *
var_marked(struct format *ft)
{
	if (!ft->model->has_marked)
		return (NULL);
	return (model_pane(ft->model, ft->model->marked_pane));
}

static char *
var_session_marked(struct format *ft)
{
	struct pane	*p = var_marked(ft);
	struct winlink	*wl;

	if (p != NULL) {
		TAILQ_FOREACH(wl, &ft->s->windows, entry) {
			if (wl->window == p->window)
				return (xstrdup("1"));
		}
	}
	return (xstrdup("0"));
}

static char *
var_session_stack(struct format *ft)
{
	struct winlink	*wl;
	struct buf	 b;

	buf_init(&b, FORMAT_TEXT_MAX);
	if (ft->s->current != NULL)
		buf_addf(&b, "%d", ft->s->current->index);
	TAILQ_FOREACH(wl, &ft->s->stack, sentry)
		buf_addf(&b, ",%d", wl->index);
	return (var_list_end(&b));
}

static char *
var_session_windows(struct format *ft)
{
	return (var_number(session_count(ft->s)));
}

static char *
var_active_window_index(struct format *ft)
{
	return (ft->s->current == NULL ? NULL :
	    var_number(ft->s->current->index));
}

static char *
var_last_window_index(struct format *ft)
{
	struct winlink	*wl = TAILQ_LAST(&ft->s->windows, winlink_list);

	return (wl == NULL ? NULL : var_number(wl->index));
}

/* --- links to windows --- */

static char *
var_window_active(struct format *ft)
{
	return (var_bool(ft->wl == ft->wl->session->current));
}

static char *
var_window_end_flag(struct format *ft)
{
	return (var_bool(TAILQ_NEXT(ft->wl, entry) == NULL));
}

static char *
var_window_start_flag(struct format *ft)
{
	return (var_bool(ft->wl == TAILQ_FIRST(&ft->wl->session->windows)));
}

static char *
var_window_flags(struct format *ft)
{
	return (window_flags(ft->wl, true));
}

static char *
var_window_raw_flags(struct format *ft)
{
	return (window_flags(ft->wl, false));
}

static char *
var_window_last_flag(struct format *ft)
{
	return (var_bool(ft->wl == TAILQ_FIRST(&ft->wl->session->stack)));
}

static char *
var_window_marked_flag(struct format *ft)
{
	struct pane	*p = var_marked(ft);

	return (var_bool(p != NULL && p->window == ft->wl->window));
}

static char *
var_window_stack_index(struct format *ft)
{
	struct winlink	*wl;
	unsigned	 n = 1;

	if (ft->wl == ft->wl->session->current)
		return (xstrdup("0"));
	TAILQ_FOREACH(wl, &ft->wl->session->stack, sentry) {
		if (wl == ft->wl)
			return (var_number(n));
		n++;
	}
	return (xstrdup("0"));
}

/* --- windows --- */

/* Clients, or sessions, that have the window as their current one. */
static char *
var_window_users(struct format *ft, bool clients, bool list)
{
	struct client	*c;
	struct winlink	*wl;
	struct buf	 b;
	unsigned	 n = 0;

	buf_init(&b, FORMAT_TEXT_MAX);
	if (clients) {
		TAILQ_FOREACH(c, &ft->model->clients, entry) {
			if (!client_here(c) ||
			    c->session->current == NULL ||
			    c->session->current->window != ft->w)
				continue;
			n++;
			var_list_add(&b, c->name == NULL ? "" : c->name);
		}
	} else {
		TAILQ_FOREACH(wl, &ft->w->links, wentry) {
			if (wl->session->current != wl)
				continue;
			n++;
			var_list_add(&b, wl->session->name);
		}
	}
	if (list)
		return (var_list_end(&b));
	buf_fini(&b);
	return (var_number(n));
}

static char *
var_window_active_clients(struct format *ft)
{
	return (var_window_users(ft, true, false));
}

static char *
var_window_active_clients_list(struct format *ft)
{
	return (var_window_users(ft, true, true));
}

static char *
var_window_active_sessions(struct format *ft)
{
	return (var_window_users(ft, false, false));
}

static char *
var_window_active_sessions_list(struct format *ft)
{
	return (var_window_users(ft, false, true));
}

static unsigned
var_window_links(struct format *ft)
{
	struct winlink	*wl;
	unsigned	 n = 0;

	TAILQ_FOREACH(wl, &ft->w->links, wentry)
		n++;
	return (n);
}

static char *
var_window_linked(struct format *ft)
{
	return (var_bool(var_window_links(ft) > 1));
}

static char *
var_window_linked_sessions(struct format *ft)
{
	return (var_number(var_window_links(ft)));
}

static char *
var_window_linked_sessions_list(struct format *ft)
{
	struct winlink	*wl;
	struct buf	 b;

	buf_init(&b, FORMAT_TEXT_MAX);
	TAILQ_FOREACH(wl, &ft->w->links, wentry)
		var_list_add(&b, wl->session->name);
	return (var_list_end(&b));
}

static char *
var_window_id(struct format *ft)
{
	char	*out;

	xasprintf(&out, "@%u", (unsigned)ft->w->id);
	return (out);
}

static char *
var_window_layout(struct format *ft)
{
	if (ft->w->layout == NULL)
		return (NULL);
	return (layout_dump(ft->w, ft->w->saved_layout != NULL ?
	    ft->w->saved_layout : ft->w->layout));
}

static char *
var_window_visible_layout(struct format *ft)
{
	if (ft->w->layout == NULL)
		return (NULL);
	return (layout_dump(ft->w, ft->w->layout));
}

static char *
var_window_manual(int n)
{
	return (n > 0 ? var_number(n) : NULL);
}

static char *
var_window_manual_height(struct format *ft)
{
	return (var_window_manual(ft->w->manual_rows));
}

static char *
var_window_manual_width(struct format *ft)
{
	return (var_window_manual(ft->w->manual_cols));
}

/* Where the client looks at a window that is larger than itself. */
static bool
var_window_view(struct format *ft, int *x, int *y)
{
	int	w, h;

	if (ft->c == NULL || ft->c->session == NULL ||
	    ft->c->session->current == NULL || ft->c->cols == 0)
		return (false);
	scene_offset(ft->c, x, y, &w, &h);
	return (ft->c->session->current->window->cols > w ||
	    ft->c->session->current->window->rows > h);
}

static char *
var_window_bigger(struct format *ft)
{
	int	x, y;

	return (ft->c == NULL ? NULL : var_bool(var_window_view(ft, &x, &y)));
}

static char *
var_window_offset_x(struct format *ft)
{
	int	x, y;

	return (var_window_view(ft, &x, &y) ? var_number(x) : NULL);
}

static char *
var_window_offset_y(struct format *ft)
{
	int	x, y;

	return (var_window_view(ft, &x, &y) ? var_number(y) : NULL);
}

static char *
var_window_panes(struct format *ft)
{
	return (var_number(window_count(ft->w)));
}

/* --- what a format stands for --- */

static char *
var_session_format(struct format *ft)
{
	return (var_bool(ft->type == FORMAT_TYPE_SESSION));
}

static char *
var_window_format(struct format *ft)
{
	return (var_bool(ft->type == FORMAT_TYPE_WINDOW));
}

static char *
var_pane_format(struct format *ft)
{
	return (var_bool(ft->type == FORMAT_TYPE_PANE));
}

/* --- panes --- */

static char *
var_pane_active(struct format *ft)
{
	return (var_bool(ft->p == ft->p->window->active));
}

/* The window's edge, as the line of the status in borders moves it. */
static char *
var_pane_at_bottom(struct format *ft)
{
	int	end = ft->w->rows;

	if (str_eq(options_string(ft->w->options, "pane-border-status"),
	    "bottom"))
		end--;
	return (var_bool(ft->p->y + ft->p->rows == end));
}

static char *
var_pane_at_left(struct format *ft)
{
	return (var_bool(ft->p->x == 0));
}

static char *
var_pane_at_right(struct format *ft)
{
	return (var_bool(ft->p->x + ft->p->cols == ft->w->cols));
}

static char *
var_pane_at_top(struct format *ft)
{
	int	begin = 0;

	if (str_eq(options_string(ft->w->options, "pane-border-status"),
	    "top"))
		begin++;
	return (var_bool(ft->p->y == begin));
}

static char *
var_pane_bottom(struct format *ft)
{
	return (var_number(ft->p->y + ft->p->rows - 1));
}

static char *
var_pane_right(struct format *ft)
{
	return (var_number(ft->p->x + ft->p->cols - 1));
}

/* A colour of the pane itself, from OSC 10 and 11. */
static char *
var_pane_colour(struct format *ft, bool bg)
{
	struct snap	*snap;
	char		 tmp[32], *out;

	if (ft->p->emu == NULL)
		return (NULL);
	snap = emu_snap(ft->p->emu);
	out = xstrdup(colour_name(bg ? snap->bg : snap->fg, tmp, sizeof tmp));
	snap_unref(snap);
	return (out);
}

static char *
var_pane_bg(struct format *ft)
{
	return (var_pane_colour(ft, true));
}

static char *
var_pane_fg(struct format *ft)
{
	return (var_pane_colour(ft, false));
}

static char *
var_pane_command_duration(struct format *ft)
{
	time_t	end;

	if (ft->p->command_start == 0)
		return (NULL);
	end = ft->p->command_end >= ft->p->command_start ?
	    ft->p->command_end : ft->model->wall;
	return (var_number((long long)(end - ft->p->command_start)));
}

static char *
var_pane_command_running(struct format *ft)
{
	return (var_bool(ft->p->command_start != 0 &&
	    ft->p->command_end < ft->p->command_start));
}

static char *
var_pane_command_status(struct format *ft)
{
	return (ft->p->command_status < 0 ? NULL :
	    var_number(ft->p->command_status));
}

static char *
var_pane_current_command(struct format *ft)
{
	const struct model_ops	*ops = ft->model->ops;
	const char		*command = NULL;

	if (ops != NULL && ops->pane_command != NULL)
		command = ops->pane_command(ft->model->ops_arg, ft->p);
	if (command == NULL || *command == '\0')
		command = ft->p->shell;
	if (command != NULL && strrchr(command, '/') != NULL)
		command = strrchr(command, '/') + 1;
	return (var_text(command));
}

static char *
var_pane_current_path(struct format *ft)
{
	const struct model_ops	*ops = ft->model->ops;

	if (ops == NULL || ops->pane_path == NULL)
		return (NULL);
	return (var_text(ops->pane_path(ft->model->ops_arg, ft->p)));
}

static char *
var_pane_dead_signal(struct format *ft)
{
	if (!(ft->p->flags & PANE_STATUS_READY) ||
	    !WIFSIGNALED(ft->p->status))
		return (NULL);
	return (var_number(WTERMSIG(ft->p->status)));
}

static char *
var_pane_dead_status(struct format *ft)
{
	if (!(ft->p->flags & PANE_STATUS_READY) || !WIFEXITED(ft->p->status))
		return (NULL);
	return (var_number(WEXITSTATUS(ft->p->status)));
}

static bool
var_is_last_pane(struct format *ft)
{
	return (ft->p == TAILQ_FIRST(&ft->p->window->last_panes));
}

static char *
var_pane_flags(struct format *ft)
{
	struct buf	b;

	buf_init(&b, FORMAT_TEXT_MAX);
	if (ft->p == ft->p->window->active)
		buf_addc(&b, '*');
	if (var_is_last_pane(ft))
		buf_addc(&b, '-');
	if (ft->p == ft->p->window->active && ft->p->window->zoomed)
		buf_addc(&b, 'Z');
	if (ft->p == var_marked(ft))
		buf_addc(&b, 'M');
	return (var_list_end(&b));
}

static char *
var_pane_id(struct format *ft)
{
	char	*out;

	xasprintf(&out, "%%%u", (unsigned)ft->p->id);
	return (out);
}

static char *
var_pane_in_mode(struct format *ft)
{
	char	*depth;

	if (!pane_in_mode(ft->p))
		return (xstrdup("0"));
	depth = var_ask(ft, "pane_in_mode");
	return (depth == NULL ? xstrdup("1") : depth);
}

static char *
var_pane_index(struct format *ft)
{
	return (var_number(window_index_of(ft->p->window, ft->p)));
}

static char *
var_pane_key_mode(struct format *ft)
{
	int	kitty, other;

	if (ft->p->emu == NULL)
		return (NULL);
	kitty = emu_kitty_flags(ft->p->emu);
	other = emu_modify_other(ft->p->emu);
	if (kitty != 0)
		return (xstrdup("Kitty"));
	return (xstrdup(other == 0 ? "VT10x" : other == 1 ? "Ext 1" :
	    "Ext 2"));
}

static char *
var_pane_last(struct format *ft)
{
	return (var_bool(var_is_last_pane(ft)));
}

static char *
var_pane_marked(struct format *ft)
{
	return (var_bool(ft->p == var_marked(ft)));
}

static char *
var_pane_marked_set(struct format *ft)
{
	return (var_bool(var_marked(ft) != NULL));
}

static char *
var_pane_path(struct format *ft)
{
	return (ft->p->emu == NULL ? NULL : var_text(emu_cwd(ft->p->emu)));
}

static char *
var_pane_pb_state(struct format *ft)
{
	static const char *const	names[] = {
		"hidden", "normal", "error", "indeterminate", "paused"
	};
	int				n = ft->p->progress_state;

	if (n < 0 || n >= (int)(sizeof names / sizeof names[0]))
		n = 0;
	return (xstrdup(names[n]));
}

static char *
var_pane_private_modes(struct format *ft)
{
	static const struct {
		uint32_t	 mode;
		const char	*number;
	}				modes[] = {
		{ MODE_KCURSOR, "1" }, { MODE_REVERSE_VIDEO, "5" },
		{ MODE_ORIGIN, "6" }, { MODE_WRAP, "7" },
		{ MODE_MOUSE_X10, "9" }, { MODE_CURSOR_BLINK, "12" },
		{ MODE_CURSOR, "25" }, { MODE_LRMARGIN, "69" },
		{ MODE_MOUSE_STANDARD, "1000" }, { MODE_MOUSE_BUTTON, "1002" },
		{ MODE_MOUSE_ALL, "1003" }, { MODE_FOCUS, "1004" },
		{ MODE_MOUSE_UTF8, "1005" }, { MODE_MOUSE_SGR, "1006" },
		{ MODE_ALTERNATE, "1049" }, { MODE_BRACKETPASTE, "2004" },
		{ MODE_SYNC, "2026" }, { MODE_THEME, "2031" },
	};
	struct buf			b;
	uint32_t			have;
	size_t				i;

	if (ft->p->emu == NULL)
		return (NULL);
	have = emu_modes(ft->p->emu);
	buf_init(&b, FORMAT_TEXT_MAX);
	for (i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		if (have & modes[i].mode)
			var_list_add(&b, modes[i].number);
	}
	return (var_list_end(&b));
}

/* Each word as it would have to be typed. */
static char *
var_pane_start_command(struct format *ft)
{
	struct buf	 b;
	char		*quoted;
	int		 i;

	buf_init(&b, FORMAT_TEXT_MAX);
	for (i = 0; i < ft->p->argc; i++) {
		quoted = option_quote(ft->p->argv[i]);
		buf_addf(&b, "%s%s", i == 0 ? "" : " ", quoted);
		free(quoted);
	}
	return (var_list_end(&b));
}

static char *
var_pane_synchronized(struct format *ft)
{
	return (var_bool(options_number(ft->p->options,
	    "synchronize-panes") != 0));
}

static char *
var_pane_tabs(struct format *ft)
{
	return (ft->p->emu == NULL ? NULL : emu_tabs(ft->p->emu));
}

static char *
var_pane_title(struct format *ft)
{
	return (ft->p->emu == NULL ? NULL : var_text(emu_title(ft->p->emu)));
}

static char *
var_pane_tty(struct format *ft)
{
	return (xstrdup(ft->p->tty));
}

/* The size that the pane has when the window is not zoomed. */
static char *
var_pane_unzoomed_height(struct format *ft)
{
	return (var_number(ft->p->saved_cell != NULL ?
	    ft->p->saved_cell->rows : ft->p->rows));
}

static char *
var_pane_unzoomed_width(struct format *ft)
{
	return (var_number(ft->p->saved_cell != NULL ?
	    ft->p->saved_cell->cols : ft->p->cols));
}

static char *
var_pane_zoomed_flag(struct format *ft)
{
	return (var_bool(ft->p->window->zoomed &&
	    ft->p == ft->p->window->active));
}

/* --- the screen of a pane --- */

static char *
var_alternate_saved(struct format *ft, bool y)
{
	int	sx, sy;

	if (ft->p->emu == NULL)
		return (NULL);
	/* What tmux says when nothing is saved. */
	if (!(emu_modes(ft->p->emu) & MODE_ALTERNATE))
		return (xstrdup("4294967295"));
	emu_saved_cursor(ft->p->emu, &sx, &sy);
	return (var_number(y ? sy : sx));
}

static char *
var_alternate_saved_x(struct format *ft)
{
	return (var_alternate_saved(ft, false));
}

static char *
var_alternate_saved_y(struct format *ft)
{
	return (var_alternate_saved(ft, true));
}

static char *
var_cursor_character(struct format *ft)
{
	struct row	*row;
	char		 text[256];
	int		 x, y;

	if (ft->p->emu == NULL)
		return (NULL);
	emu_cursor(ft->p->emu, &x, &y);
	row = emu_line(ft->p->emu, EMU_SHOWN,
	    emu_top_line(ft->p->emu, EMU_SHOWN) + (uint64_t)y);
	if (row == NULL)
		return (NULL);
	row_text(row, x, 1, text, sizeof text);
	row_unref(row);
	return (xstrdup(*text == '\0' ? " " : text));
}

static char *
var_cursor_colour(struct format *ft)
{
	struct snap	*snap;
	char		 tmp[32], *out;

	if (ft->p->emu == NULL)
		return (NULL);
	snap = emu_snap(ft->p->emu);
	if (snap->cursor_colour == COLOUR_DEFAULT)
		out = xstrdup("none");
	else
		out = xstrdup(colour_name(snap->cursor_colour, tmp,
		    sizeof tmp));
	snap_unref(snap);
	return (out);
}

static char *
var_cursor_shape(struct format *ft)
{
	static const char *const	names[] = {
		[CURSOR_DEFAULT] = "default", [CURSOR_BLOCK] = "block",
		[CURSOR_UNDERLINE] = "underline", [CURSOR_BAR] = "bar"
	};
	struct snap			*snap;
	unsigned			 shape;

	if (ft->p->emu == NULL)
		return (NULL);
	snap = emu_snap(ft->p->emu);
	shape = snap->cursor_shape;
	snap_unref(snap);
	if (shape >= sizeof names / sizeof names[0])
		shape = CURSOR_DEFAULT;
	return (xstrdup(names[shape]));
}

static char *
var_cursor(struct format *ft, bool y)
{
	int	cx, cy;

	if (ft->p->emu == NULL)
		return (NULL);
	emu_cursor(ft->p->emu, &cx, &cy);
	return (var_number(y ? cy : cx));
}

static char *
var_cursor_x(struct format *ft)
{
	return (var_cursor(ft, false));
}

static char *
var_cursor_y(struct format *ft)
{
	return (var_cursor(ft, true));
}

static char *
var_history_bytes(struct format *ft)
{
	return (ft->p->emu == NULL ? NULL :
	    var_number((long long)emu_history_bytes(ft->p->emu)));
}

static char *
var_history_limit(struct format *ft)
{
	return (var_number(options_number(ft->s != NULL ? ft->s->options :
	    ft->model->session_options, "history-limit")));
}

static char *
var_history_size(struct format *ft)
{
	return (ft->p->emu == NULL ? NULL :
	    var_number(emu_history_size(ft->p->emu)));
}

static char *
var_scroll_region(struct format *ft, bool lower)
{
	int	top, bottom;

	if (ft->p->emu == NULL)
		return (NULL);
	emu_scroll_region(ft->p->emu, &top, &bottom);
	return (var_number(lower ? bottom : top));
}

static char *
var_scroll_region_lower(struct format *ft)
{
	return (var_scroll_region(ft, true));
}

static char *
var_scroll_region_upper(struct format *ft)
{
	return (var_scroll_region(ft, false));
}

/* --- the table --- */

/* Formats that the choose modes show their lines with; a title says nothing
 * that is still the host's name. */
#define TITLE_FORMAT							\
	"#{?#{&&:#{pane_title},#{!=:#{pane_title},#{host_short}}},"	\
	    ": \"#{pane_title}\",}"
#define TREE_FORMAT							\
	"#{?pane_format,"						\
	    "#{?pane_marked,#[reverse],}#{pane_current_command}"	\
	    "#{pane_flags}" TITLE_FORMAT				\
	",#{?window_format,"						\
	    "#{?window_marked_flag,#[reverse],}"			\
	    "#{window_name}#{window_flags}"				\
	    "#{?#{==:#{window_panes},1}," TITLE_FORMAT			\
	    ", (#{window_panes} panes)}"				\
	","								\
	    "#{session_windows} windows"				\
	    "#{?session_grouped, (group #{session_group}: "		\
	    "#{session_group_list}),}"					\
	    "#{?session_attached, (attached),}"				\
	"}}"
#define BUFFER_FORMAT	"#{t/p:buffer_created}: #{buffer_sample}"
#define CLIENT_FORMAT							\
	"#{t/p:client_activity}: session #{session_name}"

#define CALL(n, o)	{ #n, o, VAR_CALL, .call = var_##n }
#define CALL_BY_PANE(n, o) \
	{ #n, o, VAR_CALL, .call = var_##n, .flags = BY_PANE }
#define FIELD(n, o, k, st, f) \
	{ #n, o, k, .offset = offsetof(struct st, f) }
#define BIT(n, o, st, b) \
	{ #n, o, VAR_BIT, .offset = offsetof(struct st, flags), .bit = b }
#define MODE(n, b)	{ #n, OF_PANE, VAR_MODE, .bit = b }
#define SERVER(n, d)	{ #n, OF_PANE, VAR_SERVER, .text = d }
#define ZERO(n, o)	{ #n, o, VAR_ZERO }
#define TEXT(n, t)	{ #n, OF_NONE, VAR_TEXT, .text = t }

/* Sorted by name. */
static const struct format_var format_vars[] = {
	CALL(active_window_index, OF_SESSION),
	MODE(alternate_on, MODE_ALTERNATE),
	CALL(alternate_saved_x, OF_PANE),
	CALL(alternate_saved_y, OF_PANE),
	MODE(bracket_paste_flag, MODE_BRACKETPASTE),
	FIELD(buffer_created, OF_PASTE, VAR_TIME, paste, created),
	CALL_BY_PANE(buffer_full, OF_PASTE),
	TEXT(buffer_mode_format, BUFFER_FORMAT),
	FIELD(buffer_name, OF_PASTE, VAR_STRING, paste, name),
	CALL_BY_PANE(buffer_sample, OF_PASTE),
	CALL(buffer_size, OF_PASTE),
	FIELD(client_activity, OF_CLIENT, VAR_TIME, client, activity),
	FIELD(client_cell_height, OF_CLIENT, VAR_INT, client, cell_height),
	FIELD(client_cell_width, OF_CLIENT, VAR_INT, client, cell_width),
	FIELD(client_colours, OF_CLIENT, VAR_INT, client, colours),
	BIT(client_control_mode, OF_CLIENT, client, CLIENT_CONTROL),
	FIELD(client_created, OF_CLIENT, VAR_TIME, client, created),
	FIELD(client_discarded, OF_CLIENT, VAR_U64, client, discarded),
	CALL(client_flags, OF_CLIENT),
	FIELD(client_height, OF_CLIENT, VAR_INT, client, rows),
	CALL(client_key_table, OF_CLIENT),
	CALL(client_last_session, OF_CLIENT),
	CALL(client_link, OF_CLIENT),
	CALL(client_loss, OF_CLIENT),
	TEXT(client_mode_format, CLIENT_FORMAT),
	CALL(client_moves, OF_CLIENT),
	FIELD(client_name, OF_CLIENT, VAR_STRING, client, name),
	FIELD(client_pid, OF_CLIENT, VAR_INT, client, pid),
	CALL(client_prefix, OF_CLIENT),
	BIT(client_readonly, OF_CLIENT, client, CLIENT_READONLY),
	CALL(client_received, OF_CLIENT),
	CALL(client_rtt, OF_CLIENT),
	CALL(client_rtt_min, OF_CLIENT),
	CALL(client_session, OF_CLIENT),
	CALL(client_silence, OF_CLIENT),
	FIELD(client_termfeatures, OF_CLIENT, VAR_STRING, client,
	    term_features),
	FIELD(client_termname, OF_CLIENT, VAR_STRING, client, term),
	FIELD(client_termtype, OF_CLIENT, VAR_STRING, client, term_type),
	CALL(client_theme, OF_CLIENT),
	FIELD(client_tty, OF_CLIENT, VAR_STRING, client, tty),
	FIELD(client_uid, OF_CLIENT, VAR_U32, client, uid),
	FIELD(client_user, OF_CLIENT, VAR_STRING, client, user),
	BIT(client_utf8, OF_CLIENT, client, CLIENT_UTF8),
	FIELD(client_width, OF_CLIENT, VAR_INT, client, cols),
	CALL(client_written, OF_CLIENT),
	CALL(config_files, OF_NONE),
	MODE(cursor_blinking, MODE_CURSOR_BLINK),
	CALL_BY_PANE(cursor_character, OF_PANE),
	CALL(cursor_colour, OF_PANE),
	MODE(cursor_flag, MODE_CURSOR),
	CALL(cursor_shape, OF_PANE),
	ZERO(cursor_very_visible, OF_PANE),
	CALL(cursor_x, OF_PANE),
	CALL(cursor_y, OF_PANE),
	{ "history_all_bytes", OF_PANE, VAR_CALL, .call = var_history_bytes },
	CALL(history_bytes, OF_PANE),
	CALL(history_limit, OF_PANE),
	CALL(history_size, OF_PANE),
	CALL(host, OF_NONE),
	CALL(host_short, OF_NONE),
	MODE(insert_flag, MODE_INSERT),
	MODE(keypad_cursor_flag, MODE_KCURSOR),
	MODE(keypad_flag, MODE_KKEYPAD),
	CALL(last_window_index, OF_SESSION),
	MODE(mouse_all_flag, MODE_MOUSE_ALL),
	MODE(mouse_any_flag, MODE_MOUSE_ANY),
	MODE(mouse_button_flag, MODE_MOUSE_BUTTON),
	/* These come from whoever handles a mouse event: format_add(). */
	TEXT(mouse_hyperlink, NULL),
	TEXT(mouse_line, NULL),
	TEXT(mouse_pane, NULL),
	MODE(mouse_sgr_flag, MODE_MOUSE_SGR),
	MODE(mouse_standard_flag, MODE_MOUSE_STANDARD),
	TEXT(mouse_status_line, NULL),
	TEXT(mouse_status_range, NULL),
	MODE(mouse_utf8_flag, MODE_MOUSE_UTF8),
	TEXT(mouse_word, NULL),
	TEXT(mouse_x, NULL),
	TEXT(mouse_y, NULL),
	CALL(next_session_id, OF_NONE),
	MODE(origin_flag, MODE_ORIGIN),
	CALL(pane_active, OF_PANE),
	CALL(pane_at_bottom, OF_PANE),
	CALL(pane_at_left, OF_PANE),
	CALL(pane_at_right, OF_PANE),
	CALL(pane_at_top, OF_PANE),
	CALL(pane_bg, OF_PANE),
	CALL(pane_bottom, OF_PANE),
	CALL(pane_command_duration, OF_PANE),
	FIELD(pane_command_end_time, OF_PANE, VAR_TIME, pane, command_end),
	CALL(pane_command_running, OF_PANE),
	FIELD(pane_command_start_time, OF_PANE, VAR_TIME, pane,
	    command_start),
	CALL(pane_command_status, OF_PANE),
	CALL_BY_PANE(pane_current_command, OF_PANE),
	CALL_BY_PANE(pane_current_path, OF_PANE),
	BIT(pane_dead, OF_PANE, pane, PANE_DEAD),
	CALL(pane_dead_signal, OF_PANE),
	CALL(pane_dead_status, OF_PANE),
	FIELD(pane_dead_time, OF_PANE, VAR_TIME, pane, dead_time),
	CALL(pane_fg, OF_PANE),
	CALL(pane_flags, OF_PANE),
	ZERO(pane_floating_flag, OF_PANE),
	CALL(pane_format, OF_NONE),
	FIELD(pane_height, OF_PANE, VAR_INT, pane, rows),
	CALL(pane_id, OF_PANE),
	CALL(pane_in_mode, OF_PANE),
	CALL(pane_index, OF_PANE),
	BIT(pane_input_off, OF_PANE, pane, PANE_INPUT_OFF),
	CALL(pane_key_mode, OF_PANE),
	CALL(pane_last, OF_PANE),
	FIELD(pane_last_output_time, OF_PANE, VAR_TIME, pane, activity),
	SERVER(pane_last_prompt_time, NULL),
	FIELD(pane_left, OF_PANE, VAR_INT, pane, x),
	CALL(pane_marked, OF_PANE),
	CALL(pane_marked_set, OF_NONE),
	ZERO(pane_modal_flag, OF_PANE),
	SERVER(pane_mode, NULL),
	CALL_BY_PANE(pane_path, OF_PANE),
	FIELD(pane_pb_progress, OF_PANE, VAR_INT, pane, progress_percent),
	CALL(pane_pb_state, OF_PANE),
	FIELD(pane_pid, OF_PANE, VAR_INT, pane, pid),
	SERVER(pane_pipe, "0"),
	SERVER(pane_pipe_pid, NULL),
	CALL(pane_private_modes, OF_PANE),
	CALL(pane_right, OF_PANE),
	{ "pane_search_string", OF_PANE, VAR_STRING,
	  .offset = offsetof(struct pane, search), .flags = BY_PANE },
	CALL(pane_start_command, OF_PANE),
	{ "pane_start_command_list", OF_PANE, VAR_CALL,
	    .call = var_pane_start_command },
	FIELD(pane_start_path, OF_PANE, VAR_STRING, pane, cwd),
	CALL(pane_synchronized, OF_PANE),
	CALL(pane_tabs, OF_PANE),
	CALL_BY_PANE(pane_title, OF_PANE),
	FIELD(pane_top, OF_PANE, VAR_INT, pane, y),
	CALL(pane_tty, OF_PANE),
	BIT(pane_unseen_changes, OF_PANE, pane, PANE_UNSEEN),
	CALL(pane_unzoomed_height, OF_PANE),
	CALL(pane_unzoomed_width, OF_PANE),
	FIELD(pane_width, OF_PANE, VAR_INT, pane, cols),
	FIELD(pane_x, OF_PANE, VAR_INT, pane, x),
	FIELD(pane_y, OF_PANE, VAR_INT, pane, y),
	ZERO(pane_z, OF_PANE),
	CALL(pane_zoomed_flag, OF_PANE),
	CALL(pid, OF_NONE),
	CALL(scroll_region_lower, OF_PANE),
	CALL(scroll_region_upper, OF_PANE),
	CALL(server_sessions, OF_NONE),
	CALL(session_active, OF_SESSION),
	FIELD(session_activity, OF_SESSION, VAR_TIME, session, activity),
	CALL(session_activity_flag, OF_SESSION),
	CALL(session_alert, OF_SESSION),
	CALL(session_alerts, OF_SESSION),
	CALL(session_attached, OF_SESSION),
	CALL(session_attached_list, OF_SESSION),
	CALL(session_bell_flag, OF_SESSION),
	FIELD(session_created, OF_SESSION, VAR_TIME, session, created),
	CALL(session_format, OF_NONE),
	CALL(session_group, OF_SESSION),
	CALL(session_group_attached, OF_SESSION),
	CALL(session_group_attached_list, OF_SESSION),
	CALL(session_group_list, OF_SESSION),
	CALL(session_group_many_attached, OF_SESSION),
	CALL(session_group_size, OF_SESSION),
	CALL(session_grouped, OF_SESSION),
	CALL(session_id, OF_SESSION),
	FIELD(session_last_attached, OF_SESSION, VAR_TIME, session,
	    last_attached),
	CALL(session_many_attached, OF_SESSION),
	CALL(session_marked, OF_SESSION),
	FIELD(session_name, OF_SESSION, VAR_STRING, session, name),
	FIELD(session_path, OF_SESSION, VAR_STRING, session, cwd),
	CALL(session_silence_flag, OF_SESSION),
	CALL(session_stack, OF_SESSION),
	CALL(session_windows, OF_SESSION),
	ZERO(sixel_support, OF_NONE),
	CALL(socket_path, OF_NONE),
	{ "start_time", OF_NONE, VAR_TIME },
	MODE(synchronized_output_flag, MODE_SYNC),
	TEXT(tree_mode_format, TREE_FORMAT),
	CALL(uid, OF_NONE),
	CALL(user, OF_NONE),
	CALL(version, OF_NONE),
	CALL(window_active, OF_LINK),
	CALL(window_active_clients, OF_WINDOW),
	CALL(window_active_clients_list, OF_WINDOW),
	CALL(window_active_sessions, OF_WINDOW),
	CALL(window_active_sessions_list, OF_WINDOW),
	FIELD(window_activity, OF_WINDOW, VAR_TIME, window, activity),
	BIT(window_activity_flag, OF_LINK, winlink, WINLINK_ACTIVITY),
	BIT(window_bell_flag, OF_LINK, winlink, WINLINK_BELL),
	CALL(window_bigger, OF_WINDOW),
	FIELD(window_cell_height, OF_WINDOW, VAR_INT, window, ypixel),
	FIELD(window_cell_width, OF_WINDOW, VAR_INT, window, xpixel),
	CALL(window_end_flag, OF_LINK),
	CALL(window_flags, OF_LINK),
	CALL(window_format, OF_NONE),
	FIELD(window_height, OF_WINDOW, VAR_INT, window, rows),
	CALL(window_id, OF_WINDOW),
	FIELD(window_index, OF_LINK, VAR_INT, winlink, index),
	CALL(window_last_flag, OF_LINK),
	CALL(window_layout, OF_WINDOW),
	CALL(window_linked, OF_WINDOW),
	CALL(window_linked_sessions, OF_WINDOW),
	CALL(window_linked_sessions_list, OF_WINDOW),
	CALL(window_manual_height, OF_WINDOW),
	CALL(window_manual_width, OF_WINDOW),
	CALL(window_marked_flag, OF_LINK),
	TEXT(window_modal_pane, NULL),
	{ "window_name", OF_WINDOW, VAR_STRING,
	  .offset = offsetof(struct window, name), .flags = BY_PANE },
	CALL(window_offset_x, OF_WINDOW),
	CALL(window_offset_y, OF_WINDOW),
	CALL(window_panes, OF_WINDOW),
	CALL(window_raw_flags, OF_LINK),
	BIT(window_silence_flag, OF_LINK, winlink, WINLINK_SILENCE),
	CALL(window_stack_index, OF_LINK),
	CALL(window_start_flag, OF_LINK),
	CALL(window_visible_layout, OF_WINDOW),
	FIELD(window_width, OF_WINDOW, VAR_INT, window, cols),
	FIELD(window_zoomed_flag, OF_WINDOW, VAR_BOOL, window, zoomed),
	MODE(wrap_flag, MODE_WRAP),
};
#define FORMAT_VARS	(sizeof format_vars / sizeof format_vars[0])

size_t
format_var_count(void)
{
	return (FORMAT_VARS);
}

const char *
format_var_name(size_t i)
{
	return (format_vars[i].name);
}

const struct format_var *
format_var_find(const char *name)
{
	size_t	lo = 0, hi = FORMAT_VARS, mid;
	int	cmp;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		cmp = strcmp(format_vars[mid].name, name);
		if (cmp == 0)
			return (&format_vars[mid]);
		if (cmp < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (NULL);
}

static void *
var_object(const struct format_var *fv, struct format *ft)
{
	switch (fv->object) {
	case OF_CLIENT:
		return (ft->c);
	case OF_SESSION:
		return (ft->s);
	case OF_LINK:
		return (ft->wl);
	case OF_WINDOW:
		return (ft->w);
	case OF_PANE:
		return (ft->p);
	case OF_PASTE:
		return (ft->pb);
	default:
		return (ft->model);
	}
}

void
format_var_get(const struct format_var *fv, struct format *ft,
    struct format_found *found)
{
	const char	*object = var_object(fv, ft), *at;

	if (object == NULL)
		return;
	at = object + fv->offset;
	switch (fv->kind) {
	case VAR_CALL:
		found->value = fv->call(ft);
		break;
	case VAR_INT:
		found->value = var_number(*(const int *)at);
		break;
	case VAR_U32:
		found->value = var_number(*(const uint32_t *)at);
		break;
	case VAR_U64:
		found->value = var_number((long long)*(const uint64_t *)at);
		break;
	case VAR_STRING:
		found->value = var_text(*(char *const *)at);
		break;
	case VAR_TIME:
		found->is_time = true;
		found->time = fv->object == OF_NONE ? ft->model->start_time :
		    *(const time_t *)at;
		break;
	case VAR_BIT:
		found->value = var_bool(*(const unsigned *)at & fv->bit);
		break;
	case VAR_BOOL:
		found->value = var_bool(*(const bool *)at);
		break;
	case VAR_MODE:
		if (ft->p->emu != NULL)
			found->value = var_bool(emu_modes(ft->p->emu) &
			    fv->bit);
		break;
	case VAR_SERVER:
		if ((found->value = var_ask(ft, fv->name)) == NULL)
			found->value = var_text(fv->text);
		break;
	case VAR_ZERO:
		found->value = xstrdup("0");
		break;
	case VAR_TEXT:
		found->value = var_text(fv->text);
		break;
	}
	if (fv->flags & BY_PANE)
		found->tainted = found->escape = true;
}
