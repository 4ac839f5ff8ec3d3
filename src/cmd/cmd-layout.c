/* SPDX-License-Identifier: ISC */

/*
 * cmd-layout.c - sizes and places: select-layout and its kin, resize-pane,
 * resize-window, rotate-window.
 */

#include "cmd/cmd-int.h"
#include "term/emu.h"

static enum cmd_result	cmd_select_layout_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_resize_pane_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_resize_window_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_rotate_window_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_select_layout_entry = {
	.name = "select-layout",
	.alias = "selectl",
	.getopt = "Enopt:",
	.min = 0, .max = 1,
	.usage = "[-Enop] [-t target-pane] [layout-name]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_select_layout_exec
};

const struct cmd_entry cmd_next_layout_entry = {
	.name = "next-layout",
	.alias = "nextl",
	.getopt = "t:",
	.min = 0, .max = 0,
	.usage = "[-t target-window]",
	.target = { 't', TARGET_WINDOW, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_select_layout_exec
};

const struct cmd_entry cmd_previous_layout_entry = {
	.name = "previous-layout",
	.alias = "prevl",
	.getopt = "t:",
	.min = 0, .max = 0,
	.usage = "[-t target-window]",
	.target = { 't', TARGET_WINDOW, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_select_layout_exec
};

const struct cmd_entry cmd_resize_pane_entry = {
	.name = "resize-pane",
	.alias = "resizep",
	.getopt = "DLMRTt:Ux:y:Z",
	.min = 0, .max = 1,
	.usage = "[-DLMRTUZ] [-x width] [-y height] [-t target-pane] "
	    "[adjustment]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_resize_pane_exec
};

const struct cmd_entry cmd_resize_window_entry = {
	.name = "resize-window",
	.alias = "resizew",
	.getopt = "aADLRt:Ux:y:",
	.min = 0, .max = 1,
	.usage = "[-aADLRU] [-x width] [-y height] [-t target-window] "
	    "[adjustment]",
	.target = { 't', TARGET_WINDOW, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_resize_window_exec
};

const struct cmd_entry cmd_rotate_window_entry = {
	.name = "rotate-window",
	.alias = "rotatew",
	.getopt = "Dt:UZ",
	.min = 0, .max = 0,
	.usage = "[-DUZ] [-t target-window]",
	.target = { 't', TARGET_WINDOW, 0 },
	.exec = cmd_rotate_window_exec
};

/*** select-layout ***/

static enum cmd_result
layout_select_text(struct cmdq_item *item, struct window *w, const char *text,
    char *before)
{
	char	*cause = NULL;
	int	 n = layout_set_lookup(text);

	if (n != -1) {
		layout_set(w, n);
		goto done;
	}
	if (strchr(text, ',') == NULL) {
		cmdq_error(item, "invalid layout: %s", text);
		free(before);
		return (CMD_ERROR);
	}
	if (layout_parse(w, text, &cause) != 0) {
		if (cause != NULL)
			cmdq_error(item, "%s: %s", cause, text);
		else
			cmdq_error(item, "can't set layout: %s", text);
		free(cause);
		free(before);
		return (CMD_ERROR);
	}
done:
	free(w->old_layout);
	w->old_layout = before;
	return (CMD_OK);
}

static enum cmd_result
cmd_select_layout_exec(struct cmd *cmd, struct cmdq_item *item)
{
	const struct cmd_entry	*entry = cmd_entry(cmd);
	struct args		*args = cmd_args(cmd);
	struct target		*tg = cmdq_target(item);
	struct window		*w = tg->w;
	const char		*name = args_string(args, 0);
	char			*before, *old;
	enum cmd_result		 r = CMD_OK;
	bool			 next, previous;

	window_unzoom(w);
	next = entry == &cmd_next_layout_entry || args_has(args, 'n');
	previous = entry == &cmd_previous_layout_entry || args_has(args, 'p');
	before = layout_dump(w, w->layout);
	if (next || previous) {
		if (next)
			layout_set_next(w);
		else
			layout_set_previous(w);
		free(w->old_layout);
		w->old_layout = before;
	} else if (args_has(args, 'E')) {
		layout_spread(tg->p);
		free(w->old_layout);
		w->old_layout = before;
	} else if (args_has(args, 'o')) {
		if (w->old_layout == NULL) {
			free(before);
			return (CMD_OK);
		}
		old = xstrdup(w->old_layout);
		r = layout_select_text(item, w, old, before);
		free(old);
	} else if (name != NULL)
		r = layout_select_text(item, w, name, before);
	else if (w->last_layout != -1) {
		layout_set(w, w->last_layout);
		free(w->old_layout);
		w->old_layout = before;
	} else
		free(before);
	return (r);
}

/*** resize-pane ***/

/* -x and -y; with a row for the pane's status line on top of -y. */
static int
resize_pane_to(struct cmdq_item *item, struct args *args, struct pane *p,
    int flag)
{
	struct window	*w = p->window;
	char		*cause;
	long long	 n;

	n = args_percent(args_get(args, flag), 0, INT32_MAX,
	    flag == 'x' ? w->cols : w->rows, &cause);
	if (cause != NULL) {
		cmdq_error(item, "%s %s", flag == 'x' ? "width" : "height",
		    cause);
		free(cause);
		return (-1);
	}
	if (n > WINDOW_MAX)
		n = WINDOW_MAX;
	layout_resize_pane_to(p, flag == 'x' ? LAYOUT_LEFTRIGHT :
	    LAYOUT_TOPBOTTOM, (int)n);
	return (0);
}

/* -T: forget the lines below the cursor. */
static void
resize_pane_trim(struct pane *p)
{
	int	x, y, rows = p->rows, cols = p->cols;

	if (p->mode != NULL)
		return;
	emu_cursor(p->emu, &x, &y);
	/* Shrinking pushes the top into the history, growing keeps it there. */
	if (y + 1 < rows) {
		emu_resize(p->emu, cols, y + 1);
		emu_resize(p->emu, cols, rows);
	}
}

static enum cmd_result
resize_pane_mouse(struct cmdq_item *item)
{
	struct cmd_event	*ev = cmdq_event(item);
	struct client		*c = cmdq_client(item);

	if (!ev->mouse || c == NULL || c->session == NULL)
		return (CMD_OK);
	host_call(item, client_drag, c, DRAG_RESIZE_PANE, ev);
	return (CMD_OK);
}

static enum cmd_result
cmd_resize_pane_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item);
	struct window	*w = tg->w;
	struct pane	*p = tg->p;
	const char	*s = args_string(args, 0), *why;
	long long	 n = 1;

	if (args_has(args, 'T')) {
		resize_pane_trim(p);
		return (CMD_OK);
	}
	if (args_has(args, 'M'))
		return (resize_pane_mouse(item));
	if (args_has(args, 'Z')) {
		if (w->zoomed)
			window_unzoom(w);
		else
			window_zoom(p);
		return (CMD_OK);
	}
	if (s != NULL && str_to_int(s, 1, INT32_MAX, &n, &why) != 0) {
		cmdq_error(item, "adjustment %s", why);
		return (CMD_ERROR);
	}
	if (n > WINDOW_MAX)
		n = WINDOW_MAX;
	window_unzoom(w);
	if (args_has(args, 'x') && resize_pane_to(item, args, p, 'x') != 0)
		return (CMD_ERROR);
	if (args_has(args, 'y') && resize_pane_to(item, args, p, 'y') != 0)
		return (CMD_ERROR);
	if (args_has(args, 'L'))
		layout_resize_pane(p, LAYOUT_LEFTRIGHT, -(int)n, true);
	else if (args_has(args, 'R'))
		layout_resize_pane(p, LAYOUT_LEFTRIGHT, (int)n, true);
	else if (args_has(args, 'U'))
		layout_resize_pane(p, LAYOUT_TOPBOTTOM, -(int)n, true);
	else if (args_has(args, 'D'))
		layout_resize_pane(p, LAYOUT_TOPBOTTOM, (int)n, true);
	return (CMD_OK);
}

/*** resize-window ***/

/*
 * The largest or smallest of the clients that look at the session; what
 * default-size says without any.
 */
static void
resize_window_clients(struct session *s, bool largest, int *cols, int *rows)
{
	struct client	*c;
	int		 x, y;
	bool		 any = false;

	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if (c->session != s || c->cols <= 0 || c->rows <= 0 ||
		    (c->flags & CLIENT_IGNORE_SIZE))
			continue;
		client_window_size(c, &x, &y);
		if (!any || (largest ? x > *cols : x < *cols))
			*cols = x;
		if (!any || (largest ? y > *rows : y < *rows))
			*rows = y;
		any = true;
	}
	if (!any)
		window_default_size(s, NULL, cols, rows);
}

static int
resize_window_to(struct cmdq_item *item, struct args *args, int flag, int *out)
{
	const char	*s = args_get(args, flag), *why;
	long long	 n;

	if (s == NULL)
		return (0);
	if (str_to_int(s, WINDOW_MIN, WINDOW_MAX, &n, &why) != 0) {
		cmdq_error(item, "%s %s", flag == 'x' ? "width" : "height", why);
		return (-1);
	}
	*out = (int)n;
	return (0);
}

static enum cmd_result
cmd_resize_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item);
	struct window	*w = tg->w;
	const char	*s = args_string(args, 0), *why;
	long long	 n = 1;
	int		 cols = w->cols, rows = w->rows;

	if (s != NULL && str_to_int(s, 1, INT32_MAX, &n, &why) != 0) {
		cmdq_error(item, "adjustment %s", why);
		return (CMD_ERROR);
	}
	if (n > WINDOW_MAX)
		n = WINDOW_MAX;
	if (resize_window_to(item, args, 'x', &cols) != 0 ||
	    resize_window_to(item, args, 'y', &rows) != 0)
		return (CMD_ERROR);
	if (args_has(args, 'L'))
		cols -= cols > n ? (int)n : 0;
	else if (args_has(args, 'R'))
		cols += (int)n;
	else if (args_has(args, 'U'))
		rows -= rows > n ? (int)n : 0;
	else if (args_has(args, 'D'))
		rows += (int)n;
	if (args_has(args, 'A'))
		resize_window_clients(tg->s, true, &cols, &rows);
	else if (args_has(args, 'a'))
		resize_window_clients(tg->s, false, &cols, &rows);
	if (cols > WINDOW_MAX)
		cols = WINDOW_MAX;
	if (rows > WINDOW_MAX)
		rows = WINDOW_MAX;
	w->manual_cols = cols;
	w->manual_rows = rows;
	if (options_set_text(w->options, "window-size", "manual", false,
	    NULL) == 0)
		options_changed(item_model(item), "window-size");
	window_resize(w, cols, rows);
	return (CMD_OK);
}

/*** rotate-window ***/

/* Panes move on by one place, cells stay; the active place stays active. */
static enum cmd_result
cmd_rotate_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item), now;
	struct window	*w = tg->w;
	struct pane	**list, *active;
	unsigned	 i, n = window_count(w), at = 0;
	bool		 zoom;

	zoom = window_push_zoom(w, false, args_has(args, 'Z') != 0);
	if (n < 2) {
		window_pop_zoom(w, zoom);
		return (CMD_OK);
	}
	list = xcalloc(n, sizeof *list);
	i = 0;
	TAILQ_FOREACH(active, &w->panes, entry) {
		if (active == w->active)
			at = i;
		list[i++] = active;
	}
	/* One step is n - 1 exchanges of neighbours. */
	if (args_has(args, 'D')) {
		for (i = n - 1; i > 0; i--)
			layout_swap(list[n - 1], list[i - 1]);
	} else {
		for (i = 1; i < n; i++)
			layout_swap(list[0], list[i]);
	}
	free(list);
	i = 0;
	TAILQ_FOREACH(active, &w->panes, entry) {
		if (i++ == at)
			break;
	}
	if (active != NULL)
		window_set_active(w, active);
	window_pop_zoom(w, zoom);
	target_from_winlink(&now, tg->wl);
	cmdq_state_set_current(cmdq_state(item), &now);
	return (CMD_OK);
}
