/* SPDX-License-Identifier: ISC */

/*
 * option-table.c - every option and every hook: type, place, range, default.
 *
 * From this table come parsing, completion, show-options, customize mode and
 * the check that the manual names each option.  It has two parts, options
 * and hooks, each sorted by name (option_find() searches by halves, a test
 * keeps the order).  Adding an option is adding a line here.
 *
 * Names, types, ranges and defaults are those of tmux 3.6, so that
 * configurations mean the same; names of later versions are known as well.
 * Ours alone are `predict` and `udp-port`.
 */

#include "model/option.h"

#include <limits.h>

#include "term/cell.h"

#define SERVER	OPTION_SERVER
#define SESSION	OPTION_SESSION
#define WINDOW	OPTION_WINDOW
#define PANE	(OPTION_WINDOW | OPTION_PANE)

/* Lists of words. */
#define CHOICES(...)	((const char *const[]){ __VA_ARGS__, NULL })
#define ALERT_ACTIONS	CHOICES("none", "any", "current", "other")
#define OFF_ON_BOTH	CHOICES("off", "on", "both")
#define BOX_LINES	CHOICES("single", "double", "heavy", "simple", \
			    "rounded", "padded", "none")
#define PANE_LINES	CHOICES("single", "double", "heavy", "simple", \
			    "number", "spaces", "none")
#define CURSOR_STYLES	CHOICES("default", "blinking-block", "block", \
			    "blinking-underline", "underline", \
			    "blinking-bar", "bar")
#define KEY_STYLES	CHOICES("emacs", "vi")

/* Kinds of entries: name, scope, default, ..., help. */
#define STRING(n, s, d, t) \
	{ .name = n, .type = OPTION_STRING, .scope = s, .def_str = d, \
	  .text = t }
#define MATCHED(n, s, d, p, t) \
	{ .name = n, .type = OPTION_STRING, .scope = s, .def_str = d, \
	  .pattern = p, .text = t }
#define PORTS(n, s, d, t) \
	{ .name = n, .type = OPTION_STRING, .scope = s, .flags = OPTION_IS_PORTS, \
	  .def_str = d, .text = t }
#define STYLE_FIELDS(n, s, d, t) \
	.name = n, .type = OPTION_STRING, .scope = s, .def_str = d, \
	.flags = OPTION_IS_STYLE, .separator = ",", .text = t
#define STYLE(...)	{ STYLE_FIELDS(__VA_ARGS__) }
#define COLOUR_STRING_FIELDS(n, alt, s, d, t) \
	.name = n, .alternative = alt, .type = OPTION_STRING, .scope = s, \
	.def_str = d, .flags = OPTION_IS_COLOUR_STRING, .text = t
#define COLOUR_STRING(...) { COLOUR_STRING_FIELDS(__VA_ARGS__) }
#define COLOUR(n, alt, s, d, t) \
	{ .name = n, .alternative = alt, .type = OPTION_COLOUR, .scope = s, \
	  .def_num = d, .text = t }
#define NUMBER_FIELDS(n, s, lo, hi, d, u, t) \
	.name = n, .type = OPTION_NUMBER, .scope = s, .min = lo, .max = hi, \
	.def_num = d, .unit = u, .text = t
#define NUMBER(...)	{ NUMBER_FIELDS(__VA_ARGS__) }
#define FLAG_FIELDS(n, s, d, t) \
	.name = n, .type = OPTION_FLAG, .scope = s, .max = 1, .def_num = d, \
	.text = t
#define FLAG(...)	{ FLAG_FIELDS(__VA_ARGS__) }
#define CHOICE_FIELDS(n, s, c, d, t) \
	.name = n, .type = OPTION_CHOICE, .scope = s, .choices = c, \
	.def_num = d, .text = t
#define CHOICE(...)	{ CHOICE_FIELDS(__VA_ARGS__) }
#define KEY(n, s, d, t) \
	{ .name = n, .type = OPTION_KEY, .scope = s, .def_num = d, .text = t }
#define COMMAND(n, s, d, t) \
	{ .name = n, .type = OPTION_COMMAND, .scope = s, .def_str = d, \
	  .text = t }
#define ARRAY(n, s, sep, d, t) \
	{ .name = n, .type = OPTION_STRING, .scope = s, .def_str = d, \
	  .flags = OPTION_IS_ARRAY, .separator = sep, .text = t }
#define HOOK_FIELDS(n, s, t) \
	.name = n, .type = OPTION_COMMAND, .scope = s, .def_str = "", \
	.flags = OPTION_IS_ARRAY | OPTION_IS_HOOK, .separator = "", \
	.text = t
#define HOOK(...)	{ HOOK_FIELDS(__VA_ARGS__) }
#define AFTER(c)	HOOK("after-" c, SESSION, "Run after " c)

/*
 * Known, so that configurations are read, but there is nothing in rmux that it
 * could act upon: set-option says so when it gets another value than the
 * default, once.
 */
#define IDLE(...)	{ __VA_ARGS__, .idle = true }

/* A colour of a theme: one value for many colours, one for few. */
#define THEME(n, many, few, t) \
	IDLE(COLOUR_STRING_FIELDS(n, NULL, SERVER, \
	    "#{?#{e|>=:#{client_colours},256}," many "," few "}", t))

/*
 * Status line 0: the left part, the list of windows, the right part.  Each
 * part is a range for the mouse and has its own style, which is made the
 * default while the user's own format is drawn.
 *
 * The styles of the last window and of alerts are laid over that of the
 * window, but only if they were set to something: "default" would undo it.
 */
#define STATUS_PART(side)						\
	"#[align=" side ",range=" side ",#{E:status-" side "-style}]"	\
	"#[push-default]"						\
	"#{T;=/#{status-" side "-length}:status-" side "}"		\
	"#[pop-default]#[norange,default]"
#define STATUS_OVER(when, style)					\
	"#{?#{&&:" when ",#{!=:#{E:" style "},default}}, #{E:" style "},}"
#define STATUS_ALERTS							\
	STATUS_OVER("#{window_last_flag}", "window-status-last-style")	\
	"#{?window_bell_flag,"						\
	STATUS_OVER("1", "window-status-bell-style")			\
	","								\
	STATUS_OVER("#{||:#{window_activity_flag},#{window_silence_flag}}", \
	    "window-status-activity-style")				\
	"}"
#define STATUS_GAP							\
	"#{?window_end_flag,,#{window-status-separator}}"

static const char *const status_format[] = {
	STATUS_PART("left")
	"#[list=left-marker]<#[list=right-marker]>"
	"#[list=on align=#{status-justify}]"
	"#{W:"
	    "#[range=window|#{window_index} #{E:window-status-style}"
	    STATUS_ALERTS "]"
	    "#[push-default]#{T:window-status-format}#[pop-default]"
	    "#[norange default]" STATUS_GAP
	","
	    "#[list=focus range=window|#{window_index} "
	    "#{?#{==:#{E:window-status-current-style},default},"
	    "#{E:window-status-style},#{E:window-status-current-style}}"
	    STATUS_ALERTS "]"
	    "#[push-default]#{T:window-status-current-format}#[pop-default]"
	    "#[list=on norange default]" STATUS_GAP
	"}"
	"#[nolist]" STATUS_PART("right"),

	/* Status line 1: the panes of the window. */
	"#[list=left-marker]<#[list=right-marker]>#[list=on align=centre]"
	"#{P:"
	    "#[range=pane|#{pane_id} #{E:pane-status-style}]"
	    "#{T:window-pane-status-format}#[norange default] "
	","
	    "#[list=focus range=pane|#{pane_id} "
	    "#{E:pane-status-current-style}]"
	    "#{T:window-pane-current-status-format}"
	    "#[list=on norange default] "
	"}"
	"#[nolist]",

	/* Status line 2: the sessions. */
	"#[list=left-marker]<#[list=right-marker]>#[list=on align=centre]"
	"#{S:"
	    "#[range=session|#{session_id} #{E:session-status-style}]"
	    "#{session_name}#{session_alert}#[norange default] "
	","
	    "#[list=focus range=session|#{session_id} "
	    "#{E:session-status-current-style}]"
	    "#{session_name}*#{session_alert}#[list=on norange default] "
	"}"
	"#[nolist]",
	NULL
};

/* Sorted by name, hooks apart. */
const struct option_entry option_table[] = {
	CHOICE("activity-action", SESSION, ALERT_ACTIONS, 3,
	    "Windows whose activity is told with an alert"),
	FLAG("aggressive-resize", WINDOW, 0,
	    "Size windows only by sessions where they are current"),
	CHOICE("allow-passthrough", PANE, CHOICES("off", "on", "all"), 0,
	    "Whether programs may send sequences straight to the terminal"),
	FLAG("allow-rename", PANE, 0,
	    "Whether programs may rename their window"),
	FLAG("allow-set-title", PANE, 1,
	    "Whether programs may set the title of their pane"),
	FLAG("alternate-screen", PANE, 1,
	    "Whether programs may use the alternate screen"),
	NUMBER("assume-paste-time", SESSION, 0, INT_MAX, 1, "milliseconds",
	    "Keys closer to each other than this are pasted, not typed"),
	FLAG("automatic-rename", WINDOW, 1,
	    "Name windows after the program that runs in them"),
	STRING("automatic-rename-format", WINDOW,
	    "#{?pane_in_mode,[tmux],#{pane_current_command}}"
	    "#{?pane_dead,[dead],}",
	    "Format of names that are given automatically"),
	KEY("backspace", SERVER, '?' | KEY_CTRL,
	    "Key that is sent for the backspace key"),
	NUMBER("base-index", SESSION, 0, INT_MAX, 0, NULL,
	    "Number of the first window of a session"),
	CHOICE("bell-action", SESSION, ALERT_ACTIONS, 1,
	    "Windows whose bell is told with an alert"),
	NUMBER("buffer-limit", SERVER, 1, INT_MAX, 50, NULL,
	    "Number of automatic paste buffers that are kept"),
	COLOUR_STRING("clock-mode-colour", "clock-mode-color", WINDOW, "blue",
	    "Colour of the clock"),
	CHOICE("clock-mode-style", WINDOW,
	    CHOICES("12", "24", "12-with-seconds", "24-with-seconds"), 1,
	    "How the clock shows hours and seconds"),
	ARRAY("codepoint-widths", SERVER, ",", "",
	    "Widths of characters that differ from what is built in"),
	ARRAY("command-alias", SERVER, ",",
	    "split-pane=split-window,splitp=split-window,"
	    "server-info=show-messages -JT,info=show-messages -JT,"
	    "choose-window=choose-tree -w,choose-session=choose-tree -s",
	    "Other names of commands, as name=command"),
	STRING("copy-command", SERVER, "",
	    "Shell command that copy-pipe gives text to"),
	IDLE(STYLE_FIELDS("copy-mode-current-line-number-style", WINDOW, "fg=yellow",
	    "Style of the number of the line with the cursor in copy mode")),
	STYLE("copy-mode-current-line-style", WINDOW, "default",
	    "Style of the line with the cursor in copy mode"),
	STYLE("copy-mode-current-match-style", WINDOW, "bg=magenta,fg=black",
	    "Style of the match under the cursor in copy mode"),
	IDLE(STYLE_FIELDS("copy-mode-line-number-style", WINDOW, "fg=white,dim",
	    "Style of line numbers in copy mode")),
	IDLE(CHOICE_FIELDS("copy-mode-line-numbers", WINDOW,
	    CHOICES("off", "default", "absolute", "relative", "hybrid"), 0,
	    "Line numbers in copy mode")),
	STYLE("copy-mode-mark-style", WINDOW, "bg=red,fg=black",
	    "Style of the line with the mark in copy mode"),
	STYLE("copy-mode-match-style", WINDOW, "bg=cyan,fg=black",
	    "Style of matches of a search in copy mode"),
	STRING("copy-mode-position-format", PANE,
	    "#[align=right]"
	    "#{?#{e|>:0#{top_line_time},0},#{t/p:top_line_time} ,}"
	    "[#{scroll_position}/#{history_size}]"
	    "#{?search_timed_out, (timed out),"
	    "#{?search_count, (#{search_count}"
	    "#{?search_count_partial,+,} results),}}",
	    "Format of the position indicator of copy mode"),
	STYLE("copy-mode-position-style", WINDOW, "#{E:mode-style}",
	    "Style of the position indicator of copy mode"),
	STYLE("copy-mode-selection-style", WINDOW, "#{E:mode-style}",
	    "Style of the selection in copy mode"),
	COLOUR("cursor-colour", "cursor-color", PANE, COLOUR_NONE,
	    "Colour of the cursor"),
	CHOICE("cursor-style", PANE, CURSOR_STYLES, 0,
	    "Shape of the cursor"),
	THEME("dark-theme-black", "gray5", "black",
	    "Black of the dark theme"),
	THEME("dark-theme-blue", "skyblue3", "blue",
	    "Blue of the dark theme"),
	THEME("dark-theme-cyan", "cadetblue", "cyan",
	    "Cyan of the dark theme"),
	THEME("dark-theme-dark-grey", "gray15", "black",
	    "Dark grey of the dark theme"),
	THEME("dark-theme-green", "yellowgreen", "green",
	    "Green of the dark theme"),
	THEME("dark-theme-light-grey", "gray70", "white",
	    "Light grey of the dark theme"),
	THEME("dark-theme-magenta", "mediumpurple", "magenta",
	    "Magenta of the dark theme"),
	THEME("dark-theme-red", "indianred", "red",
	    "Red of the dark theme"),
	THEME("dark-theme-white", "gray90", "white",
	    "White of the dark theme"),
	THEME("dark-theme-yellow", "darkgoldenrod", "yellow",
	    "Yellow of the dark theme"),
	COMMAND("default-client-command", SERVER, "new-session",
	    "Command that is run when none is given"),
	STRING("default-command", SESSION, "",
	    "Command that runs in new panes; empty: a login shell"),
	STRING("default-shell", SESSION, "/bin/sh",
	    "Shell that runs in new panes"),
	MATCHED("default-size", SESSION, "80x24", "[0-9]*x[0-9]*",
	    "Size of sessions that are not attached"),
	STRING("default-terminal", SERVER, "tmux-256color",
	    "TERM of new panes"),
	CHOICE("destroy-unattached", SESSION,
	    CHOICES("off", "on", "keep-last", "keep-group"), 0,
	    "Whether to end sessions when their last client leaves"),
	CHOICE("detach-on-destroy", SESSION,
	    CHOICES("off", "on", "no-detached", "previous", "next"), 1,
	    "Whether clients detach when their session ends"),
	COLOUR_STRING("display-panes-active-colour",
	    "display-panes-active-color", WINDOW, "red",
	    "Colour of the active pane's number"),
	STYLE("display-panes-border-style", WINDOW, "default",
	    "Style of the borders while pane numbers are shown"),
	COLOUR_STRING("display-panes-colour", "display-panes-color", WINDOW,
	    "blue", "Colour of the other panes' numbers"),
	STRING("display-panes-format", WINDOW,
	    "#[align=right]#{pane_unzoomed_width}x#{pane_unzoomed_height}",
	    "Format of what is shown beside pane numbers"),
	NUMBER("display-panes-time", WINDOW, 1, INT_MAX, 1000, "milliseconds",
	    "How long pane numbers are shown"),
	NUMBER("display-time", SESSION, 0, INT_MAX, 750, "milliseconds",
	    "How long messages are shown; 0: until a key"),
	STRING("editor", SERVER, "/usr/bin/vi",
	    "Editor that is run to change a buffer or an option"),
	NUMBER("escape-time", SERVER, 0, INT_MAX, 10, "milliseconds",
	    "How long an Escape may be the beginning of another key"),
	FLAG("exit-empty", SERVER, 1,
	    "Whether the server ends with its last session"),
	FLAG("exit-unattached", SERVER, 0,
	    "Whether the server ends with its last client"),
	CHOICE("extended-keys", SERVER, CHOICES("off", "on", "always"), 0,
	    "Whether programs get keys with modifiers in extended form"),
	CHOICE("extended-keys-format", SERVER, CHOICES("csi-u", "xterm"), 1,
	    "Form of extended keys"),
	STRING("fill-character", WINDOW, "",
	    "What fills the parts of a terminal that no window covers"),
	FLAG("focus-events", SERVER, 0,
	    "Whether programs are told of the focus"),
	FLAG("focus-follows-mouse", SESSION, 0,
	    "Whether the pane under the mouse becomes active"),
	CHOICE("get-clipboard", SERVER,
	    CHOICES("off", "buffer", "request", "both"), 0,
	    "What programs that ask for the clipboard get"),
	STRING("history-file", SERVER, "",
	    "File that keeps what was typed at prompts"),
	NUMBER("history-limit", SESSION, 0, INT_MAX, 2000, "lines",
	    "Lines of history of new panes"),
	NUMBER("initial-repeat-time", SESSION, 0, 2000000, 0, "milliseconds",
	    "Time for the first repetition of a key; 0: repeat-time"),
	NUMBER("input-buffer-size", SERVER, 1048576, UINT_MAX, 1048576,
	    "bytes", "Bytes that a sequence from a program may have"),
	STRING("key-table", SESSION, "root",
	    "Key table that keys are looked up in first"),
	THEME("light-theme-black", "gray10", "black",
	    "Black of the light theme"),
	THEME("light-theme-blue", "steelblue", "blue",
	    "Blue of the light theme"),
	THEME("light-theme-cyan", "darkcyan", "cyan",
	    "Cyan of the light theme"),
	THEME("light-theme-dark-grey", "gray45", "black",
	    "Dark grey of the light theme"),
	THEME("light-theme-green", "seagreen", "green",
	    "Green of the light theme"),
	THEME("light-theme-light-grey", "gray80", "white",
	    "Light grey of the light theme"),
	THEME("light-theme-magenta", "purple4", "magenta",
	    "Magenta of the light theme"),
	THEME("light-theme-red", "indianred4", "red",
	    "Red of the light theme"),
	THEME("light-theme-white", "gray95", "white",
	    "White of the light theme"),
	THEME("light-theme-yellow", "darkgoldenrod", "yellow",
	    "Yellow of the light theme"),
	NUMBER("lock-after-time", SESSION, 0, INT_MAX, 0, "seconds",
	    "Lock sessions after this time without keys; 0: never"),
	STRING("lock-command", SESSION, "lock -np",
	    "Shell command that locks a terminal"),
	STRING("main-pane-height", WINDOW, "24",
	    "Height of the main pane of the main-horizontal layouts"),
	STRING("main-pane-width", WINDOW, "80",
	    "Width of the main pane of the main-vertical layouts"),
	CHOICE("menu-border-lines", WINDOW, BOX_LINES, 0,
	    "Lines around menus"),
	STYLE("menu-border-style", WINDOW, "default",
	    "Style of the lines around menus"),
	STYLE("menu-selected-style", WINDOW, "bg=yellow,fg=black",
	    "Style of the chosen item of a menu"),
	STYLE("menu-style", WINDOW, "default",
	    "Style of menus"),
	STYLE("message-command-style", SESSION, "bg=black,fg=yellow",
	    "Style of the prompt while it takes vi's commands"),
	STRING("message-format", SESSION,
	    "#[#{?#{command_prompt},#{E:message-command-style},"
	    "#{E:message-style}}]#{message}",
	    "Format of messages and prompts"),
	NUMBER("message-limit", SERVER, 0, INT_MAX, 1000, NULL,
	    "Number of messages that the server keeps"),
	CHOICE("message-line", SESSION, CHOICES("0", "1", "2", "3", "4"), 0,
	    "Status line that messages and prompts are shown in"),
	STYLE("message-style", SESSION, "bg=yellow,fg=black",
	    "Style of messages and prompts"),
	CHOICE("mode-keys", WINDOW, KEY_STYLES, 0,
	    "Keys of copy mode and the like"),
	STYLE("mode-style", WINDOW, "bg=yellow,fg=black",
	    "Style of indicators and selections of modes"),
	FLAG("monitor-activity", WINDOW, 0,
	    "Whether output in a window raises an alert"),
	FLAG("monitor-bell", WINDOW, 1,
	    "Whether a bell in a window raises an alert"),
	NUMBER("monitor-silence", WINDOW, 0, INT_MAX, 0, "seconds",
	    "Raise an alert after this time without output; 0: never"),
	FLAG("mouse", SESSION, 0,
	    "Whether the mouse is used"),
	STRING("other-pane-height", WINDOW, "0",
	    "Height of the other panes of the main-horizontal layouts"),
	STRING("other-pane-width", WINDOW, "0",
	    "Width of the other panes of the main-vertical layouts"),
	STYLE("pane-active-border-style", PANE,
	    "#{?pane_in_mode,fg=yellow,"
	    "#{?synchronize-panes,fg=red,fg=green}}",
	    "Style of the border of the active pane"),
	NUMBER("pane-base-index", WINDOW, 0, 65535, 0, NULL,
	    "Number of the first pane of a window"),
	STRING("pane-border-format", PANE,
	    "#{?pane_active,#[reverse],}#{pane_index}#[default] "
	    "\"#{pane_title}\"",
	    "Format of the text in pane borders"),
	CHOICE("pane-border-indicators", WINDOW,
	    CHOICES("off", "colour", "arrows", "both"), 1,
	    "What marks the border of the active pane"),
	CHOICE("pane-border-lines", PANE, PANE_LINES, 0,
	    "Lines between panes"),
	CHOICE("pane-border-status", PANE,
	    CHOICES("off", "top", "bottom", "top-floating",
	    "bottom-floating"), 0,
	    "Where pane borders have text"),
	STYLE("pane-border-style", PANE, "default",
	    "Style of pane borders"),
	{ .name = "pane-colours", .alternative = "pane-colors",
	  .type = OPTION_COLOUR, .scope = PANE, .flags = OPTION_IS_ARRAY,
	  .def_str = "", .text = "Palette that programs get, by index" },
	IDLE(CHOICE_FIELDS("pane-scrollbars", WINDOW,
	    CHOICES("off", "modal", "on", "auto-hide"), 0,
	    "When panes have a scrollbar")),
	IDLE(CHOICE_FIELDS("pane-scrollbars-position", WINDOW,
	    CHOICES("right", "left"), 0,
	    "Side of the scrollbar")),
	IDLE(STYLE_FIELDS("pane-scrollbars-style", PANE,
	    "bg=black,fg=white,width=1,pad=0",
	    "Style of scrollbars")),
	IDLE(NUMBER_FIELDS("pane-scrollbars-timeout", WINDOW, 0, INT_MAX, 500,
	    "milliseconds", "Time after which auto-hide hides a scrollbar")),
	STYLE("pane-status-current-style", WINDOW, "underscore",
	    "Style of the active pane in the status line"),
	STYLE("pane-status-style", WINDOW, "default",
	    "Style of panes in the status line"),
	CHOICE("popup-border-lines", WINDOW, BOX_LINES, 0,
	    "Lines around popups"),
	STYLE("popup-border-style", WINDOW, "default",
	    "Style of the lines around popups"),
	STYLE("popup-style", WINDOW, "default",
	    "Style of popups"),
	CHOICE("predict", PANE, CHOICES("adaptive", "always", "never"), 0,
	    "Whether the echo of keys is shown before the program gave it"),
	KEY("prefix", SESSION, 'b' | KEY_CTRL,
	    "Key that leads to the prefix table"),
	NUMBER("prefix-timeout", SERVER, 0, INT_MAX, 0, "milliseconds",
	    "How long the prefix key waits for another; 0: for ever"),
	KEY("prefix2", SESSION, KEY_NONE,
	    "Second key that leads to the prefix table"),
	COLOUR_STRING("prompt-command-cursor-colour",
	    "prompt-command-cursor-color", SESSION, "",
	    "Colour of the cursor of prompts that take vi's commands"),
	CHOICE("prompt-command-cursor-style", SESSION, CURSOR_STYLES, 0,
	    "Shape of the cursor of prompts that take vi's commands"),
	COLOUR_STRING("prompt-cursor-colour", "prompt-cursor-color", SESSION,
	    "", "Colour of the cursor of prompts"),
	CHOICE("prompt-cursor-style", SESSION, CURSOR_STYLES, 0,
	    "Shape of the cursor of prompts"),
	NUMBER("prompt-history-limit", SERVER, 0, INT_MAX, 100, NULL,
	    "Number of lines that prompts remember"),
	CHOICE("remain-on-exit", PANE,
	    CHOICES("off", "on", "failed", "key"), 0,
	    "Whether panes stay when their program ends"),
	STRING("remain-on-exit-format", PANE,
	    "Pane is dead ("
	    "#{?#{!=:#{pane_dead_status},},status #{pane_dead_status},}"
	    "#{?#{!=:#{pane_dead_signal},},signal #{pane_dead_signal},}"
	    ", #{t:pane_dead_time})",
	    "Format of the line in panes whose program has ended"),
	FLAG("renumber-windows", SESSION, 0,
	    "Whether windows are renumbered when one is closed"),
	NUMBER("repeat-time", SESSION, 0, 2000000, 500, "milliseconds",
	    "How long a key may be repeated without the prefix"),
	FLAG("scroll-on-clear", PANE, 1,
	    "Whether a cleared screen goes to the history"),
	STYLE("session-status-current-style", WINDOW, "underscore",
	    "Style of the current session in the status line"),
	STYLE("session-status-style", WINDOW, "default",
	    "Style of sessions in the status line"),
	CHOICE("set-clipboard", SERVER, CHOICES("off", "external", "on"), 1,
	    "Whether copying and programs set the clipboard"),
	FLAG("set-titles", SESSION, 0,
	    "Whether the title of the terminal is set"),
	STRING("set-titles-string", SESSION,
	    "#S:#I:#W - \"#T\" #{session_alerts}",
	    "Format of the title of the terminal"),
	CHOICE("silence-action", SESSION, ALERT_ACTIONS, 3,
	    "Windows whose silence is told with an alert"),
	CHOICE("status", SESSION,
	    CHOICES("off", "on", "2", "3", "4", "5"), 1,
	    "Number of status lines"),
	COLOUR("status-bg", NULL, SESSION, COLOUR_DEFAULT,
	    "Background of the status line, over status-style"),
	COLOUR("status-fg", NULL, SESSION, COLOUR_DEFAULT,
	    "Foreground of the status line, over status-style"),
	{ .name = "status-format", .type = OPTION_STRING, .scope = SESSION,
	  .flags = OPTION_IS_ARRAY, .def_array = status_format,
	  .text = "Formats of the status lines" },
	NUMBER("status-interval", SESSION, 0, INT_MAX, 15, "seconds",
	    "Time after which the status line is drawn again; 0: never"),
	CHOICE("status-justify", SESSION,
	    CHOICES("left", "centre", "right", "absolute-centre"), 0,
	    "Place of the list of windows"),
	CHOICE("status-keys", SESSION, KEY_STYLES, 0,
	    "Keys of prompts"),
	STRING("status-left", SESSION, "[#{session_name}] ",
	    "Format of the left part of the status line"),
	NUMBER("status-left-length", SESSION, 0, SHRT_MAX, 10, NULL,
	    "Columns that the left part may have"),
	STYLE("status-left-style", SESSION, "default",
	    "Style of the left part of the status line"),
	CHOICE("status-position", SESSION, CHOICES("top", "bottom"), 1,
	    "Place of the status line"),
	STRING("status-right", SESSION,
	    "#{?window_bigger,"
	    "[#{window_offset_x}#,#{window_offset_y}] ,}"
	    "\"#{=21:pane_title}\" %H:%M %d-%b-%y",
	    "Format of the right part of the status line"),
	NUMBER("status-right-length", SESSION, 0, SHRT_MAX, 40, NULL,
	    "Columns that the right part may have"),
	STYLE("status-right-style", SESSION, "default",
	    "Style of the right part of the status line"),
	STYLE("status-style", SESSION, "bg=green,fg=black",
	    "Style of the status line"),
	IDLE(STYLE_FIELDS("switch-mode-match-style", PANE, "bg=cyan,fg=black",
	    "Style of matching letters in switch mode")),
	FLAG("synchronize-panes", PANE, 0,
	    "Whether keys go to all panes of the window that have this set"),
	ARRAY("terminal-features", SERVER, ",",
	    "xterm*:clipboard:ccolour:cstyle:focus:title,"
	    "screen*:title,rxvt*:ignorefkeys",
	    "Features of terminals, as pattern:feature:..."),
	ARRAY("terminal-overrides", SERVER, ",", "linux*:AX@",
	    "Capabilities of terminals, as pattern:capability:..."),
	IDLE(CHOICE_FIELDS("theme", SERVER,
	    CHOICES("detect", "terminal", "light", "dark"), 0,
	    "Colours of the theme")),
	NUMBER("tiled-layout-max-columns", WINDOW, 0, 65535, 0, NULL,
	    "Columns that the tiled layout may have; 0: any"),
	STYLE("tree-mode-border-style", WINDOW, "default",
	    "Style of the lines of choose modes"),
	STRING("tree-mode-preview-format", PANE,
	    "#{?pane_format,#{pane_index}:#{pane_title},"
	    "#{window_index}:#{window_name}}",
	    "Format of the labels of previews in choose modes"),
	STYLE("tree-mode-preview-style", WINDOW,
	    "#{?#{||:#{&&:#{pane_format},#{pane_active}},"
	    "#{&&:#{window_format},#{window_active}}},fg=red,fg=blue}",
	    "Style of the labels of previews in choose modes"),
	STYLE("tree-mode-selection-style", WINDOW, "#{E:mode-style}",
	    "Style of the chosen line of choose modes"),
	PORTS("udp-port", SERVER, "60001-60999",
	    "UDP port of the server: one, or first-last to choose from"),
	{ .name = "update-environment", .type = OPTION_STRING,
	  .scope = SESSION, .flags = OPTION_IS_ARRAY,
	  .def_str = "DISPLAY KRB5CCNAME MSYSTEM SSH_ASKPASS SSH_AUTH_SOCK "
	    "SSH_AGENT_PID SSH_CONNECTION WAYLAND_DISPLAY WINDOWID "
	    "XAUTHORITY XDG_CURRENT_DESKTOP XDG_SESSION_DESKTOP "
	    "XDG_SESSION_TYPE",
	  .text = "Variables taken from the client when one attaches" },
	ARRAY("user-keys", SERVER, ",", "",
	    "Sequences of the terminal that give the keys User0, User1, ..."),
	FLAG("variation-selector-always-wide", SERVER, 1,
	    "Whether variation selector 16 makes a character wide"),
	CHOICE("visual-activity", SESSION, OFF_ON_BOTH, 0,
	    "Tell activity by a message, a bell, or both"),
	CHOICE("visual-bell", SESSION, OFF_ON_BOTH, 0,
	    "Tell a bell by a message, a bell, or both"),
	CHOICE("visual-silence", SESSION, OFF_ON_BOTH, 0,
	    "Tell silence by a message, a bell, or both"),
	STYLE("window-active-style", PANE, "default",
	    "Style of the active pane"),
	STRING("window-pane-current-status-format", WINDOW,
	    "#P:[#T]#{?pane_flags,#{pane_flags}, }",
	    "Format of the active pane in the status line"),
	STRING("window-pane-status-format", WINDOW,
	    "#P:[#T]#{?pane_flags,#{pane_flags}, }",
	    "Format of panes in the status line"),
	CHOICE("window-size", WINDOW,
	    CHOICES("largest", "smallest", "manual", "latest"), 3,
	    "Which of the clients gives a window its size"),
	STYLE("window-status-activity-style", WINDOW, "reverse",
	    "Style of windows with activity or silence"),
	STYLE("window-status-bell-style", WINDOW, "reverse",
	    "Style of windows with a bell"),
	STRING("window-status-current-format", WINDOW,
	    "#I:#W#{?window_flags,#{window_flags}, }",
	    "Format of the current window in the status line"),
	STYLE("window-status-current-style", WINDOW, "default",
	    "Style of the current window in the status line"),
	STRING("window-status-format", WINDOW,
	    "#I:#W#{?window_flags,#{window_flags}, }",
	    "Format of windows in the status line"),
	STYLE("window-status-last-style", WINDOW, "default",
	    "Style of the window that was current before"),
	STRING("window-status-separator", WINDOW, " ",
	    "What stands between windows in the status line"),
	STYLE("window-status-style", WINDOW, "default",
	    "Style of windows in the status line"),
	STYLE("window-style", PANE, "default",
	    "Style of panes"),
	STRING("word-separators", SESSION,
	    "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~",
	    "Characters that end a word in copy mode"),
	FLAG("wrap-search", WINDOW, 1,
	    "Whether a search goes on at the other end"),
	IDLE(FLAG_FIELDS("xterm-keys", WINDOW, 1,
	    "Kept for old configurations: always on")),

	/* Hooks, sorted by name. */
	AFTER("bind-key"),
	AFTER("capture-pane"),
	AFTER("copy-mode"),
	AFTER("display-message"),
	AFTER("display-panes"),
	AFTER("kill-pane"),
	AFTER("list-buffers"),
	AFTER("list-clients"),
	AFTER("list-keys"),
	AFTER("list-panes"),
	AFTER("list-sessions"),
	AFTER("list-windows"),
	AFTER("load-buffer"),
	AFTER("lock-server"),
	AFTER("new-session"),
	AFTER("new-window"),
	AFTER("paste-buffer"),
	AFTER("pipe-pane"),
	IDLE(HOOK_FIELDS("after-queue", SESSION, "Kept for old configurations")),
	AFTER("refresh-client"),
	AFTER("rename-session"),
	AFTER("rename-window"),
	AFTER("resize-pane"),
	AFTER("resize-window"),
	AFTER("save-buffer"),
	AFTER("select-layout"),
	AFTER("select-pane"),
	AFTER("select-window"),
	AFTER("send-keys"),
	AFTER("set-buffer"),
	AFTER("set-environment"),
	AFTER("set-hook"),
	AFTER("set-option"),
	AFTER("show-environment"),
	AFTER("show-messages"),
	AFTER("show-options"),
	AFTER("split-window"),
	AFTER("swap-window"),
	AFTER("unbind-key"),
	HOOK("alert-activity", SESSION, "A window has an activity alert"),
	HOOK("alert-bell", SESSION, "A window has a bell alert"),
	HOOK("alert-silence", SESSION, "A window has a silence alert"),
	HOOK("client-active", SESSION,
	    "A client became the last used one of its session"),
	HOOK("client-attached", SESSION, "A client attached"),
	HOOK("client-closed", SESSION, "A client went away"),
	HOOK("client-created", SESSION, "A client connected"),
	HOOK("client-dark-theme", SESSION, "A terminal turned dark"),
	HOOK("client-detached", SESSION, "A client detached"),
	HOOK("client-focus-in", SESSION, "A terminal got the focus"),
	HOOK("client-focus-out", SESSION, "A terminal lost the focus"),
	HOOK("client-light-theme", SESSION, "A terminal turned light"),
	HOOK("client-resized", SESSION, "A terminal changed its size"),
	HOOK("client-session-changed", SESSION,
	    "A client turned to another session"),
	HOOK("command-error", SESSION, "A command failed"),
	HOOK("marked-pane-changed", SESSION, "Another pane is marked"),
	IDLE(HOOK_FIELDS("pane-activity", PANE, "A pane had output")),
	HOOK("pane-bell", PANE, "A pane rang the bell"),
	HOOK("pane-command-finished", PANE, "A command of a shell ended"),
	HOOK("pane-command-started", PANE, "A command of a shell began"),
	HOOK("pane-created", PANE, "A pane was made"),
	HOOK("pane-died", PANE, "A program ended and its pane stays"),
	HOOK("pane-exited", PANE, "A program ended"),
	HOOK("pane-focus-in", PANE, "A pane got the focus"),
	HOOK("pane-focus-out", PANE, "A pane lost the focus"),
	HOOK("pane-mode-changed", PANE, "A pane changed its mode"),
	HOOK("pane-mode-entered", PANE, "A pane entered a mode"),
	HOOK("pane-mode-exited", PANE, "A pane left a mode"),
	HOOK("pane-moved", PANE, "A pane came to another window"),
	IDLE(HOOK_FIELDS("pane-prompt-closed", PANE, "A prompt in a pane ended")),
	IDLE(HOOK_FIELDS("pane-prompt-opened", PANE, "A prompt in a pane began")),
	HOOK("pane-resized", PANE, "A pane changed its size"),
	HOOK("pane-set-clipboard", PANE, "A program set the clipboard"),
	HOOK("pane-shell-prompt", PANE, "A shell printed its prompt"),
	HOOK("pane-title-changed", PANE, "A pane has another title"),
	HOOK("session-added-to-group", SESSION, "A session joined a group"),
	HOOK("session-closed", SESSION, "A session ended"),
	HOOK("session-created", SESSION, "A session was made"),
	HOOK("session-removed-from-group", SESSION, "A session left a group"),
	HOOK("session-renamed", SESSION, "A session has another name"),
	HOOK("session-window-changed", SESSION,
	    "A session has another current window"),
	HOOK("window-closed", WINDOW, "A window ended"),
	HOOK("window-created", WINDOW, "A window was made"),
	HOOK("window-layout-changed", WINDOW, "A window has another layout"),
	HOOK("window-linked", SESSION, "A window came to a session"),
	HOOK("window-pane-changed", WINDOW,
	    "A window has another active pane"),
	HOOK("window-renamed", WINDOW, "A window has another name"),
	HOOK("window-resized", WINDOW, "A window changed its size"),
	HOOK("window-unlinked", SESSION, "A window left a session"),
	HOOK("window-unzoomed", WINDOW, "A pane is zoomed no longer"),
	HOOK("window-zoomed", WINDOW, "A pane was zoomed"),
};

const size_t option_table_count = sizeof option_table / sizeof option_table[0];
