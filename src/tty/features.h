/* SPDX-License-Identifier: ISC */
#ifndef TTY_FEATURES_H
#define TTY_FEATURES_H

#include <stdbool.h>
#include <stdint.h>

#include "tty/query.h"
#include "tty/tinfo.h"

/* What the outer terminal can do; bits of tty_features.have. */
#define FEATURE_256		0x00000001u
#define FEATURE_RGB		0x00000002u
#define FEATURE_OVERLINE	0x00000004u
#define FEATURE_STRIKE		0x00000008u
#define FEATURE_UNDERSCORE	0x00000010u	/* 4:2 to 4:5 */
#define FEATURE_UNDERCOLOUR	0x00000020u	/* SGR 58 */
#define FEATURE_SYNC		0x00000040u	/* mode 2026 */
#define FEATURE_HYPERLINKS	0x00000080u
#define FEATURE_CLIPBOARD	0x00000100u	/* OSC 52 */
#define FEATURE_TITLE		0x00000200u
#define FEATURE_FOCUS		0x00000400u
#define FEATURE_PASTE		0x00000800u	/* bracketed paste */
#define FEATURE_CURSOR_STYLE	0x00001000u
#define FEATURE_CURSOR_COLOUR	0x00002000u
#define FEATURE_EXTKEYS		0x00004000u	/* modifyOtherKeys */
#define FEATURE_KITTY_KEYS	0x00008000u	/* it answered CSI ? u */
#define FEATURE_MARGINS		0x00010000u	/* DECSLRM */
#define FEATURE_RECTFILL	0x00020000u
#define FEATURE_ECH		0x00040000u
#define FEATURE_REP		0x00080000u
#define FEATURE_BCE		0x00100000u
#define FEATURE_UTF8		0x00200000u
#define FEATURE_MOUSE		0x00400000u
#define FEATURE_OSC7		0x00800000u
#define FEATURE_PROGRESS	0x01000000u	/* OSC 9;4 */
#define FEATURE_SIXEL		0x02000000u
#define FEATURE_NO_FKEYS	0x04000000u	/* ignore kf* of terminfo */
#define FEATURE_GRAPHEMES	0x08000000u	/* mode 2027 */
#define FEATURE_THEME		0x10000000u	/* mode 2031 */
#define FEATURE_ITALIC		0x20000000u
#define FEATURE_TITLE_STACK	0x40000000u	/* CSI 22 t, CSI 23 t */
#define FEATURE_NOTIFY		0x80000000u	/* OSC 9 */

struct tty_features {
	uint32_t	have;
	int		colours;	/* 2, 8, 16, 256 or 1 << 24 */
	uint32_t	fg, bg;		/* COLOUR_DEFAULT until it told us */
	int		cell_width_px, cell_height_px;	/* 0 until told */
	int		theme;		/* 0 not known, 1 dark, 2 light */
	char		name[REPLY_TEXT_MAX];	/* by XTVERSION, or "" */
};

/*
 * From terminfo, the tables of known names and $COLORTERM (NULL is fine).
 * utf8: the locale's opinion; it alone decides FEATURE_UTF8.
 */
void	features_init(struct tty_features *, const struct tinfo *,
	    const char *colorterm, bool utf8);

/*
 * One entry of the option terminal-features, "pattern:name:name", taken (true)
 * if the pattern matches TERM; or a plain list as after -T.  Names are separated
 * by ':' or ','; features_add returns how many it did not know.
 */
bool	features_option(struct tty_features *, const struct tinfo *,
	    const char *entry);
int	features_add(struct tty_features *, const char *list);

/*
 * What replies alone told (a struct of zeroes, then features_reply()), added to what the
 * other sources did; and what terminal-overrides took away, which is last.
 */
void	features_merge(struct tty_features *, const struct tty_features *told);
void	features_deny(struct tty_features *, const struct tinfo *);

/* Take a reply into account; true if that changed something. */
bool	features_reply(struct tty_features *, const struct tty_reply *);

/* "256,RGB,sync" for display; returns buf. */
char	*features_list(const struct tty_features *, char *buf, size_t cap);

#endif /* TTY_FEATURES_H */
