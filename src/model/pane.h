/* SPDX-License-Identifier: ISC */

/* pane.h - a pane: an emulator, what runs in it, and the modes on top of it. */

#ifndef MODEL_PANE_H
#define MODEL_PANE_H

#include "model/window.h"
#include "term/emu.h"

struct mode;			/* mode/mode.h: a stack of them may cover the screen */

/* pane.flags */
#define PANE_INPUT_OFF		0x0001
#define PANE_DEAD		0x0002	/* the program has ended */
#define PANE_STATUS_READY	0x0004	/* exit status is known */
#define PANE_FOCUSED		0x0008	/* told the program that it has the focus */
#define PANE_EMPTY		0x0010	/* no program by design (split-window '') */
#define PANE_EXITED		0x0020	/* closed pty seen */
#define PANE_UNSEEN		0x0040	/* changed while in a mode */
#define PANE_STYLE_CHANGED	0x0080

struct pane {
	struct model		*model;
	uint32_t		 id;		/* %id */
	struct window		*window;
	struct layout_cell	*cell;		/* NULL while being made */
	struct layout_cell	*saved_cell;	/* while the window is zoomed */
	int			 x, y, cols, rows;
	struct emu		*emu;
	struct options		*options;
	uint32_t		 history_limit;	/* as given at its making */
	uint32_t		 default_fg, default_bg; /* outer terminal's; then pane_configure */
	unsigned		 flags;

	/* What runs in it. */
	int			 argc;
	char			**argv;		/* argc 0: default command */
	char			*shell;
	char			*cwd;		/* started there */
	pid_t			 pid;
	char			 tty[64];
	int			 status;	/* wait status, with PANE_STATUS_READY */
	time_t			 dead_time;
	time_t			 activity;	/* last output */

	/* Modes: the top one gets the keys and is what is shown. */
	struct mode		*mode;		/* top or NULL; linked by mode->below */
	void			(*mode_free)(struct mode *);
	char			*search;	/* last search of copy mode */
	bool			 search_regex;

	/* Alerts and shell marks. */
	usec_t			 silence_since_us;
	int			 progress_state, progress_percent;
	int			 command_status;	/* OSC 133;D, -1 not known */
	time_t			 command_start, command_end;
	uint64_t		 bell_count;
	/* The program waits for a terminal's clipboard (get-clipboard), until then. */
	usec_t			 clipboard_until_us;
	char			 clipboard_sel[16];

	uint32_t		 style_version;
	bool			 dead;
	TAILQ_ENTRY(pane)	 entry;		/* in window, layout order */
	TAILQ_ENTRY(pane)	 lentry;	/* in window->last_panes */
	bool			 on_last;
	TAILQ_ENTRY(pane)	 dentry;	/* in model->dead_panes */
	void			*io;		/* server/pane-io's */
};

/* Made by window_add_pane(); freed by model_reap(). */
struct pane	*pane_new(struct window *, int cols, int rows, uint32_t history_limit);
void		 pane_destroy(struct pane *);	/* from window_remove_pane */
void		 pane_resize(struct pane *, int cols, int rows);
void		 pane_set_title(struct pane *, const char *);
bool		 pane_visible(struct pane *);	/* not hidden by a zoom */
bool		 pane_in_mode(struct pane *);
void		 pane_configure(struct pane *);	/* options -> emulator */
/* The full command line for formats; caller frees. */
char		*pane_command_line(struct pane *);

#endif
