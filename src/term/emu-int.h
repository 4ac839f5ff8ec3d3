/* SPDX-License-Identifier: ISC */

/*
 * emu-int.h - what the files of the emulator share; nobody else includes it.
 *
 *	emu.c		life, size, snapshots, lines, events
 *	emu-print.c	text onto the screen, wrapping, clusters
 *	emu-ctl.c	C0 and ESC
 *	emu-charset.c	what a designated set makes of a byte
 *	emu-csi.c	control sequences, by table
 *	emu-sgr.c	renditions
 *	emu-mode.c	modes, by table; reports of modes
 *	emu-rect.c	rectangles
 *	emu-osc.c	OSC
 *	emu-colour.c	palette and other colours
 *	emu-dcs.c	DCS: questions and the passthrough
 *	emu-vt52.c	the older terminal within
 *	emu-state.c	presentation state, asked for and put back
 */

#ifndef TERM_EMU_INT_H
#define TERM_EMU_INT_H

#include "base/list.h"
#include "term/emu.h"
#include "term/grid.h"
#include "term/limits.h"
#include "term/parse.h"
#include "term/width.h"

/* Modes that no viewer needs to know; emu->priv. */
#define PRIV_REVERSE_WRAP	0x0001u	/* 45 */
#define PRIV_ALLOW_132		0x0002u	/* 40 */
#define PRIV_COLS_132		0x0004u	/* 3: remembered, the size stays */
#define PRIV_SMOOTH		0x0008u	/* 4 */
#define PRIV_REPEAT		0x0010u	/* 8 */
#define PRIV_NO_CLEAR_132	0x0020u	/* 95 */
#define PRIV_KEYBOARD_LOCK	0x0040u	/* KAM, 2 */
#define PRIV_LOCAL_ECHO_OFF	0x0080u	/* SRM, 12 */
#define PRIV_REVERSE_WRAP_ALL	0x0100u	/* 1045 */
#define PRIV_PRINT_FF		0x0200u	/* 18 and 19: no printer, but kept */
#define PRIV_RECT_EXTENT	0x0400u	/* DECSACE 2 */
#define PRIV_ISO_PROTECT	0x0800u	/* protected by SPA, not DECSCA */
#define PRIV_HIGHLIGHT		0x1000u	/* 1001: known, never sent */
#define PRIV_NATIONAL		0x2000u	/* DECNRCM, 42 */
#define PRIV_PRINT_EXTENT	0x4000u

#define EMU_TABS_BYTES		(EMU_COLS_MAX / 8)
/* XTCHECKSUM; emu->checksum. */
#define SUM_POSITIVE		0x01	/* not negated */
#define SUM_NO_ATTRS		0x02
#define SUM_BLANKS		0x04	/* cells never written count too */
#define SUM_DRAWN		0x08	/* they do not, wherever they are */
#define SUM_WHOLE		0x10	/* more than the low eight bits */

/* The next character is not one: the row and column of VT52's ESC Y. */
#define SINGLE_ROW	4
#define SINGLE_COLUMN	5

enum charset {
	CHARSET_ASCII, CHARSET_UK, CHARSET_GRAPHICS, CHARSET_TECHNICAL,
	CHARSET_SUPPLEMENTAL, CHARSET_LATIN1,
	/* Those that ?42 lets in. */
	CHARSET_DUTCH, CHARSET_FINNISH, CHARSET_FRENCH, CHARSET_CANADIAN,
	CHARSET_GERMAN, CHARSET_ITALIAN, CHARSET_NORWEGIAN, CHARSET_PORTUGUESE,
	CHARSET_SPANISH, CHARSET_SWEDISH, CHARSET_SWISS
};

/* What DECSC keeps. */
struct emu_saved {
	bool		 valid;
	int		 x, y;
	bool		 pending, origin;
	struct cell	 pen;
	uint32_t	 us;
	struct link	*link;
	uint8_t		 charset[4], gl, gr;
};

/* OSC 10 to 19, in their order; 15, 16 and 18 are Tektronix' and only kept. */
enum emu_dynamic {
	DYNAMIC_FG, DYNAMIC_BG, DYNAMIC_CURSOR, DYNAMIC_POINTER_FG,
	DYNAMIC_POINTER_BG, DYNAMIC_SELECT_BG = 7, DYNAMIC_SELECT_FG = 9,
	EMU_DYNAMIC_COLOURS
};
#define EMU_SPECIAL_COLOURS	5	/* bold, underline, blink, reverse, italic */

/* A rendition pushed with XTPUSHSGR: which parts of it come back. */
struct emu_pen {
	struct cell	 cell;
	uint32_t	 us;
	uint16_t	 attrs;		/* ATTR_* to be restored */
	bool		 fg, bg, all;
};

/* What each of the two screens has of its own. */
struct emu_screen {
	struct grid	*grid;
	struct emu_saved saved;
	uint8_t		 kitty[EMU_KITTY_STACK];
	int		 nkitty;	/* pushed; flags in force in kitty_now */
	uint8_t		 kitty_now;
};

struct emu_queued {
	TAILQ_ENTRY(emu_queued)	 entry;
	struct emu_event	 ev;
	size_t			 bytes;
	uint8_t			 data[];
};
TAILQ_HEAD(emu_queue, emu_queued);

struct emu {
	struct emu_config	 cfg;
	char			*version_text;
	struct parser		 parser;
	struct grid		*g;		/* of the screen shown */
	struct emu_screen	*scr;		/* the screen shown */
	struct emu_screen	 screen[2];	/* main, alternate */
	int			 cols, rows;

	/* The cursor and what it writes with. */
	int			 cx, cy;
	bool			 pending;	/* the next character wraps */
	struct cell		 pen;		/* ch and ext 0 */
	struct cell_ext		 rare;		/* us and link of the pen */
	bool			 has_rare;
	int			 top, bottom, left, right;	/* margins */
	uint8_t			 charset[4];	/* enum charset of G0 to G3 */
	uint8_t			 gl, gr;
	uint8_t			 single;	/* SS2, SS3: 2, 3; SINGLE_*; else 0 */
	uint8_t			*tabs;		/* a bitmap, NULL: each eighth */

	/* The character before the cursor, for clusters and REP. */
	struct cluster		 cluster;
	int			 after_x, after_y;
	uint32_t		 last_cp;

	uint32_t		 modes;		/* MODE_* */
	uint32_t		 saved_modes[2]; /* XTSAVE: MODE_*, PRIV_* */
	uint32_t		 priv;		/* PRIV_* */
	uint8_t			 shape;		/* enum cursor_shape */
	uint8_t			 modify_other;
	uint8_t			 checksum;	/* SUM_* */
	uint8_t			 level;		/* DECSCL: 1 to 4 */
	bool			 eight;		/* ESC % @: the stream is not UTF-8 */
	bool			 reply_eight;	/* S8C1T */
	bool			 doubles;	/* there may be lines of double width */
	bool			 dark;		/* theme, for DSR ?996 */
	int			 cell_w, cell_h;	/* pixels, 0 unknown */

	char			*title;
	char			*titles[EMU_TITLES_MAX];
	int			 ntitles;
	char			*cwd;
	uint32_t		*palette;	/* 256, or NULL: nothing set */
	uint32_t		 dynamic[EMU_DYNAMIC_COLOURS]; /* OSC 10 to 19 */
	uint32_t		 special[EMU_SPECIAL_COLOURS]; /* OSC 5 */
	struct emu_colours	*colours[EMU_COLOURS_STACK]; /* or NULL */
	int			 colours_at, ncolours;	/* next, and most used */
	struct emu_pen		 pens[EMU_PENS_MAX];	/* XTPUSHSGR */
	int			 npens;
	char			*note_title;	/* OSC 99 with d=0: to come */

	struct emu_queue	 queue;
	int			 nqueue;
	size_t			 queue_bytes;
	struct emu_queued	*taken;		/* lent by emu_next_event */
	struct buf		 replies;

	uint64_t		 version;
	uint32_t		 epoch;
	struct snap		*snap;		/* the last one made */
};

/* The pen protects as DECSCA has it, not as SPA. */
static inline bool
emu_dec_protect(const struct emu *e)
{
	return ((e->pen.attr & ATTR_PROTECTED) && !(e->priv & PRIV_ISO_PROTECT));
}

/* emu.c */
void	 emu_event(struct emu *, enum emu_event_kind, int n, int arg);
void	 emu_event_text(struct emu *, enum emu_event_kind, int n, int arg,
	    const char *text, const char *text2);
void	 emu_event_data(struct emu *, enum emu_event_kind, const char *text2,
	    const void *, size_t);
void	 emu_reply(struct emu *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
char	*emu_clean(const uint8_t *, size_t, size_t max);
void	 emu_hard_reset(struct emu *);
void	 emu_soft_reset(struct emu *);
void	 emu_show_screen(struct emu *, bool alternate);
void	 emu_title_push(struct emu *);
void	 emu_title_pop(struct emu *);
void	 emu_title_change(struct emu *, const char *);
void	 emu_report_size(struct emu *);
void	 emu_set_eight(struct emu *, uint8_t final);	/* ESC % */
/* To be called when e->doubles or MODE_VT52 has changed. */
void	 emu_choose_ops(struct emu *);

/* emu-print.c */
void	 emu_print_ascii(void *, const uint8_t *, size_t);
void	 emu_print_text(void *, const uint32_t *, size_t);
void	 emu_print_again(struct emu *, int n);	/* REP */
void	 emu_print_del(struct emu *);	/* 0x7f, where it is a character */
/* A byte from 0xa0 of a stream that is not UTF-8, through GR or a single shift. */
void	 emu_print_right(struct emu *, uint8_t);
void	 emu_index(struct emu *);
void	 emu_reverse_index(struct emu *);
void	 emu_scroll(struct emu *, int top, int n);	/* n < 0: down */
void	 emu_insert_cells(struct emu *, int x, int y, int n);
void	 emu_delete_cells(struct emu *, int x, int y, int n);
/* The last column of the cursor's line, if that may be of double width. */
int	 emu_double_edge(const struct emu *, int last);
/*
 * Keep the cursor in the first half of such a line, and no wrap pending where
 * it ended before the line under the cursor became another.
 */
void	 emu_double_clip(struct emu *);

/* emu-ctl.c */
void	 emu_control(void *, uint8_t);
void	 emu_esc(void *, const uint8_t *, int, uint8_t);
void	 emu_save_cursor(struct emu *);
void	 emu_restore_cursor(struct emu *);
void	 emu_tab(struct emu *, int n);
void	 emu_tab_back(struct emu *, int n);
void	 emu_tabs_default(struct emu *);
void	 emu_tabs_none(struct emu *);
void	 emu_tab_set(struct emu *, int x, bool);
bool	 emu_tab_at(const struct emu *, int x);
void	 emu_align(struct emu *);

/* emu-charset.c */
uint32_t emu_charset_map(const struct emu *, uint8_t set, uint32_t);
/* ESC, one or two intermediates and a final byte. */
void	 emu_charset_designate(struct emu *, const uint8_t *inter, int ninter,
	    uint8_t final);
/* Designate one by its final bytes; false if there is none of that name. */
bool	 emu_charset_set(struct emu *, int g, const char *name, bool wide);
const char *emu_charset_name(uint8_t set, bool *wide);
/* A byte from 0xa0 through a set; ASCII's right half is Latin-1's. */
uint32_t emu_charset_right(const struct emu *, uint8_t set, uint8_t);

/* emu-csi.c */
#define EMU_DA1	"\033[?64;1;6;9;15;21;22;28;52c"
void	 emu_csi(void *, const struct parse_seq *);
/* One that is a final byte alone, without asking for modes. */
void	 emu_csi_plain(struct emu *, const struct parse_seq *);
void	 emu_move(struct emu *, int x, int y);	/* clipped to the screen */
void	 emu_goto(struct emu *, int col, int row); /* 0-based, honours origin */

/* emu-sgr.c */
void	 emu_sgr(struct emu *, const struct parse_seq *);
void	 emu_sgr_reset(struct emu *);
void	 emu_pen_rare(struct emu *);
/* Apply SGR parameters from `from` to a cell's attributes only (DECCARA). */
void	 emu_sgr_attrs(const struct parse_seq *, int from, bool reverse,
	    struct cell *);
size_t	 emu_sgr_report(const struct emu *, char *, size_t);

void	 emu_sgr_push(struct emu *, const struct parse_seq *);
void	 emu_sgr_pop(struct emu *);
/* CSI Pm m that cells have in common (XTREPORTSGR). */
void	 emu_sgr_reply(struct emu *, const struct cell *, uint32_t us);

/* emu-mode.c */
void	 emu_set_modes(struct emu *, const struct parse_seq *, bool set);
void	 emu_save_modes(struct emu *, const struct parse_seq *, bool save);
void	 emu_report_mode(struct emu *, const struct parse_seq *);
void	 emu_columns_mode(struct emu *, bool wide);

/* emu-rect.c */
void	 emu_rect(struct emu *, const struct parse_seq *);
void	 emu_erase_selective(struct emu *, int x0, int y0, int x1, int y1);
void	 emu_columns(struct emu *, const struct parse_seq *);

/* emu-state.c; which: 1 cursor, 2 tab stops */
void	 emu_report_state(struct emu *, int which);
void	 emu_restore_state(struct emu *, int which, const uint8_t *, size_t);

/* emu-vt52.c */
void	 emu_vt52_enter(struct emu *);
void	 emu_vt52_leave(struct emu *);
void	 emu_vt52(struct emu *, uint8_t final);
void	 emu_vt52_address(struct emu *, uint32_t);

/* emu-colour.c */
struct scan;
void	 emu_colour(struct emu *, int number, struct scan *);
void	 emu_colours_push(struct emu *, const struct parse_seq *);
void	 emu_colours_pop(struct emu *, const struct parse_seq *);
void	 emu_colours_report(struct emu *);
void	 emu_colours_reset(struct emu *);

/* emu-osc.c, emu-dcs.c */
void	 emu_string(void *, enum parse_string, const uint8_t *, size_t);
void	 emu_dcs(void *, const struct parse_seq *, const uint8_t *, size_t);
void	 emu_link_set(struct emu *, struct link *);

#endif
