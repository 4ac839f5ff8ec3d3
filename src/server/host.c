/* SPDX-License-Identifier: ISC */

/* host.c - struct cmd_host and struct model_ops over the parts of the server. */

#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/paste.h"
#include "os/proc.h"
#include "os/user.h"
#include "server/dispatch.h"
#include "server/history.h"
#include "server/host.h"
#include "server/job.h"
#include "server/modes.h"
#include "server/pane-io.h"
#include "server/peer.h"
#include "server/server.h"
#include "term/width.h"

#define FILE_READ_MAX	(64 << 20)
#define MESSAGE_MAX	4096

/*** Output ***/

static bool
attached(struct client *c)
{
	return (c != NULL && (c->flags & CLIENT_ATTACHED) != 0);
}

static void
host_print(void *arg, struct client *c, const struct target *tg, const char *line)
{
	struct server	*s = arg;
	struct pane	*p = NULL;

	if (c != NULL && !attached(c)) {
		if (peer_of(c) != NULL) {
			peer_out(peer_of(c), 1, line, strlen(line));
			peer_out(peer_of(c), 1, "\n", 1);
		}
		return;
	}
	if (c != NULL && c->session != NULL && c->session->current != NULL)
		p = c->session->current->window->active;
	else if (tg != NULL)
		p = tg->p;
	if (p != NULL)
		modes_view_add(s, p, line);
}

static void
host_print_data(void *arg, struct client *c, const void *data, size_t n)
{
	char	*text;

	if (c != NULL && !attached(c)) {
		if (peer_of(c) != NULL)
			peer_out(peer_of(c), 1, data, n);
		return;
	}
	text = xstrndup(data, n);
	host_print(arg, c, NULL, text);
	free(text);
}

void
host_message(void *arg, struct client *c, const char *text, long delay_ms, bool ignore_keys,
    bool ignore_styles)
{
	struct server	*s = arg;

	if (c == NULL || c->session == NULL)
		return;
	if (delay_ms < 0)
		delay_ms = (long)options_number(c->session->options, "display-time");
	free(c->message.text);
	c->message.text = xstrndup(text, MESSAGE_MAX);
	c->message.until_us = delay_ms == 0 ? USEC_NEVER :
	    s->now + (usec_t)delay_ms * USEC_PER_MSEC;
	c->message.ignore_keys = ignore_keys;
	c->message.ignore_styles = ignore_styles;
	model_touch(s->model);
	server_wake(s);
}

static void
host_warn(void *arg, struct client *c, const char *text)
{
	char	*up;

	if (c == NULL) {
		log_warn("%s", text);
		return;
	}
	if (attached(c)) {
		up = xstrdup(text);
		if (*up >= 'a' && *up <= 'z')
			*up = (char)(*up - 'a' + 'A');
		host_message(arg, c, up, -1, false, true);
		free(up);
		return;
	}
	if (peer_of(c) != NULL) {
		peer_out(peer_of(c), 2, text, strlen(text));
		peer_out(peer_of(c), 2, "\n", 1);
	}
}

static void
host_error(void *arg, struct client *c, const char *text)
{
	host_warn(arg, c, text);
	if (c != NULL && !attached(c) && peer_of(c) != NULL)
		peer_set_status(peer_of(c), 1);
}

static void
host_set_exit(void *arg, struct client *c, int status)
{
	(void)arg;
	if (c != NULL && peer_of(c) != NULL)
		peer_set_status(peer_of(c), status);
}

static void
host_config_done(void *arg, char *const *causes, size_t n)
{
	struct server	*s = arg;
	struct client	*c;
	struct pane	*p = NULL;
	size_t		 i;

	s->config_done = true;
	history_load(s);
	for (i = 0; i < n; i++)
		log_warn("%s", causes[i]);
	if (n == 0)
		return;
	if ((c = client_best(s->model, NULL)) != NULL && c->session != NULL)
		p = c->session->current->window->active;
	else if (TAILQ_FIRST(&s->model->sessions) != NULL)
		p = TAILQ_FIRST(&s->model->sessions)->current->window->active;
	if (p == NULL) {
		s->config_shown = false;	/* to the first who attaches */
		return;
	}
	for (i = 0; i < n; i++)
		modes_view_add(s, p, causes[i]);
	s->config_shown = true;
}

/*** Programs ***/

static int
host_pane_spawn(void *arg, const struct cmd_spawn *cs, char **cause)
{
	struct server		*s = arg;
	struct pane_spawn	 sp;
	char			**env;
	char			*argv[2] = { NULL, NULL };
	int			 r;

	if (cs->input) {
		cs->pane->flags |= PANE_EMPTY;
		return (0);
	}
	memset(&sp, 0, sizeof sp);
	sp.shell = cs->shell;
	sp.cwd = cs->cwd;
	(void)argv;
	if (cs->argc == 1)
		sp.command = cs->argv[0];
	else if (cs->argc > 1)
		sp.argv = cs->argv;
	env = cs->environ != NULL ? environ_vec(cs->environ) : NULL;
	sp.env = env;
	r = pane_io_spawn(s, cs->pane, &sp, cause);
	environ_vec_free(env);
	s->had_session = true;
	return (r);
}

static void
host_pane_kill(void *arg, struct pane *p)
{
	(void)arg;
	pane_io_close(p);
	p->pid = 0;
}

static void
host_pane_feed(void *arg, struct pane *p, const void *data, size_t n)
{
	struct server	*s = arg;

	emu_feed(p->emu, data, n);
	buf_clear(emu_replies(p->emu));
	s->screen_version++;
	server_wake(s);
}

static void
host_pane_write(void *arg, struct pane *p, const void *data, size_t n)
{
	struct server	*s = arg;

	if (!(p->flags & PANE_INPUT_OFF))
		pane_io_write(p, data, n, false);
	server_wake(s);
}

static void
host_pane_key(void *arg, struct pane *p, struct client *c, const struct key_event *ev)
{
	struct server		*s = arg;
	struct cmd_event	 ce;
	struct buf		 out;

	if (p->mode != NULL) {
		memset(&ce, 0, sizeof ce);
		ce.key = *ev;
		ce.bound = ev->code;
		modes_pane_key(s, p, c, ev, &ce);
		return;
	}
	if (ev->code == KEY_MOUSE) {
		buf_init(&out, 256);
		if (mouse_encode(&ev->mouse, ev->mouse.x, ev->mouse.y, emu_modes(p->emu), &out))
			pane_io_write(p, buf_data(&out), buf_len(&out), false);
		buf_fini(&out);
		return;
	}
	dispatch_pane_key(s, p, c, ev);
	server_wake(s);
}

static int
host_pane_pipe(void *arg, struct pane *p, const char *command, bool in, bool out, char **cause)
{
	(void)arg;
	return (pane_io_pipe(p, command, in, out, cause));
}

static bool
host_pane_piped(void *arg, struct pane *p)
{
	(void)arg;
	return (pane_io_piped(p));
}

static int
host_job_run(void *arg, const struct cmd_job *job, char **cause)
{
	return (job_run(arg, job, cause));
}

static void
host_timer(void *arg, usec_t after, void (*done)(void *), void *done_arg)
{
	job_timer(arg, after, done, done_arg);
}

/*** Files ***/

/* A result that is told in the next turn, never from inside the request. */
struct file_result {
	cmd_file_done	 done;
	void		*arg;
	int		 error;
	char		*data;
	size_t		 len;
};

static void
file_result_tell(void *arg)
{
	struct file_result	*r = arg;

	r->done(r->arg, r->error, r->data, r->len);
	free(r->data);
	free(r);
}

static void
file_result_later(struct server *s, cmd_file_done done, void *done_arg, int error, char *data,
    size_t len)
{
	struct file_result	*r = xcalloc(1, sizeof *r);

	r->done = done;
	r->arg = done_arg;
	r->error = error;
	r->data = data;
	r->len = len;
	job_timer(s, 0, file_result_tell, r);
}

static char *
file_load(const char *path, size_t max, size_t *len, int *error)
{
	struct stat	 sb;
	char		*data;
	size_t		 have = 0, cap;
	ssize_t		 n;
	int		 fd;

	*error = 0;
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1) {
		*error = errno;
		return (NULL);
	}
	if (fstat(fd, &sb) != 0 || S_ISDIR(sb.st_mode)) {
		*error = EISDIR;
		close(fd);
		return (NULL);
	}
	cap = S_ISREG(sb.st_mode) && sb.st_size > 0 ? (size_t)sb.st_size + 1 : 65536;
	if (cap > max + 1)
		cap = max + 1;
	data = xmalloc(cap + 1);
	while ((n = read(fd, data + have, cap - have)) > 0) {
		have += (size_t)n;
		if (have == cap && cap <= max) {
			cap = cap * 2 > max + 1 ? max + 1 : cap * 2;
			data = xrealloc(data, cap + 1);
		}
	}
	if (n < 0)
		*error = errno;
	else if (have > max)
		*error = EFBIG;
	close(fd);
	if (*error != 0) {
		free(data);
		return (NULL);
	}
	data[have] = '\0';
	*len = have;
	return (data);
}

static char *
host_file_load(void *arg, const char *path, size_t max, size_t *len)
{
	char	*data;
	int	 error;

	(void)arg;
	data = file_load(path, max, len, &error);
	errno = error;
	return (data);
}

static bool
at_client(struct client *c, const char *path)
{
	struct peer	*p = c != NULL ? peer_of(c) : NULL;

	/* "-" is the client's; and a remote client's paths are its own, too. */
	return (p != NULL && !attached(c) && (strcmp(path, "-") == 0 ||
	    !(c->flags & CLIENT_LOCAL)));
}

static void
host_file_read(void *arg, struct client *c, const char *path, cmd_file_done done, void *done_arg)
{
	struct server	*s = arg;
	char		*data;
	size_t		 len = 0;
	int		 error;

	if (at_client(c, path)) {
		if (peer_files_full(peer_of(c))) {
			file_result_later(s, done, done_arg, EMFILE, NULL, 0);
			return;
		}
		peer_file_read(peer_of(c), path, done, done_arg);
		return;
	}
	if (strcmp(path, "-") == 0) {
		file_result_later(s, done, done_arg, EBADF, NULL, 0);
		return;
	}
	data = file_load(path, FILE_READ_MAX, &len, &error);
	file_result_later(s, done, done_arg, error, data, len);
}

static void
host_file_write(void *arg, struct client *c, const char *path, bool append, const void *data,
    size_t n, cmd_file_done done, void *done_arg)
{
	struct server	*s = arg;
	ssize_t		 w;
	size_t		 at = 0;
	int		 fd, error = 0;

	if (at_client(c, path)) {
		if (peer_files_full(peer_of(c))) {
			file_result_later(s, done, done_arg, EMFILE, NULL, 0);
			return;
		}
		peer_file_write(peer_of(c), path, append, data, n, done, done_arg);
		return;
	}
	if (strcmp(path, "-") == 0) {
		file_result_later(s, done, done_arg, EBADF, NULL, 0);
		return;
	}
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK |
	    (append ? O_APPEND : O_TRUNC), 0666);
	if (fd == -1)
		error = errno;
	while (error == 0 && at < n) {
		w = write(fd, (const char *)data + at, n - at);
		if (w > 0)
			at += (size_t)w;
		else if (w < 0 && errno != EINTR)
			error = errno;
	}
	if (fd != -1 && close(fd) != 0 && error == 0)
		error = errno;
	file_result_later(s, done, done_arg, error, NULL, 0);
}

static int
host_glob(void *arg, const char *pattern, void (*found)(void *, const char *), void *found_arg)
{
	glob_t	g;
	size_t	i;
	int	r;

	(void)arg;
	r = glob(pattern, 0, NULL, &g);
	if (r == GLOB_NOMATCH)
		return (ENOENT);
	if (r == GLOB_NOSPACE)
		return (ENOMEM);
	if (r != 0)
		return (EACCES);
	for (i = 0; i < g.gl_pathc; i++)
		found(found_arg, g.gl_pathv[i]);
	globfree(&g);
	return (0);
}

static const char *
host_user_home(void *arg, const char *user)
{
	static char	 home[1024];
	struct passwd	*pw;
	const char	*h;

	(void)arg;
	if (*user == '\0') {
		h = getenv("HOME");
		if (h == NULL || *h == '\0') {
			pw = getpwuid(getuid());
			h = pw != NULL ? pw->pw_dir : NULL;
		}
	} else {
		pw = getpwnam(user);
		h = pw != NULL ? pw->pw_dir : NULL;
	}
	if (h == NULL)
		return (NULL);
	snprintf(home, sizeof home, "%s", h);
	return (home);
}

static bool
host_shell_ok(void *arg, const char *path)
{
	const char	*base;

	(void)arg;
	if (path == NULL || *path != '/' || access(path, X_OK) != 0)
		return (false);
	base = strrchr(path, '/') + 1;
	return (strcmp(base, "rmux") != 0);
}

/*** Clients ***/

static int
host_client_open(void *arg, struct client *c, char **cause)
{
	(void)arg;
	if (peer_of(c) == NULL || c->cols == 0 || c->rows == 0 || c->tty == NULL ||
	    *c->tty == '\0') {
		xasprintf(cause, "not a terminal");
		return (-1);
	}
	return (0);
}

static void
host_client_attach(void *arg, struct client *c)
{
	struct server	*s = arg;

	if (peer_of(c) == NULL)
		return;
	c->activity_us = s->now;
	c->activity = s->model->wall;
	if (c->session != NULL && c->session->current != NULL)
		c->session->current->window->last_client = c->id;
	peer_attached(peer_of(c));
	model_recalculate(s->model);
	server_show_config_causes(s, c);
	server_wake(s);
}

static void
host_client_detach(void *arg, struct client *c, enum detach_kind kind, const char *command)
{
	struct server	*s = arg;
	char		*name;

	if (peer_of(c) == NULL)
		return;
	name = xstrdup(c->session != NULL ? c->session->name : "");
	model_notify(s->model, "client-detached", c, c->session, NULL, NULL);
	switch (kind) {
	case DETACH_HUP:
		peer_exit(peer_of(c), TALK_EXIT_DETACHED_HUP, 0, name);
		break;
	case DETACH_EXEC:
		peer_exit(peer_of(c), TALK_EXIT_EXEC, 0, command);
		break;
	default:
		peer_exit(peer_of(c), TALK_EXIT_DETACHED, 0, name);
		break;
	}
	free(name);
	server_wake(s);
}

static void
host_client_tell(struct client *c, uint8_t tag, const char *text)
{
	struct talk	t;

	if (peer_of(c) == NULL)
		return;
	memset(&t, 0, sizeof t);
	t.tag = tag;
	t.text = text;
	t.text_len = strlen(text);
	peer_talk(peer_of(c), &t);
}

static void
host_client_suspend(void *arg, struct client *c)
{
	(void)arg;
	host_client_tell(c, TALK_SUSPEND, "");
}

static void
host_client_lock(void *arg, struct client *c)
{
	(void)arg;
	if (c->session != NULL)
		host_client_tell(c, TALK_LOCK, options_string(c->session->options,
		    "lock-command"));
}

static void
host_client_refresh(void *arg, struct client *c, bool status_only)
{
	struct server	*s = arg;

	model_touch(s->model);
	if (!status_only && peer_of(c) != NULL)
		peer_redraw(peer_of(c));
}

static void
host_client_changed(void *arg, struct client *c)
{
	struct server	*s = arg;

	if (c->session != NULL && c->session->current != NULL)
		c->session->current->window->last_client = c->id;
	model_recalculate(s->model);
	model_touch(s->model);
	server_wake(s);
}

static void
host_client_key(void *arg, struct client *c, const struct key_event *ev)
{
	dispatch_key(arg, c, ev);
}

static void
host_client_clipboard(void *arg, struct client *c, const void *data, size_t n)
{
	struct talk	t;

	(void)arg;
	if (c == NULL || peer_of(c) == NULL)
		return;
	memset(&t, 0, sizeof t);
	t.tag = TALK_CLIPBOARD;
	t.text = "";
	t.data = data;
	t.len = n;
	peer_talk(peer_of(c), &t);
}

static void
host_client_drag(void *arg, struct client *c, enum drag_kind kind, const struct cmd_event *ce)
{
	if (c != NULL)
		dispatch_drag(arg, c, (int)kind, ce);
}

static void
host_exit_server(void *arg)
{
	server_stop(arg, "server exited");
}

const struct cmd_host server_host = {
	.print = host_print,
	.print_data = host_print_data,
	.error = host_error,
	.warn = host_warn,
	.set_exit = host_set_exit,
	.message = host_message,
	.config_done = host_config_done,
	.pane_spawn = host_pane_spawn,
	.pane_kill = host_pane_kill,
	.pane_feed = host_pane_feed,
	.pane_write = host_pane_write,
	.pane_key = host_pane_key,
	.pane_pipe = host_pane_pipe,
	.pane_piped = host_pane_piped,
	.job_run = host_job_run,
	.timer = host_timer,
	.file_read = host_file_read,
	.file_write = host_file_write,
	.glob = host_glob,
	.file_load = host_file_load,
	.user_home = host_user_home,
	.shell_ok = host_shell_ok,
	.client_open = host_client_open,
	.client_attach = host_client_attach,
	.client_detach = host_client_detach,
	.client_suspend = host_client_suspend,
	.client_lock = host_client_lock,
	.client_refresh = host_client_refresh,
	.client_changed = host_client_changed,
	.client_key = host_client_key,
	.client_clipboard = host_client_clipboard,
	.client_drag = host_client_drag,
	.exit_server = host_exit_server,
	.prompt = modes_prompt,
	.prompt_history_clear = history_clear,
	.prompt_history = history_line,
	.menu = modes_menu,
	.popup = modes_popup,
	.overlay_close = modes_overlay_close,
	.display_panes = modes_display_panes,
	.mode_enter = modes_enter,
	.mode_leave = modes_leave,
	.mode_name = modes_name,
	.mode_table = modes_table,
	.mode_command = modes_command,
	.mode_prefix = modes_prefix,
	.mode_snap = modes_snap,
};

/*** The model ***/

static void
ops_notify(void *arg, const char *name, struct client *c, struct session *se, struct window *w,
    struct pane *p)
{
	struct server	*s = arg;

	if (s->cmdq != NULL)
		cmdq_notify(s->cmdq, name, c, se, w, p);
	server_wake(s);
}

static void
ops_pane_resized(void *arg, struct pane *p)
{
	struct server	*s = arg;

	modes_pane_resized(s, p);
	pane_io_resize(p);
	s->screen_version++;
	server_wake(s);
}

static void
ops_pane_closed(void *arg, struct pane *p)
{
	modes_pane_gone(arg, p);
	pane_io_close(p);
}

static const char *
ops_job_output(void *arg, const char *command, const char *cwd, struct client *c)
{
	return (job_status(arg, command, cwd, c));
}

static const char *
ops_pane_command(void *arg, struct pane *p)
{
	(void)arg;
	return (pane_io_command(p));
}

static const char *
ops_pane_path(void *arg, struct pane *p)
{
	(void)arg;
	return (pane_io_path(p));
}

static bool
ops_client_link(void *arg, struct client *c, struct client_link *cl)
{
	struct peer	*p = peer_of(c);

	(void)arg;
	if (p == NULL)
		return (false);
	peer_link_facts(p, cl);
	return (true);
}

/* codepoint-widths: "x=2", "U+2588=1" or "U+e000-U+f8ff=2". */
static void
widths_changed(struct server *s)
{
	struct option		*o = options_get(s->model->server_options, "codepoint-widths");
	struct option_item	*items;
	const char		*p, *eq;
	unsigned long		 low, high;
	uint32_t		 cp;
	char			*end;
	size_t			 i, n;

	cp_widths_reset();
	cp_selector_wide(options_number(s->model->server_options,
	    "variation-selector-always-wide") != 0);
	if (o == NULL)
		return;
	n = option_items(o, &items);
	for (i = 0; i < n; i++) {
		p = items[i].value;
		if ((eq = strrchr(p, '=')) == NULL || eq[1] < '0' || eq[1] > '2' || eq[2] != '\0')
			continue;
		if (strncmp(p, "U+", 2) == 0) {
			low = high = strtoul(p + 2, &end, 16);
			if (strncmp(end, "-U+", 3) == 0)
				high = strtoul(end + 3, &end, 16);
			if (end != eq || high > 0x10ffff)
				continue;
		} else {
			if (utf8_decode((const uint8_t *)p, (size_t)(eq - p), &cp) != eq - p)
				continue;
			low = high = cp;
		}
		for (; low <= high; low++)
			cp_width_set((uint32_t)low, eq[1] - '0');
	}
	free(items);
}

/* Options whose new value is in more than what is drawn next. */
static void
ops_option_changed(void *arg, const char *name)
{
	static const char *const	panes[] = {
		"alternate-screen", "allow-set-title", "allow-rename", "allow-passthrough",
		"pane-colours", "cursor-colour", "cursor-style", "window-style",
		"window-active-style", "input-buffer-size",
	};
	static const char *const	sizes[] = {
		"window-size", "default-size", "aggressive-resize", "status", "status-position",
		"pane-border-status", "pane-border-lines",
	};
	static const char *const	terminals[] = {
		"terminal-features", "terminal-overrides", "user-keys",
	};
	struct server	*s = arg;
	struct client	*c;
	size_t		 i, at = 0;
	void		*v;

	for (i = 0; i < sizeof panes / sizeof panes[0]; i++) {
		if (strcmp(name, panes[i]) != 0)
			continue;
		while (map_u32_next(&s->model->pane_by_id, &at, NULL, &v))
			pane_configure(v);
	}
	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		if (strcmp(name, sizes[i]) != 0)
			continue;
		at = 0;
		while (map_u32_next(&s->model->window_by_id, &at, NULL, &v))
			layout_fix(v);
		model_recalculate(s->model);
	}
	if (strcmp(name, "codepoint-widths") == 0 ||
	    strcmp(name, "variation-selector-always-wide") == 0)
		widths_changed(s);
	if (strncmp(name, "automatic-rename", 16) == 0) {
		at = 0;
		while (map_u32_next(&s->model->window_by_id, &at, NULL, &v))
			((struct window *)v)->name_checked_us = 0;
		s->names_at = s->names_until = s->now;
	}
	if (strcmp(name, "monitor-silence") == 0)
		s->alerts_at = 0;
	for (i = 0; i < sizeof terminals / sizeof terminals[0]; i++) {
		if (strcmp(name, terminals[i]) != 0)
			continue;
		TAILQ_FOREACH(c, &s->model->clients, entry) {
			if ((c->flags & CLIENT_ATTACHED) && peer_of(c) != NULL)
				peer_terminal(peer_of(c));
		}
	}
	s->screen_version++;
	server_wake(s);
}

const struct model_ops server_model_ops = {
	.option_changed = ops_option_changed,
	.notify = ops_notify,
	.pane_resized = ops_pane_resized,
	.pane_closed = ops_pane_closed,
	.job_output = ops_job_output,
	.pane_command = ops_pane_command,
	.pane_path = ops_pane_path,
	.mode_format = modes_format,
	.client_link = ops_client_link,
};
