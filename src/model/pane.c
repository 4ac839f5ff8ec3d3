/* SPDX-License-Identifier: ISC */

/*
 * pane.c - a pane: an emulator, what runs in it, and the modes on top of it.
 *
 * The window owns it.  pane_destroy unlinks it from everything at once and
 * tells the server to close what it holds open; pane_free, from model_reap,
 * ends the emulator and the rest, so that a picture of the last screen may
 * still be taken within the turn.
 */

#include "model/pane.h"

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/style.h"
#include "model/tree.h"

static void
config_fill(struct pane *p, struct emu_config *cf)
{
	struct model	*m = p->model;

	memset(cf, 0, sizeof *cf);
	cf->cols = p->cols;
	cf->rows = p->rows;
	cf->scroll_on_clear = options_number(p->options, "scroll-on-clear") != 0;
	cf->alternate_screen =
	    options_number(p->options, "alternate-screen") != 0;
	cf->allow_title = options_number(p->options, "allow-set-title") != 0;
	cf->allow_rename = options_number(p->options, "allow-rename") != 0;
	cf->allow_passthrough =
	    options_number(p->options, "allow-passthrough") != 0;
	cf->version = "rmux " RMUX_VERSION;
	cf->as_tmux = m->as_tmux;
	cf->osc_max = (size_t)options_number(m->server_options, "input-buffer-size");
	cf->cursor_style = (uint8_t)options_number(p->options, "cursor-style");
	cf->cursor_colour = (uint32_t)options_number(p->options, "cursor-colour");
	if (cf->cursor_colour == COLOUR_NONE)
		cf->cursor_colour = COLOUR_DEFAULT;
	cf->history_limit = p->history_limit;
	cf->default_fg = p->default_fg;
	cf->default_bg = p->default_bg;
}

struct pane *
pane_new(struct window *w, int cols, int rows, uint32_t history_limit)
{
	struct model		*m = w->model;
	struct pane		*p = xcalloc(1, sizeof *p);
	struct emu_config	 cf;
	char			 host[256] = "";

	p->model = m;
	p->id = m->next_pane++;
	p->window = w;
	p->cols = cols;
	p->rows = rows;
	p->options = options_new(w->options);
	p->shell = xstrdup("");
	p->cwd = xstrdup("");
	p->command_status = -1;
	p->pid = -1;
	p->activity = m->wall;
	p->silence_since_us = m->now_us;
	p->flags = PANE_STYLE_CHANGED;

	p->history_limit = history_limit;
	config_fill(p, &cf);
	p->emu = emu_new(&cf);
	/* Until the program has said better. */
	if (gethostname(host, sizeof host - 1) == 0)
		emu_set_title(p->emu, host);
	map_u32_set(&m->pane_by_id, p->id, p);
	return (p);
}

void
pane_destroy(struct pane *p)
{
	struct model	*m = p->model;

	if (p->dead)
		return;
	p->dead = true;
	if (m->has_marked && m->marked_pane == p->id)
		m->has_marked = false;
	map_u32_del(&m->pane_by_id, p->id);
	TAILQ_INSERT_TAIL(&m->dead_panes, p, dentry);
	if (m->ops->pane_closed != NULL)
		m->ops->pane_closed(m->ops_arg, p);
	model_touch(m);
}

void
pane_free(struct pane *p)
{
	int	 i;

	if (p->mode != NULL && p->mode_free != NULL)
		p->mode_free(p->mode);
	emu_free(p->emu);
	options_free(p->options);
	for (i = 0; i < p->argc; i++)
		free(p->argv[i]);
	free(p->argv);
	free(p->shell);
	free(p->cwd);
	free(p->search);
	free(p);
}

void
pane_resize(struct pane *p, int cols, int rows)
{
	struct model	*m = p->model;

	must(cols >= 1 && rows >= 1);
	if (cols == p->cols && rows == p->rows)
		return;
	p->cols = cols;
	p->rows = rows;
	emu_resize(p->emu, cols, rows);
	if (m->ops->pane_resized != NULL)
		m->ops->pane_resized(m->ops_arg, p);
	model_notify(m, "pane-resized", NULL, NULL, p->window, p);
}

void
pane_set_title(struct pane *p, const char *title)
{
	char	*clean = str_vis(title, strlen(title));

	if (strcmp(emu_title(p->emu), clean) != 0) {
		emu_set_title(p->emu, clean);
		model_touch(p->model);
		model_notify(p->model, "pane-title-changed", NULL, NULL,
		    p->window, p);
	}
	free(clean);
}

bool
pane_visible(struct pane *p)
{
	return (!p->window->zoomed || p == p->window->active);
}

bool
pane_in_mode(struct pane *p)
{
	return (p->mode != NULL);
}

void
pane_configure(struct pane *p)
{
	struct emu_config	 cf;
	struct option		*o;
	struct option_item	*items = NULL;
	size_t			 n = 0, i, at = 0;
	int			 index;

	config_fill(p, &cf);
	emu_configure(p->emu, &cf);

	o = options_get(p->options, "pane-colours");
	if (o != NULL && option_is_array(o))
		n = option_items(o, &items);
	for (index = 0; index < 256; index++) {
		uint32_t	 c = COLOUR_NONE;

		for (i = at; i < n && items[i].index <= (uint32_t)index; i++) {
			if (items[i].index == (uint32_t)index)
				c = colour_parse(items[i].value);
			at = i + 1;
		}
		emu_set_palette(p->emu, index, c);
	}
	free(items);
	p->flags |= PANE_STYLE_CHANGED;
	p->style_version++;
	model_touch(p->model);
}

char *
pane_command_line(struct pane *p)
{
	char	*quoted, *line, **words;
	int	 i;

	if (p->argc == 0)
		return (xstrdup(""));
	if (p->argc == 1)
		return (xstrdup(p->argv[0]));
	words = xreallocarray(NULL, p->argc, sizeof *words);
	for (i = 0; i < p->argc; i++) {
		quoted = str_quote_sh(p->argv[i]);
		words[i] = quoted;
	}
	line = str_join(p->argc, words, " ");
	for (i = 0; i < p->argc; i++)
		free(words[i]);
	free(words);
	return (line);
}
