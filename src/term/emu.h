/* SPDX-License-Identifier: ISC */

/*
 * emu.h - a terminal as a pure data structure: bytes in; rows, replies, events out.
 *
 * No pty, no clock, no terminfo.  A pane owns one.  Replies are for the program
 * and are made of our own numbers and words only, never of what it sent.
 */

#ifndef TERM_EMU_H
#define TERM_EMU_H

#include "base/buf.h"
#include "base/clock.h"
#include "term/snap.h"

#define EMU_COLS_MAX	ROW_COLS_MAX
#define EMU_ROWS_MAX	4096		/* larger sizes are cut to these */

struct emu;
struct grid;

enum emu_event_kind {
	EMU_BELL,
	EMU_TITLE,		/* text: new title (already bounded, valid UTF-8, no controls) */
	EMU_RENAME,		/* ESC k: text */
	EMU_CWD,		/* OSC 7: text, the path only */
	EMU_CLIPBOARD_SET,	/* OSC 52: selections in arg text2, data decoded */
	EMU_CLIPBOARD_QUERY,	/* OSC 52 ?: answered by emu_clipboard_reply() if allowed */
	EMU_NOTIFY,		/* OSC 9, 777, 99: text = body, text2 = title */
	EMU_PROGRESS,		/* OSC 9;4: n = state << 8 | percent */
	EMU_PASSTHROUGH,	/* DCS tmux; : data */
	EMU_PROMPT,		/* OSC 133: n = 'A', 'B', 'C', 'D'; arg = exit status or -1 */
	EMU_COLOURS,		/* palette, default or cursor colours changed */
	EMU_RESIZE_REQUEST,	/* never obeyed; for completeness */
	EMU_ALT_SCREEN		/* n: 1 entered, 0 left */
};
struct emu_event {
	enum emu_event_kind	 kind;
	int			 n, arg;
	const char		*text, *text2;	/* valid until the next emu_feed/_next_event */
	const uint8_t		*data;
	size_t			 len;
};

struct emu_config {
	int		 cols, rows;
	uint32_t	 history_limit;		/* lines */
	bool		 alternate_screen;	/* option alternate-screen */
	bool		 allow_title, allow_rename, allow_passthrough;
	bool		 ambiguous_wide;
	bool		 scroll_on_clear;	/* ED 2 moves the screen to history */
	uint32_t	 default_fg, default_bg; /* outer terminal's, for OSC 10/11 replies */
	uint8_t		 cursor_style;		/* DECSCUSR, where the program set none */
	uint32_t	 cursor_colour;		/* so too; COLOUR_DEFAULT: the terminal's */
	const char	*version;		/* for XTVERSION: "rmux 0.1" */
	bool		 as_tmux;		/* XTVERSION says "tmux 3.6" */
	size_t		 osc_max;		/* bytes of an OSC/DCS/APC
						   string; 0: 1 MiB */
};

struct emu	*emu_new(const struct emu_config *);
void		 emu_free(struct emu *);
/* Change what config says about options; the size is emu_resize's. */
void		 emu_configure(struct emu *, const struct emu_config *);
/* Feed output of the program.  Any bytes, any split. */
void		 emu_feed(struct emu *, const uint8_t *, size_t);
/* Reflows wrapped lines of the main screen, history included. */
void		 emu_resize(struct emu *, int cols, int rows);
void		 emu_set_cell_pixels(struct emu *, int w, int h);
/* Replies to write to the program; the caller drains.  Bounded; excess is dropped. */
struct buf	*emu_replies(struct emu *);
/* Take the oldest event; false if there is none.  At most 1024 are kept. */
bool		 emu_next_event(struct emu *, struct emu_event *);
void		 emu_clipboard_reply(struct emu *, const char *sel, const uint8_t *, size_t);
/* The client's focus changed / theme changed: reports if the program asked. */
void		 emu_focus(struct emu *, bool in);
void		 emu_theme(struct emu *, bool dark);

/* Grows whenever a snapshot would differ. */
uint64_t	 emu_version(const struct emu *);
/* The picture now; a new reference.  Cheap if nothing changed since the last. */
struct snap	*emu_snap(struct emu *);
/*
 * Synchronized output (2026) is on: hold frames back, but not longer than the caller's
 * limit, after which it calls emu_sync_end().
 */
bool		 emu_synchronized(const struct emu *);
void		 emu_sync_end(struct emu *);

uint32_t	 emu_modes(const struct emu *);	/* MODE_* */
int		 emu_kitty_flags(const struct emu *);
int		 emu_modify_other(const struct emu *);
void		 emu_cursor(const struct emu *, int *x, int *y);
int		 emu_cols(const struct emu *);
int		 emu_rows(const struct emu *);
const char	*emu_title(const struct emu *);
void		 emu_set_title(struct emu *, const char *);
const char	*emu_cwd(const struct emu *);		/* OSC 7 or "" */
/* Override from options: pane-colours, window-style; COLOUR_NONE: not set. */
uint32_t	 emu_palette(const struct emu *, int index); /* COLOUR_NONE if unset */
void		 emu_set_palette(struct emu *, int index, uint32_t);
/* Format support: scroll region, tabs, saved alternate cursor. */
void		 emu_scroll_region(const struct emu *, int *top, int *bottom);
void		 emu_saved_cursor(const struct emu *, int *x, int *y);
char		*emu_tabs(const struct emu *);		/* "8,16,..."; caller frees */

/*
 * Lines by absolute number: history is [emu_first_line, emu_top_line), the screen
 * begins at emu_top_line.  Numbers of an epoch never change; a reflow or a
 * clear begins a new epoch.  emu_line returns a new reference, NULL if out of range.
 * `which` chooses the grid: the one shown, or the main/saved one under the
 * alternate screen.
 */
enum emu_grid { EMU_SHOWN, EMU_MAIN };
uint64_t	 emu_first_line(const struct emu *, enum emu_grid);
uint64_t	 emu_top_line(const struct emu *, enum emu_grid);
uint32_t	 emu_epoch(const struct emu *);
struct row	*emu_line(struct emu *, enum emu_grid, uint64_t line);
uint32_t	 emu_history_size(const struct emu *);	/* lines, shown grid */
size_t		 emu_history_bytes(const struct emu *);
void		 emu_set_history_limit(struct emu *, uint32_t);
void		 emu_clear_history(struct emu *);
void		 emu_reset(struct emu *);		/* as RIS; keeps history */
/* NULL, or which invariant is broken; for tests, fuzzing and debug builds. */
const char	*emu_check(const struct emu *);
/* Bytes of an unfinished sequence, for capture-pane -P. */
void		 emu_pending_input(const struct emu *, struct buf *);

#endif
