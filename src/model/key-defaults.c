/* SPDX-License-Identifier: ISC */

/*
 * key-defaults.c - the bindings that exist before any configuration.
 *
 * Those of tmux 3.6, so that hands find what they know; keys of later
 * versions that need floating panes are left out.  A note is what list-keys
 * -N shows; copy mode's keys speak for themselves.
 */

#include "model/key-table.h"

#define PREFIX(key, note, command) \
	{ "prefix", key, note, false, command }
#define PREFIX_R(key, note, command) \
	{ "prefix", key, note, true, command }
#define ROOT(key, note, command) \
	{ "root", key, note, false, command }
#define EMACS(key, note, command) \
	{ "copy-mode", key, note, false, command }
#define EMACS_X(key, command) \
	{ "copy-mode", key, NULL, false, "send-keys -X " command }
#define VI(key, note, command) \
	{ "copy-mode-vi", key, note, false, command }
#define VI_X(key, command) \
	{ "copy-mode-vi", key, NULL, false, "send-keys -X " command }

/*
 * Menus.  An item is name, key, command; '' draws a line; a name which
 * expands to nothing leaves the item out, a leading - greys it.
 */
#define ITEM(name, key, command)	" \"" name "\" " key " { " command " }"
#define ITEM_LINE			" ''"
#define WHEN_WINDOWS	"#{?#{>:#{session_windows},1},,-}"
#define WHEN_PANES	"#{?#{>:#{window_panes},1},,-}"
#define WHEN_MARKED	"#{?pane_marked_set,,-}"
#define IN_COPY(name)	"#{?#{m/r:(copy|view)-mode,#{pane_mode}}," name ",}"
#define WITH_WORD(name)							\
	"#{?mouse_word," name " #[underscore]#{=/9/...:mouse_word},}"
#define WITH_LINK(name)							\
	"#{?mouse_hyperlink," name " #[underscore]#{=/9/...:mouse_hyperlink},}"

#define MENU_WINDOW(where)						\
	"display-menu -T \"#[align=centre]#{window_index}:#{window_name}\" " \
	where								\
	ITEM(WHEN_WINDOWS "Swap Left", "l", "swap-window -t :-1")	\
	ITEM(WHEN_WINDOWS "Swap Right", "r", "swap-window -t :+1")	\
	ITEM(WHEN_MARKED "Swap Marked", "s", "swap-window")		\
	ITEM_LINE							\
	ITEM("Kill", "X", "kill-window")				\
	ITEM("Respawn", "R", "respawn-window -k")			\
	ITEM("#{?pane_marked,Unmark,Mark}", "m", "select-pane -m")	\
	ITEM("Rename", "n", "command-prompt -F -I \"#W\" "		\
	    "{ rename-window -t \"#{window_id}\" \"%%\" }")		\
	ITEM_LINE							\
	ITEM("New After", "w", "new-window -a")				\
	ITEM("New At End", "W", "new-window")

#define MENU_SESSION(where)						\
	"display-menu -T \"#[align=centre]#{session_name}\" " where	\
	ITEM("Next", "n", "switch-client -n")				\
	ITEM("Previous", "p", "switch-client -p")			\
	ITEM_LINE							\
	ITEM("Renumber", "N", "move-window -r")				\
	ITEM("Rename", "r",						\
	    "command-prompt -I \"#S\" { rename-session \"%%\" }")	\
	ITEM("Detach", "d", "detach-client")				\
	ITEM_LINE							\
	ITEM("New Session", "s", "new-session")				\
	ITEM("New Window", "w", "new-window")

#define MENU_PANE(where)						\
	"display-menu -T \"#[align=centre]#{pane_index} (#{pane_id})\" " \
	where								\
	ITEM(IN_COPY("Go To Top"), "<", "send-keys -X history-top")	\
	ITEM(IN_COPY("Go To Bottom"), ">", "send-keys -X history-bottom") \
	ITEM_LINE							\
	ITEM(WITH_WORD("Search For"), "C-r",				\
	    "if-shell -F \"#{?#{m/r:(copy|view)-mode,#{pane_mode}},0,1}\" " \
	    "{ copy-mode -t = } ; "					\
	    "send-keys -X -t = search-backward -- \"#{q:mouse_word}\"")	\
	ITEM(WITH_WORD("Type"), "C-y",					\
	    "copy-mode -q ; send-keys -l -- \"#{q:mouse_word}\"")	\
	ITEM(WITH_WORD("Copy"), "c",					\
	    "copy-mode -q ; set-buffer -- \"#{q:mouse_word}\"")		\
	ITEM("#{?mouse_line,Copy Line,}", "l",				\
	    "copy-mode -q ; set-buffer -- \"#{q:mouse_line}\"")		\
	ITEM_LINE							\
	ITEM(WITH_LINK("Type"), "C-h",					\
	    "copy-mode -q ; send-keys -l -- \"#{q:mouse_hyperlink}\"")	\
	ITEM(WITH_LINK("Copy"), "h",					\
	    "copy-mode -q ; set-buffer -- \"#{q:mouse_hyperlink}\"")	\
	ITEM_LINE							\
	ITEM("Horizontal Split", "h", "split-window -h")		\
	ITEM("Vertical Split", "v", "split-window -v")			\
	ITEM_LINE							\
	ITEM(WHEN_PANES "Swap Up", "u", "swap-pane -U")			\
	ITEM(WHEN_PANES "Swap Down", "d", "swap-pane -D")		\
	ITEM(WHEN_MARKED "Swap Marked", "s", "swap-pane")		\
	ITEM_LINE							\
	ITEM("Kill", "X", "kill-pane")					\
	ITEM("Respawn", "R", "respawn-pane -k")				\
	ITEM("#{?pane_marked,Unmark,Mark}", "m", "select-pane -m")	\
	ITEM(WHEN_PANES "#{?window_zoomed_flag,Unzoom,Zoom}", "z",	\
	    "resize-pane -Z")

const struct key_default key_defaults[] = {
	/* After the prefix key. */
	PREFIX("C-b", "Send the prefix key", "send-prefix"),
	PREFIX("C-o", "Rotate the panes", "rotate-window"),
	PREFIX("C-z", "Suspend this client", "suspend-client"),
	PREFIX("Space", "Next layout", "next-layout"),
	PREFIX("!", "Make the pane a window", "break-pane"),
	PREFIX("\"", "Split into top and bottom", "split-window"),
	PREFIX("#", "List paste buffers", "list-buffers"),
	PREFIX("$", "Rename the session",
	    "command-prompt -I \"#S\" { rename-session \"%%\" }"),
	PREFIX("%", "Split into left and right", "split-window -h"),
	PREFIX("&", "Kill the window",
	    "confirm-before -p \"kill-window #W? (y/n)\" kill-window"),
	PREFIX("'", "Select a window by its number",
	    "command-prompt -T window-target -p index { "
	    "select-window -t \":%%\" }"),
	PREFIX("(", "Previous session", "switch-client -p"),
	PREFIX(")", "Next session", "switch-client -n"),
	PREFIX(",", "Rename the window",
	    "command-prompt -I \"#W\" { rename-window \"%%\" }"),
	PREFIX("-", "Delete the newest paste buffer", "delete-buffer"),
	PREFIX(".", "Move the window",
	    "command-prompt -T target { move-window -t \"%%\" }"),
	PREFIX("/", "Tell what a key does",
	    "command-prompt -k -p key { list-keys -1N \"%%\" }"),
	PREFIX("0", "Select window 0", "select-window -t :=0"),
	PREFIX("1", "Select window 1", "select-window -t :=1"),
	PREFIX("2", "Select window 2", "select-window -t :=2"),
	PREFIX("3", "Select window 3", "select-window -t :=3"),
	PREFIX("4", "Select window 4", "select-window -t :=4"),
	PREFIX("5", "Select window 5", "select-window -t :=5"),
	PREFIX("6", "Select window 6", "select-window -t :=6"),
	PREFIX("7", "Select window 7", "select-window -t :=7"),
	PREFIX("8", "Select window 8", "select-window -t :=8"),
	PREFIX("9", "Select window 9", "select-window -t :=9"),
	PREFIX(":", "Command prompt", "command-prompt"),
	PREFIX(";", "Select the last pane", "last-pane"),
	PREFIX("<", "Menu of the window",
	    MENU_WINDOW("-x W -y W")),
	PREFIX("=", "Choose a paste buffer", "choose-buffer -Z"),
	PREFIX(">", "Menu of the pane",
	    MENU_PANE("-x P -y P")),
	PREFIX("?", "List the keys", "list-keys -N"),
	PREFIX("C", "Customize", "customize-mode -Z"),
	PREFIX("D", "Choose a client to detach", "choose-client -Z"),
	PREFIX("E", "Spread the panes evenly", "select-layout -E"),
	PREFIX("L", "Last session of this client", "switch-client -l"),
	PREFIX("M", "Clear the mark", "select-pane -M"),
	PREFIX("[", "Copy mode", "copy-mode"),
	PREFIX("]", "Paste the newest buffer", "paste-buffer -p"),
	PREFIX("c", "New window", "new-window"),
	PREFIX("d", "Detach this client", "detach-client"),
	PREFIX("f", "Find a pane", "command-prompt { find-window -Z \"%%\" }"),
	PREFIX("i", "Tell about the window", "display-message"),
	PREFIX("l", "Select the last window", "last-window"),
	PREFIX("m", "Mark the pane", "select-pane -m"),
	PREFIX("n", "Next window", "next-window"),
	PREFIX("o", "Next pane", "select-pane -t :.+"),
	PREFIX("p", "Previous window", "previous-window"),
	PREFIX("q", "Show pane numbers", "display-panes"),
	PREFIX("r", "Redraw this client", "refresh-client"),
	PREFIX("s", "Choose a session", "choose-tree -Zs"),
	PREFIX("t", "Show a clock", "clock-mode"),
	PREFIX("w", "Choose a window", "choose-tree -Zw"),
	PREFIX("x", "Kill the pane",
	    "confirm-before -p \"kill-pane #P? (y/n)\" kill-pane"),
	PREFIX("z", "Zoom the pane", "resize-pane -Z"),
	PREFIX("{", "Swap the pane with the one above", "swap-pane -U"),
	PREFIX("}", "Swap the pane with the one below", "swap-pane -D"),
	PREFIX("~", "Show messages", "show-messages"),
	PREFIX_R("DC", "Let the view follow the cursor", "refresh-client -c"),
	PREFIX("PPage", "Copy mode, one page up", "copy-mode -u"),
	PREFIX_R("Up", "Select the pane above", "select-pane -U"),
	PREFIX_R("Down", "Select the pane below", "select-pane -D"),
	PREFIX_R("Left", "Select the pane to the left", "select-pane -L"),
	PREFIX_R("Right", "Select the pane to the right", "select-pane -R"),
	PREFIX("M-1", "Layout even-horizontal",
	    "select-layout even-horizontal"),
	PREFIX("M-2", "Layout even-vertical", "select-layout even-vertical"),
	PREFIX("M-3", "Layout main-horizontal",
	    "select-layout main-horizontal"),
	PREFIX("M-4", "Layout main-vertical", "select-layout main-vertical"),
	PREFIX("M-5", "Layout tiled", "select-layout tiled"),
	PREFIX("M-6", "Layout main-horizontal-mirrored",
	    "select-layout main-horizontal-mirrored"),
	PREFIX("M-7", "Layout main-vertical-mirrored",
	    "select-layout main-vertical-mirrored"),
	PREFIX("M-n", "Next window with an alert", "next-window -a"),
	PREFIX("M-o", "Rotate the panes backwards", "rotate-window -D"),
	PREFIX("M-p", "Previous window with an alert", "previous-window -a"),
	PREFIX_R("M-Up", "Resize the pane by 5, up", "resize-pane -U 5"),
	PREFIX_R("M-Down", "Resize the pane by 5, down", "resize-pane -D 5"),
	PREFIX_R("M-Left", "Resize the pane by 5, left", "resize-pane -L 5"),
	PREFIX_R("M-Right", "Resize the pane by 5, right", "resize-pane -R 5"),
	PREFIX_R("C-Up", "Resize the pane, up", "resize-pane -U"),
	PREFIX_R("C-Down", "Resize the pane, down", "resize-pane -D"),
	PREFIX_R("C-Left", "Resize the pane, left", "resize-pane -L"),
	PREFIX_R("C-Right", "Resize the pane, right", "resize-pane -R"),
	PREFIX_R("S-Up", "Move the view of the window, up",
	    "refresh-client -U 10"),
	PREFIX_R("S-Down", "Move the view of the window, down",
	    "refresh-client -D 10"),
	PREFIX_R("S-Left", "Move the view of the window, left",
	    "refresh-client -L 10"),
	PREFIX_R("S-Right", "Move the view of the window, right",
	    "refresh-client -R 10"),

	/* Without a prefix: the mouse. */
	ROOT("MouseDown1Pane", NULL, "select-pane -t = ; send-keys -M"),
	ROOT("MouseDown1Status", NULL, "switch-client -t ="),
	ROOT("C-MouseDown1Status", NULL, "swap-window -t @"),
	ROOT("MouseDown1ScrollbarUp", NULL,
	    "if-shell -F -t = \"#{pane_in_mode}\" { send-keys -X "
	    "page-up } { copy-mode -u }"),
	ROOT("MouseDown1ScrollbarDown", NULL,
	    "if-shell -F -t = \"#{pane_in_mode}\" { send-keys -X "
	    "page-down } { copy-mode -d }"),
	ROOT("MouseDrag1ScrollbarSlider", NULL,
	    "if-shell -F -t = \"#{pane_in_mode}\" { send-keys -X "
	    "scroll-to-mouse } { copy-mode -S }"),
	ROOT("MouseDown2Pane", NULL,
	    "select-pane -t = ; if-shell -F "
	    "\"#{||:#{pane_in_mode},#{mouse_any_flag}}\" { "
	    "send-keys -M } { paste-buffer -p }"),
	ROOT("MouseDrag1Pane", NULL,
	    "if-shell -F "
	    "\"#{||:#{pane_in_mode},#{mouse_any_flag}}\" { "
	    "send-keys -M } { copy-mode -M }"),
	ROOT("MouseDrag1Border", NULL, "resize-pane -M"),
	ROOT("WheelUpPane", NULL,
	    "if-shell -F "
	    "\"#{||:#{alternate_on},#{pane_in_mode},#{mouse_any_f"
	    "lag}}\" { send-keys -M } { copy-mode -e }"),
	ROOT("WheelUpStatus", NULL, "previous-window"),
	ROOT("WheelDownStatus", NULL, "next-window"),
	ROOT("DoubleClick1Pane", NULL,
	    "select-pane -t = ; if-shell -F "
	    "\"#{||:#{pane_in_mode},#{mouse_any_flag}}\" { "
	    "send-keys -M } { copy-mode -H ; send-keys -X "
	    "select-word ; run-shell -d 0.3 ; send-keys -X "
	    "copy-pipe-and-cancel }"),
	ROOT("TripleClick1Pane", NULL,
	    "select-pane -t = ; if-shell -F "
	    "\"#{||:#{pane_in_mode},#{mouse_any_flag}}\" { "
	    "send-keys -M } { copy-mode -H ; send-keys -X "
	    "select-line ; run-shell -d 0.3 ; send-keys -X "
	    "copy-pipe-and-cancel }"),
	ROOT("MouseDown3Pane", NULL,
	    "if-shell -F -t = \"#{||:#{mouse_any_flag},"
	    "#{&&:#{pane_in_mode},#{?#{m/r:(copy|view)-mode,"
	    "#{pane_mode}},0,1}}}\" { select-pane -t = ; send-keys -M } { "
	    MENU_PANE("-t = -x M -y M") " }"),
	ROOT("M-MouseDown3Pane", NULL,
	    MENU_PANE("-t = -x M -y M")),
	ROOT("MouseDown3Status", NULL,
	    MENU_WINDOW("-t = -x W -y W")),
	ROOT("M-MouseDown3Status", NULL,
	    MENU_WINDOW("-t = -x W -y W")),
	ROOT("MouseDown3StatusLeft", NULL,
	    MENU_SESSION("-t = -x M -y W")),
	ROOT("M-MouseDown3StatusLeft", NULL,
	    MENU_SESSION("-t = -x M -y W")),

	/* Copy mode with the keys of emacs. */
	EMACS_X("Escape", "cancel"),
	EMACS_X("Space", "page-down"),
	EMACS_X(",", "jump-reverse"),
	EMACS_X(";", "jump-again"),
	EMACS("F", NULL,
	    "command-prompt -1 -p \"(jump backward)\" { send-keys "
	    "-X jump-backward -- \"%%\" }"),
	EMACS_X("L", "line-numbers-toggle"),
	EMACS_X("N", "search-reverse"),
	EMACS_X("P", "toggle-position"),
	EMACS_X("R", "rectangle-toggle"),
	EMACS("T", NULL,
	    "command-prompt -1 -p \"(jump to backward)\" { "
	    "send-keys -X jump-to-backward -- \"%%\" }"),
	EMACS_X("X", "set-mark"),
	EMACS("f", NULL,
	    "command-prompt -1 -p \"(jump forward)\" { send-keys "
	    "-X jump-forward -- \"%%\" }"),
	EMACS("g", NULL,
	    "command-prompt -p \"(goto line)\" { send-keys -X "
	    "goto-line -- \"%%\" }"),
	EMACS_X("n", "search-again"),
	EMACS_X("q", "cancel"),
	EMACS_X("r", "refresh-now"),
	EMACS("t", NULL,
	    "command-prompt -1 -p \"(jump to forward)\" { "
	    "send-keys -X jump-to-forward -- \"%%\" }"),
	EMACS_X("Home", "start-of-line"),
	EMACS_X("End", "end-of-line"),
	EMACS_X("NPage", "page-down"),
	EMACS_X("PPage", "page-up"),
	EMACS_X("Up", "cursor-up"),
	EMACS_X("Down", "cursor-down"),
	EMACS_X("Left", "cursor-left"),
	EMACS_X("Right", "cursor-right"),
	EMACS("MouseDown1Pane", NULL, "select-pane"),
	EMACS("MouseDrag1Pane", NULL,
	    "select-pane ; send-keys -X begin-selection"),
	EMACS_X("MouseDragEnd1Pane", "copy-pipe-and-cancel"),
	EMACS("WheelDownPane", NULL,
	    "select-pane ; send-keys -X -N 5 scroll-down"),
	EMACS("WheelUpPane", NULL, "select-pane ; send-keys -X -N 5 scroll-up"),
	EMACS("DoubleClick1Pane", NULL,
	    "select-pane ; send-keys -X select-word ; run-shell "
	    "-d 0.3 ; send-keys -X copy-pipe-and-cancel"),
	EMACS("TripleClick1Pane", NULL,
	    "select-pane ; send-keys -X select-line ; run-shell "
	    "-d 0.3 ; send-keys -X copy-pipe-and-cancel"),
	EMACS("M-1", NULL,
	    "command-prompt -N -I 1 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS("M-2", NULL,
	    "command-prompt -N -I 2 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS("M-3", NULL,
	    "command-prompt -N -I 3 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS("M-4", NULL,
	    "command-prompt -N -I 4 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS("M-5", NULL,
	    "command-prompt -N -I 5 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS("M-6", NULL,
	    "command-prompt -N -I 6 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS("M-7", NULL,
	    "command-prompt -N -I 7 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS("M-8", NULL,
	    "command-prompt -N -I 8 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS("M-9", NULL,
	    "command-prompt -N -I 9 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	EMACS_X("M-<", "history-top"),
	EMACS_X("M->", "history-bottom"),
	EMACS_X("M-R", "top-line"),
	EMACS_X("M-b", "previous-word"),
	EMACS_X("M-f", "next-word-end"),
	EMACS_X("M-l", "cursor-centre-horizontal"),
	EMACS_X("M-m", "back-to-indentation"),
	EMACS_X("M-r", "middle-line"),
	EMACS_X("M-v", "page-up"),
	EMACS_X("M-w", "copy-pipe-and-cancel"),
	EMACS_X("M-x", "jump-to-mark"),
	EMACS_X("M-{", "previous-paragraph"),
	EMACS_X("M-}", "next-paragraph"),
	EMACS_X("M-Up", "halfpage-up"),
	EMACS_X("M-Down", "halfpage-down"),
	EMACS_X("C-Space", "begin-selection"),
	EMACS_X("C-[", "cancel"),
	EMACS_X("C-a", "start-of-line"),
	EMACS_X("C-b", "cursor-left"),
	EMACS_X("C-c", "cancel"),
	EMACS_X("C-e", "end-of-line"),
	EMACS_X("C-f", "cursor-right"),
	EMACS_X("C-g", "clear-selection"),
	EMACS_X("C-k", "copy-pipe-end-of-line-and-cancel"),
	EMACS_X("C-l", "recentre-top-bottom"),
	EMACS_X("C-n", "cursor-down"),
	EMACS_X("C-p", "cursor-up"),
	EMACS("C-r", NULL,
	    "command-prompt -i -I \"#{pane_search_string}\" -T "
	    "search -p \"(search up)\" { send-keys -X "
	    "search-backward-incremental -- \"%%\" }"),
	EMACS("C-s", NULL,
	    "command-prompt -i -I \"#{pane_search_string}\" -T "
	    "search -p \"(search down)\" { send-keys -X "
	    "search-forward-incremental -- \"%%\" }"),
	EMACS_X("C-v", "page-down"),
	EMACS_X("C-w", "copy-pipe-and-cancel"),
	EMACS_X("C-Up", "scroll-up"),
	EMACS_X("C-Down", "scroll-down"),
	EMACS_X("C-M-b", "previous-matching-bracket"),
	EMACS_X("C-M-f", "next-matching-bracket"),
	EMACS_X("C-M-Up", "previous-prompt"),
	EMACS_X("C-M-Down", "next-prompt"),

	/* Copy mode with the keys of vi. */
	VI_X("Enter", "copy-pipe-and-cancel"),
	VI_X("Escape", "clear-selection"),
	VI_X("Space", "begin-selection"),
	VI("#", NULL,
	    "send-keys -FX search-backward -- \"#{copy_cursor_word}\""),
	VI_X("$", "end-of-line"),
	VI_X("%", "next-matching-bracket"),
	VI("*", NULL,
	    "send-keys -FX search-forward -- \"#{copy_cursor_word}\""),
	VI_X(",", "jump-reverse"),
	VI("/", NULL,
	    "command-prompt -T search -p \"(search down)\" { "
	    "send-keys -X search-forward -- \"%%\" }"),
	VI_X("0", "start-of-line"),
	VI("1", NULL,
	    "command-prompt -N -I 1 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI("2", NULL,
	    "command-prompt -N -I 2 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI("3", NULL,
	    "command-prompt -N -I 3 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI("4", NULL,
	    "command-prompt -N -I 4 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI("5", NULL,
	    "command-prompt -N -I 5 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI("6", NULL,
	    "command-prompt -N -I 6 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI("7", NULL,
	    "command-prompt -N -I 7 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI("8", NULL,
	    "command-prompt -N -I 8 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI("9", NULL,
	    "command-prompt -N -I 9 -p (repeat) { send-keys -N "
	    "\"%%\" }"),
	VI(":", NULL,
	    "command-prompt -p \"(goto line)\" { send-keys -X "
	    "goto-line -- \"%%\" }"),
	VI_X(";", "jump-again"),
	VI("?", NULL,
	    "command-prompt -T search -p \"(search up)\" { "
	    "send-keys -X search-backward -- \"%%\" }"),
	VI_X("A", "append-selection-and-cancel"),
	VI_X("B", "previous-space"),
	VI_X("D", "copy-pipe-end-of-line-and-cancel"),
	VI_X("E", "next-space-end"),
	VI("F", NULL,
	    "command-prompt -1 -p \"(jump backward)\" { send-keys "
	    "-X jump-backward -- \"%%\" }"),
	VI_X("G", "history-bottom"),
	VI_X("H", "top-line"),
	VI_X("J", "scroll-down"),
	VI_X("K", "scroll-up"),
	VI_X("L", "bottom-line"),
	VI_X("M", "middle-line"),
	VI_X("N", "search-reverse"),
	VI_X("P", "toggle-position"),
	VI("T", NULL,
	    "command-prompt -1 -p \"(jump to backward)\" { "
	    "send-keys -X jump-to-backward -- \"%%\" }"),
	VI_X("V", "select-line"),
	VI_X("W", "next-space"),
	VI_X("X", "set-mark"),
	VI_X("^", "back-to-indentation"),
	VI_X("b", "previous-word"),
	VI_X("e", "next-word-end"),
	VI("f", NULL,
	    "command-prompt -1 -p \"(jump forward)\" { send-keys "
	    "-X jump-forward -- \"%%\" }"),
	VI_X("g", "history-top"),
	VI_X("h", "cursor-left"),
	VI_X("j", "cursor-down"),
	VI_X("k", "cursor-up"),
	VI_X("l", "cursor-right"),
	VI_X("n", "search-again"),
	VI_X("o", "other-end"),
	VI_X("q", "cancel"),
	VI_X("r", "refresh-now"),
	VI("t", NULL,
	    "command-prompt -1 -p \"(jump to forward)\" { "
	    "send-keys -X jump-to-forward -- \"%%\" }"),
	VI_X("v", "rectangle-toggle"),
	VI_X("w", "next-word"),
	VI_X("z", "scroll-middle"),
	VI_X("{", "previous-paragraph"),
	VI_X("}", "next-paragraph"),
	VI_X("BSpace", "cursor-left"),
	VI_X("Home", "start-of-line"),
	VI_X("End", "end-of-line"),
	VI_X("NPage", "page-down"),
	VI_X("PPage", "page-up"),
	VI_X("Up", "cursor-up"),
	VI_X("Down", "cursor-down"),
	VI_X("Left", "cursor-left"),
	VI_X("Right", "cursor-right"),
	VI("MouseDown1Pane", NULL, "select-pane"),
	VI("MouseDrag1Pane", NULL,
	    "select-pane ; send-keys -X begin-selection"),
	VI_X("MouseDragEnd1Pane", "copy-pipe-and-cancel"),
	VI("WheelDownPane", NULL,
	    "select-pane ; send-keys -X -N 5 scroll-down"),
	VI("WheelUpPane", NULL, "select-pane ; send-keys -X -N 5 scroll-up"),
	VI("DoubleClick1Pane", NULL,
	    "select-pane ; send-keys -X select-word ; run-shell "
	    "-d 0.3 ; send-keys -X copy-pipe-and-cancel"),
	VI("TripleClick1Pane", NULL,
	    "select-pane ; send-keys -X select-line ; run-shell "
	    "-d 0.3 ; send-keys -X copy-pipe-and-cancel"),
	VI_X("M-x", "jump-to-mark"),
	VI_X("C-[", "clear-selection"),
	VI_X("C-b", "page-up"),
	VI_X("C-c", "cancel"),
	VI_X("C-d", "halfpage-down"),
	VI_X("C-e", "scroll-down"),
	VI_X("C-f", "page-down"),
	VI_X("C-h", "cursor-left"),
	VI_X("C-j", "copy-pipe-and-cancel"),
	VI_X("C-u", "halfpage-up"),
	VI_X("C-v", "rectangle-toggle"),
	VI_X("C-y", "scroll-up"),
	VI_X("C-Up", "scroll-up"),
	VI_X("C-Down", "scroll-down"),
};

const size_t key_defaults_count =
    sizeof key_defaults / sizeof key_defaults[0];
