/* SPDX-License-Identifier: ISC */

/* Targets: what -t names, from where one stands. */

#include "test-cmd-util.h"

static void
is(struct world *w, const char *target, const char *want)
{
	char	text[256];

	snprintf(text, sizeof text, "display-message -p -t \"%s\" "
	    "'#{session_name}:#{window_index}.#{pane_index}'", target);
	world_cmd(w, text);
	w->out[strcspn(w->out, "\n")] = '\0';
	is_str(w->out, want, "-t \"%s\" is %s", target, want);
}

static void
isnt(struct world *w, const char *command, const char *error)
{
	world_cmd(w, command);
	w->err[strcspn(w->err, "\n")] = '\0';
	is_str(w->err, error, "%s", command);
}

static void
test_names(struct world *w)
{
	is(w, "", "work:1.2");
	is(w, "work", "work:1.2");
	is(w, "work:", "work:1.2");
	is(w, "=work:", "work:1.2");
	is(w, "wor:", "work:1.2");
	is(w, "w*k:", "work:1.2");
	is(w, "play:", "play:0.0");
	is(w, "play", "play:0.0");
	is(w, ":0", "work:0.0");
	is(w, "0", "work:1.0");		/* a pane, as a pane is wanted */
	is(w, ":edit", "work:0.0");
	is(w, ":ed", "work:0.0");
	is(w, ":=edit", "work:0.0");
	is(w, "edit", "work:0.0");
	is(w, "edit.0", "work:0.0");
	is(w, "work:1.0", "work:1.0");
	is(w, "work:.0", "work:1.0");
	is(w, ".0", "work:1.0");
	is(w, ":.1", "work:1.1");
	is(w, "play:0.0", "play:0.0");
	is(w, ":^", "work:0.0");
	is(w, ":{start}", "work:0.0");
	is(w, ":$", "work:1.2");
	is(w, ":!", "work:0.0");
	is(w, ":+", "work:0.0");
	is(w, ":-1", "work:0.0");
	is(w, ":.+", "work:1.0");
	is(w, ":.-", "work:1.1");
	is(w, "{previous}", "work:1.1");
	is(w, "!", "work:1.1");
	is(w, "{top}", "work:1.0");
	is(w, "{bottom-right}", "work:1.2");
	is(w, "{left-of}", "work:1.0");
	is(w, "{up-of}", "work:1.1");
	is(w, "$0:", "work:1.2");
	is(w, "$1", "play:0.0");
	is(w, "@0", "work:0.0");
	is(w, "@2", "play:0.0");
	is(w, "%0", "work:0.0");
	is(w, "%4", "play:0.0");
	is(w, "work:.%0", "work:0.0");
	is(w, "{current}", "work:1.2");
}

static void
test_errors(struct world *w)
{
	isnt(w, "select-pane -t nope", "can't find pane: nope");
	isnt(w, "select-pane -t :9", "can't find window: 9");
	isnt(w, "select-pane -t nope:", "can't find session: nope");
	isnt(w, "select-pane -t nope:0.0", "can't find session: nope");
	isnt(w, "select-pane -t work:0.7", "can't find pane: 7");
	isnt(w, "select-pane -t work:x.0", "can't find window: x");
	isnt(w, "select-pane -t work:1.%4", "can't find pane: %4");
	isnt(w, "select-pane -t =wor:", "can't find session: wor");
	isnt(w, "select-window -t %99", "can't find pane: %99");
	isnt(w, "select-window -t @x", "can't find window: @x");
	isnt(w, "kill-session -t '$9'", "can't find session: $9");
	isnt(w, "kill-session -t '$x'", "can't find session: $x");
	isnt(w, "select-pane -t =", "no mouse target");
	isnt(w, "select-pane -t '{marked}'", "no marked target");
	isnt(w, "switch-client -c x", "can't find client: x");
}

static void
test_ambiguous(struct world *w)
{
	world_cmd(w, "new-session -d -s playing");
	isnt(w, "kill-session -t pla", "can't find session: pla");
	isnt(w, "has-session -t play", "");
	world_cmd(w, "kill-session -t playing");
	world_cmd(w, "new-window -d -t work -n edit");
	isnt(w, "select-window -t work:edit", "can't find window: edit");
	world_cmd(w, "kill-window -t work:2");
}

/* A program in a pane is where its pane is. */
static void
test_caller(struct world *w)
{
	struct client	*c;
	struct cmd_event ev = { .mouse = true, .session = 0, .window = 0,
			    .pane = 0, .status_at = -1,
			    .key = { .code = KEY_NONE } };

	c = world_client(w, "inside", "");
	environ_set(c->environ, "TMUX_PANE", false, "%4");
	world_text(w, c, "display -p '#D'");
	is_str(w->out, "%4\n", "TMUX_PANE says where the caller is");
	environ_set(c->environ, "TMUX_PANE", false, "%77");
	world_text(w, c, "display -p '#S'");
	is_str(w->out, "work\n", "but not when that pane is gone");
	free(c->tty);
	c->tty = xstrdup("/dev/pts/104");
	world_text(w, c, "display -p '#D'");
	is_str(w->out, "%4\n", "then its terminal does");
	world_clear(w);
	cmdq_append_text(w->q, c, "display -p -t = '#D'", NULL, &ev, 0);
	world_run(w);
	is_str(w->out, "%0\n", "the pane under the mouse");
}

int
main(void)
{
	struct world	*w = world_new();

	/* work: 0 edit (%0); 1 (%1 left, %2 over %3); play: 0 (%4). */
	world_cmd(w, "new-session -d -s work -n edit vi");
	world_cmd(w, "new-window -t work -n run sh ; split-window -h -t work:1 ; "
	    "split-window -t work:1");
	world_cmd(w, "new-session -d -s play -n games sh");
	world_cmd(w, "select-window -t work:0 ; select-window -t work:1");
	is_str(w->err, "", "the little world is made");
	session_activity(session_find(w->m, "work"));
	test_names(w);
	test_errors(w);
	test_ambiguous(w);
	test_caller(w);
	world_free(w);
	return (done_testing());
}
