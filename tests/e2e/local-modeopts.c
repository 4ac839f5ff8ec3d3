/* SPDX-License-Identifier: ISC */

/*
 * Options that say how modes, prompts, cursors and characters look.
 */

#include "e2e/lib-rmux.h"

#define COLS	70
#define ROWS	30

/* The background of a cell, when it has become that. */
static bool
ground(struct term *t, int x, int y, long bg)
{
	struct term_cell	c;
	struct until		u = until();

	do {
		term_cell(t, x, y, &c);
	} while (c.bg != bg && until_more(&u));
	if (c.bg != bg)
		later("background %ld, not %ld, at %d,%d", c.bg, bg, x, y);
	return (c.bg == bg);
}

static bool
cursor_becomes(struct term *t, int shape)
{
	struct until	u = until();

	while (term_cursor_shape(t) != shape && until_more(&u))
		;
	return (term_cursor_shape(t) == shape);
}

static void
copy(struct term *t)
{
	mux("respawn-pane -k 'printf \"some text\\n\"; exec cat'");
	see(t, "some text", "a pane with text");
	mux("set-option -g @colour blue");
	mux("set-option -wg mode-style 'bg=#{@colour},fg=white'");
	mux("copy-mode");
	ok(term_see(t, "[0/0]"), "copy mode tells the position");
	ok(ground(t, COLS - 1, 0, 4), "in mode-style, which is a format");
	mux("send-keys -X cancel");
	mux("set-option -wg copy-mode-position-format '#[align=centre]at #{scroll_position}'");
	mux("set-option -wg copy-mode-position-style bg=red");
	mux("set-option -wg copy-mode-selection-style bg=green");
	mux("set-option -wg copy-mode-current-line-style bg=yellow");
	mux("copy-mode");
	ok(term_see(t, "at 0"), "copy-mode-position-format");
	ok(ground(t, COLS / 2, 0, 1), "copy-mode-position-style");
	mux("send-keys -X history-top");
	mux("send-keys -X cursor-down");
	mux("send-keys -X start-of-line");
	ok(ground(t, 5, 1, 3), "copy-mode-current-line-style");
	mux("send-keys -X begin-selection");
	mux("send-keys -X cursor-right");
	ok(ground(t, 0, 1, 2), "copy-mode-selection-style");
	mux("send-keys -X cancel");
}

static void
cursors(struct term *t)
{
	mux("respawn-pane -k 'printf ready; exec cat'");
	see(t, "ready", "a program that does not set its cursor");
	mux("set-option -wg cursor-style bar");
	ok(cursor_becomes(t, 3), "cursor-style");
	mux("set-option -wg cursor-colour '#112233'");
	ok(term_see_raw(t, "112233") || term_see_raw(t, "11/22/33"), "cursor-colour");
	mux("set-option -g prompt-cursor-style underline");
	mux("set-option -g prompt-cursor-colour '#445566'");
	term_type(t, "\002:");
	ok(term_see_row(t, ROWS - 1, ":"), "a prompt");
	ok(cursor_becomes(t, 2), "prompt-cursor-style");
	ok(term_see_raw(t, "445566") || term_see_raw(t, "44/55/66"), "prompt-cursor-colour");
	term_type(t, "\003");
	ok(cursor_becomes(t, 3), "and the pane's again");
	mux("set-option -wgu cursor-style");
	ok(cursor_becomes(t, 1), "without an option it is the terminal's");
}

static void
widths(struct term *t)
{
	(void)t;
	mux("set-option -s codepoint-widths[0] 'U+2603=2'");
	mux("respawn-pane -k \"printf '\\342\\230\\203'; exec cat\"");
	ok(mux_until("2", "display-message -p '#{cursor_x}'"), "codepoint-widths widens");
	mux("set-option -su codepoint-widths");
	mux("respawn-pane -k \"printf '\\342\\230\\203'; exec cat\"");
	ok(mux_until("1", "display-message -p '#{cursor_x}'"), "or not");
	mux("respawn-pane -k \"printf '\\342\\235\\244\\357\\270\\217'; exec cat\"");
	ok(mux_until("2", "display-message -p '#{cursor_x}'"), "a heart with a selector is wide");
	mux("set-option -s variation-selector-always-wide off");
	mux("respawn-pane -k \"printf '\\342\\235\\244\\357\\270\\217'; exec cat\"");
	ok(mux_until("1", "display-message -p '#{cursor_x}'"),
	    "but for variation-selector-always-wide");
}

static void
lists(struct term *t)
{
	int	x, y;

	mux("set-option -wg display-panes-format 'size #{pane_width}'");
	mux("set-option -wg display-panes-time 600000");
	mux("split-window -h 'exec cat'");
	mux("set-option -wg display-panes-border-style bg=red");
	term_type(t, "\002q");
	ok(term_see(t, "size 34"), "display-panes-format");
	ok(ground(t, COLS / 2, ROWS - 2, 1) || ground(t, COLS / 2 - 1, ROWS - 2, 1),
	    "display-panes-border-style");
	term_type(t, "q");
	ok(term_gone(t, "size 34"), "a key ends it");
	mux("kill-pane");

	mux("set-option -wg tree-mode-selection-style bg=magenta");
	mux("set-option -wg tree-mode-border-style bg=cyan");
	mux("set-option -wg tree-mode-preview-format 'this is #{window_name}'");
	mux("set-option -wg tree-mode-preview-style bg=green");
	mux("new-window -d -n other 'printf elsewhere; exec cat'");
	mux("choose-tree -w");
	ok(term_see(t, "other"), "a list of windows");
	ok(ground(t, COLS - 1, 1, 5) || ground(t, COLS - 1, 0, 5), "tree-mode-selection-style");
	term_type(t, "G");
	ok(term_see(t, "elsewhere"), "a preview");
	ok(term_see(t, "this is other"), "tree-mode-preview-format");
	y = term_find(t, "this is other", &x);
	ok(y >= 0 && ground(t, x, y, 2), "tree-mode-preview-style");
	ok(ground(t, 0, ROWS - 2, 6), "tree-mode-border-style");
	term_type(t, "q");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = mux_new(COLS, ROWS);
	copy(t);
	cursors(t);
	widths(t);
	lists(t);
	return (mux_done());
}
