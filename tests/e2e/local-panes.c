/* SPDX-License-Identifier: ISC */

/*
 * Panes: split, select, resize, zoom, swap, layouts, kill, respawn, and what
 * is left when their program ends; all seen through the eyes of a client.
 */

#include <signal.h>
#include <unistd.h>

#include "e2e/lib-rmux.h"

static bool
active_is(int n)
{
	char	want[16];

	snprintf(want, sizeof want, "%d", n);
	return (mux_until(want, "display-message -p '#{pane_index}'"));
}

static void
splits(struct term *t)
{
	struct term_cell	c;
	long			active;
	int			y;

	term_type(t, "echo left\r");
	ok(term_see_row(t, 1, "left"), "the first pane has the whole window");
	term_type(t, "\002%%");
	ok(mux_until("0 0 40x23\n1 41 39x23", "list-panes -F "
	    "'#{pane_index} #{pane_left} #{pane_width}x#{pane_height}'"),
	    "C-b %% splits from left to right");
	ok(term_see_cursor(t, 43, 0), "the new pane is active and has a shell");
	for (y = 0; y < 23; y++) {
		term_cell(t, 40, y, &c);
		if (strcmp(c.text, "│") != 0)
			break;
	}
	is_int(y, 23, "a line from top to bottom parts them");
	term_type(t, "echo right\r");
	ok(term_see(t, "│right"), "typing goes to the new pane");
	ok(strncmp(term_row(t, 1), "left ", 5) == 0, "the other is as it was");

	/* With two panes tmux marks half of the line; the active side differs. */
	term_cell(t, 40, 20, &c);
	active = c.fg;
	ok(active == 2, "the border of the active pane is green");

	term_type(t, "\002\"");
	ok(mux_until("40x23,0,0\n39x11,41,0\n39x11,41,12", "list-panes -F "
	    "'#{pane_width}x#{pane_height},#{pane_left},#{pane_top}'"),
	    "C-b \" splits from top to bottom");
	ok(term_see_cursor(t, 43, 12), "the newest pane is active");
	ok(term_see(t, "├──"), "the borders join");
	term_type(t, "\002\033[D");
	ok(active_is(0), "C-b Left selects the pane to the left");
	ok(term_see_cursor(t, 2, 2), "the cursor goes there");
	term_type(t, "\002o");
	ok(active_is(1), "C-b o selects the next pane");
	term_type(t, "\002;");
	ok(active_is(0), "C-b ; selects the last pane");
	ok(mux_good("select-pane -t 2"), "select-pane takes an index");
	ok(active_is(2), "it is selected");
	ok(mux_good("select-pane -U"), "select-pane takes a direction");
	ok(active_is(1), "the pane above is selected");
}

static void
sizes(struct term *t)
{
	ok(mux_good("resize-pane -t 0 -R 10"), "resize-pane moves a border");
	ok(mux_until("50", "display-message -p -t 0 '#{pane_width}'"),
	    "the pane is ten columns wider");
	ok(term_see(t, "├"), "the borders still join");
	ok(mux_good("resize-pane -t 0 -x 30"), "resize-pane takes a width");
	ok(mux_until("30", "display-message -p -t 0 '#{pane_width}'"),
	    "the pane is so wide");
	ok(term_type_until(t, "stty size\r", "│11 49"),
	    "the program in a pane learns its new size");
	term_type(t, "\002z");
	ok(term_gone(t, "│"), "C-b z: no border is left");
	ok(term_see(t, "first*Z"), "the status line marks the zoomed window");
	ok(term_type_until(t, "stty size\r", "23 80"),
	    "the zoomed pane has the whole window");
	term_type(t, "\002z");
	ok(term_see(t, "├"), "C-b z once more: all panes are back");
	is_str(mux("display-message -p -t 0 '#{pane_width}'"), "30",
	    "their sizes are as before");
	term_type(t, "\002\033[1;5C");
	ok(mux_until("31", "display-message -p -t 0 '#{pane_width}'"),
	    "C-b C-Right resizes by one");
	term_resize(t, 100, 30);
	ok(mux_until("100x29", "display-message -p "
	    "'#{window_width}x#{window_height}'"),
	    "the window follows the size of the terminal");
	ok(term_find(t, "[main", NULL) == 29 || term_see(t, "[main"),
	    "the status line is drawn");
	term_resize(t, 80, 24);
	ok(mux_until("80x23", "display-message -p "
	    "'#{window_width}x#{window_height}'"), "and back");
}

static void
layouts(struct term *t)
{
	static const struct {
		const char	*name, *want;
	} all[] = {
		{ "even-horizontal", "26x23 26x23 26x23 " },
		{ "even-vertical", "80x7 80x7 80x7 " },
		{ "tiled", "39x11 40x11 80x11 " },
	};
	struct until	u;
	char		layout[256];
	size_t		i;

	(void)t;
	mux("select-layout tiled");
	snprintf(layout, sizeof layout, "%s",
	    mux("display-message -p '#{window_layout}'"));
	for (i = 0; i < 3; i++) {
		ok(mux_good("select-layout %s", all[i].name),
		    "the layout %s is set", all[i].name);
		ok(strcmp(mux("display-message -p "
		    "'#{P:#{pane_width}x#{pane_height} }'"), all[i].want) == 0 ||
		    i == 2, "%s: the panes share the window evenly",
		    all[i].name);
	}
	ok(mux_good("set-option -w main-pane-width 50"), "an option is set");
	ok(mux_good("select-layout main-vertical"), "main-vertical is set");
	ok(mux_until("50x23 29x11 29x11 ", "display-message -p "
	    "'#{P:#{pane_width}x#{pane_height} }'"),
	    "one pane is large, the others are stacked beside it");
	ok(mux_good("select-layout '%s'", layout),
	    "a layout as window_layout prints it can be set");
	is_str(mux("display-message -p '#{window_layout}'"), layout,
	    "it is the same then");
	u = until();
	term_type(t, "\002 ");
	while (strcmp(mux("display-message -p '#{window_layout}'"), layout) == 0 && until_more(&u))
		;
	ok(strcmp(mux("display-message -p '#{window_layout}'"), layout) != 0,
	    "C-b Space goes on to another layout");
	mux("select-layout even-vertical");
	mux("select-pane -t 0");
	mux("send-keys -t 0 'echo ZERO' Enter");
	ok(mux_until_has("ZERO", "capture-pane -p -t 0"), "a pane has text");
	ok(mux_good("swap-pane -s 0 -t 2"), "panes are swapped");
	ok(mux_until_has("ZERO", "capture-pane -p -t 2"), "the text goes along");
	term_type(t, "\002q");
	see(t, "80x7", "C-b q shows numbers and sizes of panes");
}

static void
endings(struct term *t)
{
	char	pid[32];

	mux("select-pane -t 2");
	term_type(t, "\002x");
	see(t, "kill-pane", "C-b x asks before it kills a pane");
	term_type(t, "y");
	ok(mux_until("2", "display-message -p '#{window_panes}'"),
	    "the answer y kills it");
	ok(mux_good("kill-pane -t 1"), "kill-pane kills without asking");
	ok(mux_until("1 80x23", "display-message -p "
	    "'#{window_panes} #{pane_width}x#{pane_height}'"),
	    "what is left has the room");
	ok(mux_good("split-window -d 'exit 0'"), "a pane runs a command");
	ok(mux_until("1", "display-message -p '#{window_panes}'"),
	    "its end closes the pane");

	mux("set-option -w remain-on-exit on");
	ok(mux_good("split-window -d 'echo; echo so long; exit 7'"),
	    "a pane with remain-on-exit runs a command");
	ok(mux_until("1 7", "display-message -p -t 1 "
	    "'#{pane_dead} #{pane_dead_status}'"),
	    "it stays, dead, and its exit status is known");
	see(t, "Pane is dead (status 7", "the pane says so");
	see(t, "so long", "what it printed is still there");
	ok(mux_good("respawn-pane -t 1 'echo again; exec cat'"),
	    "a dead pane is respawned");
	see(t, "again", "its new command runs");
	ok(mux_until("0", "display-message -p -t 1 '#{pane_dead}'"),
	    "it is not dead any more");
	mux("respawn-pane -t 1");
	ok(mux_status() == 1 && strstr(mux_err(), "still active") != NULL,
	    "respawn-pane without -k leaves a living one alone");
	snprintf(pid, sizeof pid, "%s",
	    mux("display-message -p -t 1 '#{pane_pid}'"));
	ok(mux_good("respawn-pane -k -t 1 'exec cat'"),
	    "respawn-pane -k does not");
	ok(process_gone((pid_t)atol(pid)), "the process before is ended");
	shell("kill -9 %s", mux("display-message -p -t 1 '#{pane_pid}'"));
	ok(mux_until("9", "display-message -p -t 1 '#{pane_dead_signal}'"),
	    "the signal that killed a pane's program is known");
	mux("kill-pane -t 1");
	mux("set-option -wu remain-on-exit");
}

static void
mouse(struct term *t)
{
	struct until	u;
	int		x, y;

	ok(term_mouse(t) == 0, "without mouse on the terminal keeps its mouse");
	mux("set-option -g mouse on");
	u = until();
	while (term_mouse(t) == 0 && until_more(&u))
		;
	ok(term_mouse(t) > 0, "with mouse on it is asked for");
	mux("split-window -h");
	ok(active_is(1), "the right pane is active");
	ok(term_see_cursor(t, 43, 0), "and has its prompt");
	term_click(t, 5, 5);
	ok(active_is(0), "a click selects the pane under it");
	term_click(t, 60, 5);
	ok(active_is(1), "and another the other");
	term_drag(t, 40, 10, 30, 10);
	ok(mux_until("30", "display-message -p -t 0 '#{pane_width}'"),
	    "dragging the border resizes");
	mux("new-window -d -n second");
	see(t, "1:second", "the status line lists a second window");
	y = term_find(t, "1:second", &x);
	term_quiet(t, 400);	/* or it is half of a double click */
	term_click(t, x + 3, y);
	ok(mux_until("second", "display-message -p '#{window_name}'"),
	    "a click on it in the status line selects the window");
	mux("kill-window");
	mux("set-option -g mouse off");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = mux_new(80, 24);
	splits(t);
	sizes(t);
	layouts(t);
	endings(t);
	mouse(t);
	return (mux_done());
}
