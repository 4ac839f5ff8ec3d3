/* SPDX-License-Identifier: ISC */

/*
 * kv.h - the keys and values that go with a picture, newest wins.
 *
 * A value is at most KV_VALUE_MAX bytes; one of length 0 is the same as none.
 * The structured ones are records (tag, length, value) of which unknown tags
 * are skipped, so that either side may be newer.
 */

#ifndef VIEW_KV_H
#define VIEW_KV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum view_kv {
	VIEW_KV_LAYOUT = 1,	/* written by the sender itself (layout.h) */
	VIEW_KV_TITLE,		/* UTF-8, of the outer terminal */
	VIEW_KV_BELL,		/* struct view_bell */
	VIEW_KV_OUTER,		/* struct view_outer */
	VIEW_KV_OPTIONS,	/* struct view_options */
	VIEW_KV_LINK,		/* UTF-8: what the server says of the link */
	VIEW_KV_MESSAGE,	/* UTF-8: shown when nothing else can be */
	VIEW_KV_PATH,		/* UTF-8: directory of the pane (OSC 7) */
	VIEW_KV_COLOURS,	/* reserved */
	VIEW_KV_PROGRESS,	/* u8 state, u8 percent (OSC 9;4) */
	VIEW_KV_PREDICT,	/* per pane: reserved for predict/ */
	VIEW_KV_FREE		/* first unused */
};

/* How often the client should have rung. */
struct view_bell {
	uint32_t	 audible;
	uint32_t	 visual;
};

/* What the outer terminal should be put into for the focused pane. */
struct view_outer {
	uint32_t	 mouse;		/* MODE_MOUSE_STANDARD .. _ALL, 0 */
	bool		 focus;		/* focus events wanted */
	bool		 paste;		/* bracketed paste */
	uint8_t		 extended_keys;	/* 0 off, 1 on, 2 always */
	uint8_t		 kitty_flags;
	bool		 theme;		/* colour scheme reports */
	uint32_t	 cursor_colour;	/* COLOUR_DEFAULT: leave it */
	uint32_t	 fg, bg;	/* of it all; COLOUR_DEFAULT: leave */
};

enum view_predict {
	VIEW_PREDICT_ADAPTIVE, VIEW_PREDICT_ALWAYS, VIEW_PREDICT_NEVER
};

/* What the client needs to know of the user's options. */
struct view_options {
	uint32_t	 escape_ms;
	uint8_t		 predict;	/* enum view_predict */
	bool		 set_titles;
	bool		 key_elsewhere;	/* the next key is not for the pane:
					   prefix was pressed, or a key table */
	uint64_t	 prefix, prefix2; /* key_code; 0 none */
	uint32_t	 key_table;	/* grows when the above changes */
	bool		 clipboard;	/* may set the outer clipboard */
	uint32_t	 paste_ms;	/* assume-paste-time; 0: off */
};

/* Bytes written, at most cap; 0 if they do not fit, or all is default. */
#define VIEW_KV_STRUCT_MAX	96	/* is always enough */
size_t	kv_write_bell(const struct view_bell *, uint8_t *, size_t cap);
size_t	kv_write_outer(const struct view_outer *, uint8_t *, size_t cap);
size_t	kv_write_options(const struct view_options *, uint8_t *, size_t cap);
/* What is not in the bytes gets its default.  False if they are malformed. */
bool	kv_read_bell(const uint8_t *, size_t, struct view_bell *);
bool	kv_read_outer(const uint8_t *, size_t, struct view_outer *);
bool	kv_read_options(const uint8_t *, size_t, struct view_options *);

#endif
