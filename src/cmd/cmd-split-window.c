/* SPDX-License-Identifier: ISC */

/*
 * cmd-split-window.c - a new pane beside another.
 *
 * With -I (and an empty command) the pane has no program: it shows what comes
 * on the standard input of the client.
 */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_split_window_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_split_window_entry = {
	.name = "split-window",
	.alias = "splitw",
	.getopt = "bc:de:EfF:hIl:p:Pt:vZ",
	.min = 0, .max = -1,
	.usage = "[-bdefhIPvZ] [-c start-directory] [-e environment] "
	    "[-F format] [-l size] [-t target-pane] "
	    "[shell-command [argument ...]]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_split_window_exec
};

/* -l or the old -p; -1: half. */
int
split_size(struct args *args, struct pane *p, enum layout_kind kind, bool full,
    int *size, char **cause)
{
	const char	*s = args_get(args, 'l'), *why;
	struct window	*w = p->window;
	long long	 n;
	int		 whole;
	char		*text;

	*size = -1;
	if (full)
		whole = kind == LAYOUT_TOPBOTTOM ? w->rows : w->cols;
	else
		whole = kind == LAYOUT_TOPBOTTOM ? p->rows : p->cols;
	if (s != NULL) {
		n = args_percent(s, 0, INT32_MAX, whole, &text);
		if (text != NULL) {
			xasprintf(cause, "size %s", text);
			free(text);
			return (-1);
		}
	} else if ((s = args_get(args, 'p')) != NULL) {
		if (str_to_int(s, 0, 100, &n, &why) != 0) {
			xasprintf(cause, "size %s", why);
			return (-1);
		}
		n = whole * n / 100;
	} else
		return (0);
	*size = n > WINDOW_MAX ? WINDOW_MAX : (int)n;
	return (0);
}

/* split-window -I: the client's standard input, all of it, becomes output. */
struct split_input {
	struct cmdq	*q;
	uint64_t	 item;
	uint32_t	 pane;
};

static void
split_input_done(void *data, int error, const void *bytes, size_t len)
{
	struct split_input	*in = data;
	const struct cmd_host	*host;
	struct pane		*p;
	void			*arg;

	host = cmdq_host(in->q, &arg);
	p = model_pane(cmdq_model(in->q), in->pane);
	if (error == 0 && p != NULL && !p->dead && host->pane_feed != NULL)
		host->pane_feed(arg, p, bytes, len);
	cmdq_continue(in->q, in->item);
	free(in);
}

static enum cmd_result
split_input(struct cmdq_item *item, struct pane *p)
{
	const struct cmd_host	*host;
	struct split_input	*in;
	void			*arg;

	host = item_host(item, &arg);
	if (host->file_read == NULL || cmdq_client(item) == NULL ||
	    cmdq_client(item)->session != NULL)
		return (CMD_OK);
	in = xcalloc(1, sizeof *in);
	in->q = cmdq_of(item);
	in->item = cmdq_item_id(item);
	in->pane = p->id;
	host->file_read(arg, cmdq_client(item), "-", split_input_done, in);
	return (CMD_WAIT);
}

static struct pane *
split_make(struct cmdq_item *item, struct args *args, struct target *tg,
    bool *input, char **cause)
{
	enum layout_kind	 kind = LAYOUT_TOPBOTTOM;
	struct spawn		 sp = { .item = item, .s = tg->s, .wl = tg->wl,
				    .p = tg->p, .index = -1 };
	struct window		*w = tg->w;
	struct pane		*p = NULL;
	bool			 full = args_has(args, 'f') != 0, zoom;
	int			 size;

	if (args_has(args, 'h'))
		kind = LAYOUT_LEFTRIGHT;
	if (split_size(args, tg->p, kind, full, &size, cause) != 0)
		return (NULL);
	zoom = window_push_zoom(w, true, args_has(args, 'Z') != 0);
	sp.cell = layout_split(tg->p, kind, size, args_has(args, 'b') != 0,
	    full);
	if (sp.cell == NULL) {
		*cause = xstrdup("no space for new pane");
		window_pop_zoom(w, zoom);
		return (NULL);
	}
	sp.argv = args_vector(args, 0, &sp.argc);
	sp.environ = spawn_environ_args(args, 'e');
	sp.cwd = args_get(args, 'c');
	*input = args_has(args, 'I') != 0;
	if (*input || args_has(args, 'E') ||
	    (sp.argc == 1 && *sp.argv[0] == '\0'))
		sp.flags |= SPAWN_EMPTY;
	if (args_has(args, 'd'))
		sp.flags |= SPAWN_DETACHED;
	if (full)
		sp.flags |= SPAWN_FULL;
	p = spawn_pane(&sp, cause);
	args_vector_free(sp.argv, sp.argc);
	environ_free(sp.environ);
	window_pop_zoom(w, zoom);
	return (p);
}

static enum cmd_result
cmd_split_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item), made;
	struct pane	*p;
	char		*cause = NULL, *text;
	bool		 input = false;

	p = split_make(item, args, tg, &input, &cause);
	if (p == NULL) {
		if (cause != NULL && strcmp(cause, "no space for new pane") != 0
		    && !str_starts(cause, "size "))
			cmdq_error(item, "create pane failed: %s", cause);
		else
			cmdq_error(item, "%s", cause != NULL ? cause :
			    "create pane failed");
		free(cause);
		return (CMD_ERROR);
	}
	target_from_winlink_pane(&made, tg->wl, p);
	if (!args_has(args, 'd')) {
		cmdq_state_set_current(cmdq_state(item), &made);
		if (tg->s->current != tg->wl)
			session_set_current(tg->s, tg->wl);
	}
	cmdq_set_target(item, &made);
	if (args_has(args, 'P')) {
		text = cmdq_expand(item, args_has(args, 'F') ?
		    args_get(args, 'F') :
		    "#{session_name}:#{window_index}.#{pane_index}", &made);
		cmdq_print(item, "%s", text);
		free(text);
	}
	return (input ? split_input(item, p) : CMD_OK);
}
