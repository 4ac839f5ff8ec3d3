/* SPDX-License-Identifier: ISC */

/*
 * cmd-refresh-client.c - draw again, look at another part of a large window,
 * and what control clients ask for.
 */

#include "cmd/cmd-int.h"
#include "model/scene.h"

static enum cmd_result	cmd_refresh_client_exec(struct cmd *,
			    struct cmdq_item *);

const struct cmd_entry cmd_refresh_client_entry = {
	.name = "refresh-client",
	.alias = "refresh",
	.getopt = "A:B:cC:Df:r:F:lLRSt:U",
	.min = 0, .max = 1,
	.usage = "[-cDlLRSU] [-A pane:state] [-B name:what:format] [-C XxY] "
	    "[-f flags] [-r pane:report] [-t target-client] [adjustment]",
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_T,
	.exec = cmd_refresh_client_exec
};

/* -L -R -U -D and -c: where a window larger than the client is looked at. */
static enum cmd_result
refresh_pan(struct cmdq_item *item, struct client *c, struct args *args)
{
	struct window	*w;
	const char	*s = args_string(args, 0), *why;
	long long	 n = 1;
	int		 x, y, cols, rows;

	if (s != NULL && str_to_int(s, 1, INT32_MAX, &n, &why) != 0) {
		cmdq_error(item, "adjustment %s", why);
		return (CMD_ERROR);
	}
	if (args_has(args, 'c')) {
		c->pan_set = false;
		model_touch(item_model(item));
		return (CMD_OK);
	}
	if (c->session == NULL || c->session->current == NULL)
		return (CMD_OK);
	w = c->session->current->window;
	scene_offset(c, &x, &y, &cols, &rows);
	if (n > WINDOW_MAX)
		n = WINDOW_MAX;
	if (args_has(args, 'L'))
		x -= (int)n;
	else if (args_has(args, 'R'))
		x += (int)n;
	else if (args_has(args, 'U'))
		y -= (int)n;
	else
		y += (int)n;
	if (x > w->cols - cols)
		x = w->cols - cols;
	if (y > w->rows - rows)
		y = w->rows - rows;
	c->pan_x = x < 0 ? 0 : x;
	c->pan_y = y < 0 ? 0 : y;
	c->pan_window = w->id;
	c->pan_set = true;
	model_touch(item_model(item));
	return (CMD_OK);
}

static struct pane *
refresh_pane(struct model *m, const char *s, size_t len)
{
	char		*copy = xstrndup(s, len);
	struct pane	*p = NULL;
	long long	 id;

	if (*copy == '%' &&
	    str_to_int(copy + 1, 0, UINT32_MAX - 1, &id, NULL) == 0)
		p = model_pane(m, (uint32_t)id);
	free(copy);
	return (p);
}

/* -A %1:pause */
static void
refresh_pane_state(struct cmdq_item *item, struct client *c, const char *s)
{
	static const struct { const char *name; enum control_pane state; }
	    states[] = {
		{ "on", CONTROL_PANE_ON }, { "off", CONTROL_PANE_OFF },
		{ "continue", CONTROL_PANE_CONTINUE },
		{ "pause", CONTROL_PANE_PAUSE },
	};
	const char	*colon = strchr(s, ':');
	struct pane	*p;
	size_t		 i;

	if (colon == NULL ||
	    (p = refresh_pane(item_model(item), s, (size_t)(colon - s))) == NULL)
		return;
	for (i = 0; i < sizeof states / sizeof states[0]; i++) {
		if (strcmp(colon + 1, states[i].name) == 0)
			host_call(item, control_pane, c, p, states[i].state);
	}
}

/* -B name:what:format, or a name alone to end it. */
static void
refresh_subscribe(struct cmdq_item *item, struct client *c, const char *s)
{
	char	*copy = xstrdup(s), *what, *format;

	if ((what = strchr(copy, ':')) == NULL) {
		host_call(item, control_subscribe, c, copy, "", NULL);
		free(copy);
		return;
	}
	*what++ = '\0';
	if ((format = strchr(what, ':')) != NULL) {
		*format++ = '\0';
		host_call(item, control_subscribe, c, copy, what, format);
	}
	free(copy);
}

/* -C 80x24, 80,24, @0:80x24 or @0: */
static enum cmd_result
refresh_size(struct cmdq_item *item, struct client *c, const char *s)
{
	struct window	*w = NULL;
	int		 x, y, used = 0;
	unsigned	 id;

	if (*s == '@') {
		if (sscanf(s, "@%9u:%n", &id, &used) != 1 || used == 0)
			goto bad;
		if ((w = model_window(item_model(item), id)) == NULL) {
			cmdq_error(item, "can't find window: @%u", id);
			return (CMD_ERROR);
		}
		if (s[used] == '\0') {
			host_call(item, client_size, c, w, 0, 0);
			return (CMD_OK);
		}
	}
	if (sscanf(s + used, "%6dx%6d", &x, &y) != 2 &&
	    sscanf(s + used, "%6d,%6d", &x, &y) != 2)
		goto bad;
	if (x < WINDOW_MIN || x > WINDOW_MAX || y < WINDOW_MIN ||
	    y > WINDOW_MAX) {
		cmdq_error(item, "size too small or too big");
		return (CMD_ERROR);
	}
	host_call(item, client_size, c, w, x, y);
	return (CMD_OK);
bad:
	cmdq_error(item, "bad size argument");
	return (CMD_ERROR);
}

static enum cmd_result
refresh_control(struct cmdq_item *item, struct client *c, struct args *args)
{
	const char	*s, *colon;
	struct pane	*p;
	int		 i;

	if (!(c->flags & CLIENT_CONTROL)) {
		cmdq_error(item, "not a control client");
		return (CMD_ERROR);
	}
	for (i = 0; (s = args_get_nth(args, 'A', i)) != NULL; i++)
		refresh_pane_state(item, c, s);
	for (i = 0; (s = args_get_nth(args, 'B', i)) != NULL; i++)
		refresh_subscribe(item, c, s);
	if ((s = args_get(args, 'r')) != NULL &&
	    (colon = strchr(s, ':')) != NULL &&
	    (p = refresh_pane(item_model(item), s, (size_t)(colon - s))) != NULL)
		host_call(item, client_report, c, p, colon + 1);
	if ((s = args_get(args, 'C')) != NULL)
		return (refresh_size(item, c, s));
	return (CMD_OK);
}

static enum cmd_result
cmd_refresh_client_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct client	*c = cmdq_target_client(item);
	bool		 more = false;
	const char	*s;

	if (args_has(args, 'c') || args_has(args, 'L') ||
	    args_has(args, 'R') || args_has(args, 'U') || args_has(args, 'D'))
		return (refresh_pan(item, c, args));
	if (args_has(args, 'l')) {
		host_call(item, client_clipboard_get, c, NULL);
		return (CMD_OK);
	}
	if ((s = args_get(args, 'F')) != NULL || (s = args_get(args, 'f')) != NULL) {
		client_set_flags(item, c, s);
		more = true;
	}
	if (args_has(args, 'A') || args_has(args, 'B') ||
	    args_has(args, 'C') || args_has(args, 'r'))
		return (refresh_control(item, c, args));
	if (more)
		return (CMD_OK);
	host_call(item, client_refresh, c, args_has(args, 'S') != 0);
	return (CMD_OK);
}
