/* SPDX-License-Identifier: ISC */

/*
 * cmd-display-menu.c - what lies over the panes of one client: display-menu,
 * display-popup, display-panes.
 *
 * A position is a letter, a number or a format.  The y of a format is that of
 * the row below the last, so that "the row of the status line" puts a menu on
 * top of it; the popup_* variables are made accordingly.
 */

#include "cmd/cmd-int.h"
#include "model/scene.h"

static bool		cmd_display_menu_braces(const struct args *, int);
static bool		cmd_display_panes_braces(const struct args *, int);
static enum cmd_result	cmd_display_menu_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_display_popup_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_display_panes_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_display_menu_entry = {
	.name = "display-menu",
	.alias = "menu",
	.getopt = "b:c:C:H:s:S:MOt:T:x:y:",
	.min = 1, .max = -1,
	.braces = cmd_display_menu_braces,
	.usage = "[-MO] [-b border-lines] [-c target-client] "
	    "[-C starting-choice] [-H selected-style] [-s style] "
	    "[-S border-style] [-t target-pane] [-T title] [-x position] "
	    "[-y position] name [key] [command] ...",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_C,
	.exec = cmd_display_menu_exec
};

const struct cmd_entry cmd_display_popup_entry = {
	.name = "display-popup",
	.alias = "popup",
	.getopt = "Bb:Cc:d:e:Eh:kNs:S:t:T:w:x:y:",
	.min = 0, .max = -1,
	.usage = "[-BCEkN] [-b border-lines] [-c target-client] "
	    "[-d start-directory] [-e environment] [-h height] [-s style] "
	    "[-S border-style] [-t target-pane] [-T title] [-w width] "
	    "[-x position] [-y position] [shell-command [argument ...]]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_C,
	.exec = cmd_display_popup_exec
};

const struct cmd_entry cmd_display_panes_entry = {
	.name = "display-panes",
	.alias = "displayp",
	.getopt = "bd:Nt:",
	.min = 0, .max = 1,
	.braces = cmd_display_panes_braces,
	.usage = "[-bN] [-d duration] [-t target-client] [template]",
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_T,
	.exec = cmd_display_panes_exec
};

static bool
cmd_display_menu_braces(const struct args *args, int idx)
{
	int	i = 0;

	/* name key command, but an empty name stands alone. */
	while (i < idx) {
		const char	*s = args_string(args, i);

		if (s == NULL || *s == '\0')
			i++;
		else if (i + 2 == idx)
			return (true);
		else
			i += 3;
	}
	return (false);
}

static bool
cmd_display_panes_braces(const struct args *args, int idx)
{
	(void)args;
	return (idx == 0);
}

/*** Positions. ***/

struct place {
	struct cmdq_item	*item;
	struct client		*c;
	struct target		*tg;
	int			 w, h;
	int			 x, y;		/* the result */
};

/* Column of the window's name on the status line, and the row. */
static void
place_status(struct place *pl, int *x, int *row)
{
	struct client		*c = pl->c;
	struct scene_hit	 hit;
	int			 lines = client_status_lines(c), y, top;

	top = client_status_at_top(c) ? 0 : c->rows - lines;
	*x = 0;
	*row = top;
	for (y = top; y < top + lines; y++) {
		for (*x = 0; *x < c->cols; (*x)++) {
			scene_hit(c, *x, y, &hit);
			if (hit.where == WHERE_STATUS &&
			    hit.winlink == pl->tg->wl) {
				*row = y;
				return;
			}
		}
	}
	*x = 0;
}

static void
place_formats(struct place *pl, struct format *ft)
{
	struct client		*c = pl->c;
	struct cmd_event	*ev = cmdq_event(pl->item);
	struct pane		*p = pl->tg->p;
	int			 lines = client_status_lines(c), top, n, x, y;
	int			 ox, oy, sx, sy;

	top = client_status_at_top(c) ? lines : 0;
	format_add(ft, "popup_width", "%d", pl->w);
	format_add(ft, "popup_height", "%d", pl->h);
	n = (c->cols - 1) / 2 - pl->w / 2;
	format_add(ft, "popup_centre_x", "%d", n < 0 ? 0 : n);
	n = (c->rows - 1) / 2 + pl->h / 2;
	format_add(ft, "popup_centre_y", "%d", n >= c->rows ? c->rows - pl->h :
	    n);
	if (ev->mouse) {
		format_add(ft, "popup_mouse_x", "%d", ev->x);
		format_add(ft, "popup_mouse_y", "%d", ev->y);
		n = ev->x - pl->w / 2;
		format_add(ft, "popup_mouse_centre_x", "%d", n < 0 ? 0 : n);
		n = ev->y + pl->h / 2;
		format_add(ft, "popup_mouse_centre_y", "%d", n);
		n = ev->y + pl->h;
		format_add(ft, "popup_mouse_top", "%d", n > c->rows ? c->rows :
		    n);
		format_add(ft, "popup_mouse_bottom", "%d", ev->y);
		format_add(ft, "popup_last_x", "%d", ev->last_x);
		format_add(ft, "popup_last_y", "%d", ev->last_y);
	}
	scene_offset(c, &ox, &oy, &sx, &sy);
	if (c->session == NULL || c->session->current == NULL ||
	    c->session->current->window != pl->tg->w)
		ox = oy = 0;
	n = top + p->y - oy + pl->h;
	format_add(ft, "popup_pane_top", "%d", n > c->rows ? c->rows : n);
	format_add(ft, "popup_pane_bottom", "%d", top + p->y + p->rows - oy);
	format_add(ft, "popup_pane_left", "%d", p->x > ox ? p->x - ox : 0);
	n = p->x + p->cols - ox - pl->w;
	format_add(ft, "popup_pane_right", "%d", n < 0 ? 0 : n);
	n = top > 0 ? lines + pl->h : c->rows - lines;
	format_add(ft, "popup_status_line_y", "%d", n);
	place_status(pl, &x, &y);
	format_add(ft, "popup_window_status_line_x", "%d", x);
	format_add(ft, "popup_window_status_line_y", "%d",
	    top > 0 ? y + 1 + pl->h : y);
}

static long
place_expand(struct format *ft, const char *text)
{
	char		*s = format_expand(ft, text);
	long		 n = strtol(s, NULL, 10);

	free(s);
	return (n < INT16_MIN ? INT16_MIN : n > INT16_MAX ? INT16_MAX : n);
}

/* Where -x and -y say; false if there is no room at all. */
static bool
place_find(struct place *pl, struct args *args)
{
	static const struct { const char *name, *x, *y; } letters[] = {
		{ "C", "#{popup_centre_x}", "#{popup_centre_y}" },
		{ "R", "#{popup_pane_right}", "0" },
		{ "P", "#{popup_pane_left}", "#{popup_pane_bottom}" },
		{ "M", "#{popup_mouse_centre_x}", "#{popup_mouse_top}" },
		{ "S", "0", "#{popup_status_line_y}" },
		{ "W", "#{popup_window_status_line_x}",
		    "#{popup_window_status_line_y}" },
	};
	const char	*x = args_get(args, 'x'), *y = args_get(args, 'y');
	struct format	*ft;
	long		 n;
	size_t		 i;

	if (pl->w > pl->c->cols || pl->h > pl->c->rows || pl->tg->p == NULL)
		return (false);
	if (x == NULL)
		x = "C";
	if (y == NULL)
		y = "C";
	for (i = 0; i < sizeof letters / sizeof letters[0]; i++) {
		if (strcmp(x, letters[i].name) == 0)
			x = letters[i].x;
		if (strcmp(y, letters[i].name) == 0)
			y = letters[i].y;
	}
	ft = cmdq_format(pl->item, 0, pl->tg);
	place_formats(pl, ft);
	n = place_expand(ft, x);
	if (n + pl->w > pl->c->cols)
		n = pl->c->cols - pl->w;
	pl->x = n < 0 ? 0 : (int)n;
	n = place_expand(ft, y) - pl->h;
	if (n + pl->h > pl->c->rows)
		n = pl->c->rows - pl->h;
	pl->y = n < 0 ? 0 : (int)n;
	format_free(ft);
	return (true);
}

/* -b: a name of the option's choices; -1 and an error. */
static int
place_lines(struct cmdq_item *item, struct args *args, const char *option,
    struct options *oo)
{
	const struct option_entry	*oe = option_find(option, NULL);
	const char			*s = args_get(args, 'b');
	int				 i;

	if (s == NULL)
		return ((int)options_number(oo, option));
	for (i = 0; oe != NULL && oe->choices != NULL && oe->choices[i] != NULL;
	    i++) {
		if (strcmp(oe->choices[i], s) == 0)
			return (i);
	}
	cmdq_error(item, "menu-border-lines unknown value: %s", s);
	return (-1);
}

/*** display-menu ***/

struct menu {
	struct cmd_menu_item	*items;
	int			 count, width;
};

static void
menu_free(struct menu *mn)
{
	int	i;

	for (i = 0; i < mn->count; i++) {
		free((void *)(uintptr_t)mn->items[i].name);
		free((void *)(uintptr_t)mn->items[i].command);
	}
	free(mn->items);
}

static void
menu_add(struct menu *mn, struct cmdq_item *item, struct target *tg,
    const char *name, const char *key, const char *command)
{
	struct cmd_menu_item	*mi;
	char			*text = NULL, buf[64];
	int			 w = 0;

	if (name != NULL) {
		text = cmdq_expand(item, name, tg);
		/* Expanded to nothing: left out. */
		if (*text == '\0') {
			free(text);
			return;
		}
	} else if (mn->count == 0 || mn->items[mn->count - 1].name == NULL)
		return;		/* no line above the first item, nor two */
	mn->items = xreallocarray(mn->items, (size_t)mn->count + 1,
	    sizeof *mn->items);
	mi = &mn->items[mn->count++];
	memset(mi, 0, sizeof *mi);
	mi->name = text;
	mi->key = KEY_NONE;
	if (name == NULL)
		return;
	if (*key != '\0') {
		mi->key = key_parse(key);
		if (mi->key == KEY_UNKNOWN)
			mi->key = KEY_NONE;
	}
	mi->command = cmdq_expand(item, command, tg);
	w = format_width(text) - (*text == '-');
	/* One that cannot be chosen shows no key. */
	if (mi->key != KEY_NONE && *text != '-')
		w += format_width(key_name(mi->key, buf, sizeof buf)) + 3;
	if (w > mn->width)
		mn->width = w;
}

/* The triples of arguments; -1 after an error. */
static int
menu_items(struct menu *mn, struct cmdq_item *item, struct args *args,
    struct target *tg)
{
	const char	*name;
	int		 i, n = args_count(args);

	for (i = 0; i < n;) {
		name = args_string(args, i++);
		if (*name == '\0') {
			menu_add(mn, item, tg, NULL, NULL, NULL);
			continue;
		}
		if (n - i < 2) {
			cmdq_error(item, "not enough arguments");
			return (-1);
		}
		menu_add(mn, item, tg, name, args_string(args, i),
		    args_string(args, i + 1));
		i += 2;
	}
	return (0);
}

static int
menu_chosen(struct cmdq_item *item, struct args *args, struct menu *mn,
    int *chosen)
{
	const char	*s = args_get(args, 'C'), *why;
	long long	 n;

	*chosen = 0;
	if (s == NULL)
		return (0);
	if (strcmp(s, "-") == 0) {
		*chosen = -1;
		return (0);
	}
	if (str_to_int(s, 0, UINT32_MAX, &n, &why) != 0) {
		cmdq_error(item, "starting choice %s", why);
		return (-1);
	}
	*chosen = n < mn->count ? (int)n : mn->count - 1;
	return (0);
}

static enum cmd_result
menu_show(struct cmdq_item *item, struct args *args, struct menu *mn,
    struct cmd_menu *cm, char *title)
{
	struct target		*tg = cmdq_target(item);
	struct place		 pl = { .item = item, .tg = tg,
				    .c = cmdq_target_client(item) };
	const struct cmd_host	*host;
	struct cmd_event	*ev = cmdq_event(item);
	void			*arg;
	int			 w;

	host = item_host(item, &arg);
	w = format_width(title);
	if (w > mn->width)
		mn->width = w;
	pl.w = mn->width + 4;
	pl.h = mn->count + 2;
	if (mn->count == 0 || !place_find(&pl, args))
		return (CMD_OK);
	cm->title = title;
	cm->items = mn->items;
	cm->count = mn->count;
	cm->x = pl.x;
	cm->y = pl.y;
	cm->w = pl.w;
	cm->h = pl.h;
	if (args_has(args, 'O'))
		cm->flags |= MENU_STAYOPEN;
	if (!ev->mouse && !args_has(args, 'M'))
		cm->flags |= MENU_NOMOUSE;
	cm->target = target_save(tg);
	cm->event = ev;
	cm->item = cmdq_item_id(item);
	if (host->menu(arg, pl.c, cm) != 0)
		return (CMD_OK);
	return (CMD_WAIT);
}

static enum cmd_result
cmd_display_menu_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct target		*tg = cmdq_target(item);
	struct client		*c = cmdq_target_client(item);
	struct options		*oo = tg->w->options;
	struct menu		 mn = { 0 };
	struct cmd_menu		 cm = { 0 };
	const struct cmd_host	*host;
	enum cmd_result		 r = CMD_ERROR;
	char			*title;
	void			*arg;

	host = item_host(item, &arg);
	if (host->menu == NULL) {
		cmdq_error(item, "display-menu is not supported");
		return (CMD_ERROR);
	}
	if (c->overlay != NULL)
		return (CMD_OK);
	cm.lines = place_lines(item, args, "menu-border-lines", oo);
	if (cm.lines == -1)
		return (CMD_ERROR);
	title = args_has(args, 'T') ? cmdq_expand(item, args_get(args, 'T'),
	    tg) : xstrdup("");
	cm.style = args_has(args, 's') ? args_get(args, 's') :
	    options_string(oo, "menu-style");
	cm.selected_style = args_has(args, 'H') ? args_get(args, 'H') :
	    options_string(oo, "menu-selected-style");
	cm.border_style = args_has(args, 'S') ? args_get(args, 'S') :
	    options_string(oo, "menu-border-style");
	if (menu_items(&mn, item, args, tg) == 0 &&
	    menu_chosen(item, args, &mn, &cm.chosen) == 0)
		r = menu_show(item, args, &mn, &cm, title);
	menu_free(&mn);
	free(title);
	return (r);
}

/*** display-popup ***/

static int
popup_length(struct cmdq_item *item, struct args *args, int flag, int whole,
    int *out)
{
	char		*cause;
	long long	 n;

	*out = whole / 2;
	if (args_has(args, flag)) {
		n = args_percent(args_get(args, flag), 1, INT32_MAX, whole,
		    &cause);
		if (cause != NULL) {
			cmdq_error(item, "%s %s", flag == 'w' ? "width" :
			    "height", cause);
			free(cause);
			return (-1);
		}
		*out = n > whole ? whole : (int)n;
	}
	return (0);
}

static enum cmd_result
popup_show(struct cmdq_item *item, struct args *args, struct place *pl,
    struct cmd_popup *cp)
{
	struct target		*tg = cmdq_target(item);
	struct session		*s = tg->s;
	const struct cmd_host	*host;
	struct environ		*env, *extra;
	const char		*command;
	char			**argv, *cwd, *title, *cause = NULL, *one[1];
	void			*arg;
	int			 argc, r;

	host = item_host(item, &arg);
	argv = args_vector(args, 0, &argc);
	command = options_string(s->options, "default-command");
	one[0] = NULL;
	if (argc == 0 && *command != '\0')
		one[0] = xstrdup(command);
	cp->argc = one[0] != NULL ? 1 : argc;
	cp->argv = one[0] != NULL ? one : argv;
	cwd = args_has(args, 'd') ? cmdq_expand(item, args_get(args, 'd'), tg) :
	    xstrdup(spawn_cwd(cmdq_client(item), s));
	title = args_has(args, 'T') ? cmdq_expand(item, args_get(args, 'T'),
	    tg) : xstrdup("");
	extra = spawn_environ_args(args, 'e');
	env = spawn_environ(item_model(item), s, NULL, extra);
	cp->shell = spawn_shell(item, s);
	environ_set(env, "SHELL", false, cp->shell);
	environ_set(env, "PWD", false, cwd);
	environ_free(extra);
	cp->title = title;
	cp->cwd = cwd;
	cp->environ = env;
	cp->target = target_save(tg);
	cp->item = cmdq_item_id(item);
	r = host->popup(arg, pl->c, cp, &cause);
	args_vector_free(argv, argc);
	environ_free(env);
	free(one[0]);
	free(cwd);
	free(title);
	if (r != 0)
		return (cmdq_cause(item, cause));
	return (CMD_WAIT);
}

static enum cmd_result
cmd_display_popup_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct target		*tg = cmdq_target(item);
	struct options		*oo = tg->w->options;
	struct client		*c = cmdq_target_client(item);
	struct place		 pl = { .item = item, .c = c, .tg = tg };
	struct cmd_popup	 cp = { 0 };
	const struct cmd_host	*host;
	void			*arg;

	host = item_host(item, &arg);
	if (args_has(args, 'C')) {
		if (host->overlay_close != NULL)
			host->overlay_close(arg, c);
		return (CMD_OK);
	}
	if (host->popup == NULL) {
		cmdq_error(item, "display-popup is not supported");
		return (CMD_ERROR);
	}
	if (c->overlay != NULL)
		return (CMD_OK);
	if (popup_length(item, args, 'w', c->cols, &pl.w) != 0 ||
	    popup_length(item, args, 'h', c->rows, &pl.h) != 0)
		return (CMD_ERROR);
	if (!place_find(&pl, args))
		return (CMD_OK);
	cp.x = pl.x;
	cp.y = pl.y;
	cp.w = pl.w;
	cp.h = pl.h;
	cp.lines = place_lines(item, args, "popup-border-lines", oo);
	if (cp.lines == -1)
		return (CMD_ERROR);
	cp.style = args_has(args, 's') ? args_get(args, 's') :
	    options_string(oo, "popup-style");
	cp.border_style = args_has(args, 'S') ? args_get(args, 'S') :
	    options_string(oo, "popup-border-style");
	if (args_has(args, 'B'))
		cp.flags |= POPUP_NO_BORDER;
	if (args_has(args, 'E') > 1)
		cp.flags |= POPUP_CLOSE_EXIT_ZERO;
	else if (args_has(args, 'E'))
		cp.flags |= POPUP_CLOSE_EXIT;
	if (args_has(args, 'k'))
		cp.flags |= POPUP_CLOSE_ANY_KEY;
	if (args_has(args, 'N'))
		cp.flags |= POPUP_KEEP_JOB;
	return (popup_show(item, args, &pl, &cp));
}

/*** display-panes ***/

struct chooser {
	struct cmdq		*q;
	uint64_t		 item;		/* 0: -b */
	uint32_t		 client;
	struct cmdq_state	*st;
	char			*template;
};

static void
display_panes_done(void *data, struct pane *p)
{
	struct chooser		*ch = data;
	struct cmdq_item	*item = NULL;
	struct client		*c = model_client(cmdq_model(ch->q), ch->client);
	char			*text, name[16];

	if (ch->item != 0)
		item = cmdq_item(ch->q, ch->item);
	if (p != NULL && c != NULL) {
		snprintf(name, sizeof name, "%%%u", p->id);
		text = cmd_template_replace(ch->template, name);
		if (item != NULL)
			cmdq_insert_text(item, text);
		else if (ch->item == 0)
			cmdq_append_state(ch->q, c, text, ch->st);
		free(text);
	}
	if (ch->item != 0)
		cmdq_continue(ch->q, ch->item);
	cmdq_state_unref(ch->st);
	free(ch->template);
	free(ch);
}

static enum cmd_result
cmd_display_panes_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args			*args = cmd_args(cmd);
	struct client			*c = cmdq_target_client(item);
	const struct option_entry	*oe;
	const struct cmd_host		*host;
	struct chooser			*ch;
	const char			*why;
	long long			 delay;
	void				*arg;

	host = item_host(item, &arg);
	if (host->display_panes == NULL) {
		cmdq_error(item, "display-panes is not supported");
		return (CMD_ERROR);
	}
	if (c->overlay != NULL || c->session == NULL ||
	    c->session->current == NULL)
		return (CMD_OK);
	if (args_has(args, 'd')) {
		if (str_to_int(args_get(args, 'd'), 0, UINT32_MAX, &delay,
		    &why) != 0) {
			cmdq_error(item, "delay %s", why);
			return (CMD_ERROR);
		}
	} else {
		oe = option_find("display-panes-time", NULL);
		delay = options_number(oe != NULL && (oe->scope &
		    OPTION_SESSION) ? c->session->options :
		    c->session->current->window->options, "display-panes-time");
	}
	ch = xcalloc(1, sizeof *ch);
	ch->q = cmdq_of(item);
	ch->item = args_has(args, 'b') ? 0 : cmdq_item_id(item);
	ch->client = c->id;
	ch->st = cmdq_state_ref(cmdq_state(item));
	ch->template = cmd_template(args, 0, "select-pane -t \"%%\"");
	host->display_panes(arg, c, (long)delay, args_has(args, 'N') != 0,
	    display_panes_done, ch);
	return (args_has(args, 'b') ? CMD_OK : CMD_WAIT);
}
