/* SPDX-License-Identifier: ISC */

/*
 * features.c - what the outer terminal can do.
 *
 * Four sources, each only ever adding to what the one before said (and a fifth
 * that takes away, "cap@" in terminal-overrides):
 *
 *	terminfo	before anything is drawn; wrong as often as TERM is
 *	tables		of names in TERM, for entries older than the terminal
 *	options		terminal-features, and the user knows best
 *	replies		some milliseconds later, from the terminal itself
 *
 * What no query can find out (hyperlinks, underline colours) is concluded from
 * the name that XTVERSION or DA2 gives.  A feature that is missing costs
 * beauty; one that is wrongly believed costs the picture: in doubt, without.
 */

#include "tty/features.h"

#include <fnmatch.h>

#include "base/str.h"
#include "term/cell.h"

static const struct {
	const char	*name;		/* as in the option terminal-features */
	uint32_t	 bits;
} feature_names[] = {
	{ "256", FEATURE_256 },
	{ "RGB", FEATURE_RGB | FEATURE_256 },
	{ "bce", FEATURE_BCE },
	{ "bpaste", FEATURE_PASTE },
	{ "ccolour", FEATURE_CURSOR_COLOUR },
	{ "clipboard", FEATURE_CLIPBOARD },
	{ "cstyle", FEATURE_CURSOR_STYLE },
	{ "ech", FEATURE_ECH },
	{ "extkeys", FEATURE_EXTKEYS },
	{ "focus", FEATURE_FOCUS },
	{ "graphemes", FEATURE_GRAPHEMES },
	{ "hyperlinks", FEATURE_HYPERLINKS },
	{ "ignorefkeys", FEATURE_NO_FKEYS },
	{ "italic", FEATURE_ITALIC },
	{ "kitty", FEATURE_KITTY_KEYS },
	{ "margins", FEATURE_MARGINS },
	{ "mouse", FEATURE_MOUSE },
	{ "notify", FEATURE_NOTIFY },
	{ "osc7", FEATURE_OSC7 },
	{ "overline", FEATURE_OVERLINE },
	{ "progressbar", FEATURE_PROGRESS },
	{ "rectfill", FEATURE_RECTFILL },
	{ "rep", FEATURE_REP },
	{ "sixel", FEATURE_SIXEL },
	{ "strikethrough", FEATURE_STRIKE },
	{ "sync", FEATURE_SYNC },
	{ "theme", FEATURE_THEME },
	{ "title", FEATURE_TITLE },
	{ "usstyle", FEATURE_UNDERSCORE | FEATURE_UNDERCOLOUR }
};

/* What everything that calls itself xterm has had for many years. */
#define BASE	(FEATURE_MOUSE | FEATURE_PASTE | FEATURE_TITLE | \
		 FEATURE_CURSOR_STYLE | FEATURE_ITALIC)
#define MODERN	(BASE | FEATURE_256 | FEATURE_RGB | FEATURE_FOCUS | \
		 FEATURE_STRIKE | FEATURE_CLIPBOARD | \
		 FEATURE_CURSOR_COLOUR | FEATURE_HYPERLINKS | \
		 FEATURE_TITLE_STACK)
#define TALKS	(MODERN | FEATURE_NOTIFY)
#define USSTYLE	(FEATURE_UNDERSCORE | FEATURE_UNDERCOLOUR)

/*
 * Known by a beginning of TERM or of the answer to XTVERSION.  Longer beginnings
 * first.  Those under one name hold for each version that is still met.
 */
static const struct {
	const char	*name;
	uint32_t	 bits;
} known[] = {
	{ "alacritty", MODERN | USSTYLE | FEATURE_SYNC },
	{ "contour", MODERN | USSTYLE | FEATURE_SYNC | FEATURE_OVERLINE |
	    FEATURE_MARGINS },
	{ "foot", TALKS | USSTYLE | FEATURE_SYNC | FEATURE_OVERLINE |
	    FEATURE_OSC7 | FEATURE_SIXEL },
	{ "ghostty", TALKS | USSTYLE | FEATURE_SYNC | FEATURE_OVERLINE |
	    FEATURE_MARGINS | FEATURE_OSC7 | FEATURE_PROGRESS },
	{ "iTerm2", TALKS | USSTYLE | FEATURE_SYNC | FEATURE_EXTKEYS |
	    FEATURE_MARGINS | FEATURE_OSC7 },
	{ "kitty", TALKS | USSTYLE | FEATURE_SYNC | FEATURE_OSC7 },
	{ "konsole", MODERN },
	{ "Konsole", MODERN },
	{ "mintty", MODERN | USSTYLE | FEATURE_EXTKEYS | FEATURE_OVERLINE |
	    FEATURE_MARGINS | FEATURE_OSC7 },
	{ "rio", MODERN | USSTYLE | FEATURE_SYNC },
	{ "rmux", MODERN | USSTYLE | FEATURE_EXTKEYS | FEATURE_SYNC |
	    FEATURE_OVERLINE | FEATURE_MARGINS | FEATURE_OSC7 |
	    FEATURE_PROGRESS },
	{ "rxvt-unicode", BASE | FEATURE_256 | FEATURE_CURSOR_COLOUR |
	    FEATURE_NO_FKEYS },
	{ "rxvt", BASE | FEATURE_NO_FKEYS },
	{ "screen", FEATURE_TITLE },
	{ "tmux", BASE | FEATURE_256 | FEATURE_RGB | FEATURE_CLIPBOARD |
	    FEATURE_STRIKE | FEATURE_FOCUS | FEATURE_CURSOR_COLOUR |
	    FEATURE_EXTKEYS | FEATURE_OVERLINE | USSTYLE },
	{ "VTE", MODERN | USSTYLE | FEATURE_OVERLINE },
	{ "vte", MODERN | USSTYLE | FEATURE_OVERLINE },
	{ "wezterm", TALKS | USSTYLE | FEATURE_SYNC | FEATURE_OVERLINE |
	    FEATURE_OSC7 },
	{ "WezTerm", TALKS | USSTYLE | FEATURE_SYNC | FEATURE_OVERLINE |
	    FEATURE_OSC7 },
	{ "XTerm", BASE | FEATURE_256 | FEATURE_RGB | FEATURE_CLIPBOARD |
	    FEATURE_STRIKE | FEATURE_FOCUS | FEATURE_CURSOR_COLOUR |
	    FEATURE_EXTKEYS | FEATURE_MARGINS | FEATURE_RECTFILL |
	    FEATURE_TITLE_STACK },
	{ "xterm-ghostty", TALKS | USSTYLE | FEATURE_SYNC |
	    FEATURE_OVERLINE | FEATURE_MARGINS | FEATURE_OSC7 },
	{ "xterm-kitty", TALKS | USSTYLE | FEATURE_SYNC | FEATURE_OSC7 },
	{ "xterm", BASE | FEATURE_FOCUS | FEATURE_CLIPBOARD |
	    FEATURE_CURSOR_COLOUR }
};

static uint32_t
known_bits(const char *name)
{
	uint32_t	bits = 0;
	size_t		i, len, best = 0;

	for (i = 0; i < sizeof known / sizeof known[0]; i++) {
		len = strlen(known[i].name);
		if (len > best && strncmp(name, known[i].name, len) == 0) {
			best = len;
			bits = known[i].bits;
		}
	}
	return (bits);
}

/* The number of colours follows from the bits, but for less than 256. */
static void
settle_colours(struct tty_features *f)
{
	if (f->have & FEATURE_RGB) {
		f->have |= FEATURE_256;
		f->colours = 1 << 24;
	} else if (f->have & FEATURE_256)
		f->colours = 256;
}

/* What a capability says of features, there or taken away. */
static const struct {
	enum tinfo_str	cap;
	uint32_t	bit;
} caps[] = {
	{ TI_CS_COLOUR, FEATURE_CURSOR_COLOUR },
	{ TI_ECH, FEATURE_ECH }, { TI_ENBP, FEATURE_PASTE },
	{ TI_ENEKS, FEATURE_EXTKEYS }, { TI_ENFCS, FEATURE_FOCUS },
	{ TI_ENMG, FEATURE_MARGINS }, { TI_HLS, FEATURE_HYPERLINKS },
	{ TI_MS, FEATURE_CLIPBOARD }, { TI_REP, FEATURE_REP },
	{ TI_SETRGBF, FEATURE_RGB },
	{ TI_SETULC, FEATURE_UNDERCOLOUR },
	{ TI_SETULC1, FEATURE_UNDERCOLOUR },
	{ TI_SITM, FEATURE_ITALIC }, { TI_SMOL, FEATURE_OVERLINE },
	{ TI_SMULX, FEATURE_UNDERSCORE },
	{ TI_SMXX, FEATURE_STRIKE }, { TI_SS, FEATURE_CURSOR_STYLE },
	{ TI_SWD, FEATURE_OSC7 }, { TI_SYNC, FEATURE_SYNC },
	{ TI_TSL, FEATURE_TITLE }
};

static void
features_tinfo(struct tty_features *f, const struct tinfo *ti)
{
	size_t	i;
	int	colours = tinfo_num(ti, TI_COLORS);

	for (i = 0; i < sizeof caps / sizeof caps[0]; i++) {
		if (tinfo_has(ti, caps[i].cap))
			f->have |= caps[i].bit;
	}
	if (tinfo_flag(ti, TI_BCE))
		f->have |= FEATURE_BCE;
	/* RGB may be a number or a string there; Tc is always a flag. */
	if (tinfo_flag(ti, TI_RGB) || tinfo_flag(ti, TI_TC) ||
	    colours == 1 << 24)
		f->have |= FEATURE_RGB;
	if (colours >= 256)
		f->have |= FEATURE_256;
	f->colours = colours >= 16 ? 16 : colours >= 8 ? 8 : 2;
}

void
features_init(struct tty_features *f, const struct tinfo *ti,
    const char *colorterm, bool utf8)
{
	const char	*name = tinfo_name(ti);

	memset(f, 0, sizeof *f);
	features_tinfo(f, ti);
	f->have |= known_bits(name);
	if (tinfo_flag(ti, TI_XT))
		f->have |= FEATURE_MOUSE | FEATURE_PASTE | FEATURE_TITLE;
	if (strstr(name, "256col") != NULL)
		f->have |= FEATURE_256;
	if (strstr(name, "-direct") != NULL)
		f->have |= FEATURE_RGB;
	if (colorterm != NULL && (strcmp(colorterm, "truecolor") == 0 ||
	    strcmp(colorterm, "24bit") == 0))
		f->have |= FEATURE_RGB;
	if (utf8)
		f->have |= FEATURE_UTF8;
	settle_colours(f);
}

int
features_add(struct tty_features *f, const char *list)
{
	size_t	i, n;
	int	unknown = 0;

	for (; *list != '\0'; list += n + (list[n] != '\0')) {
		n = strcspn(list, ":,");
		for (i = 0; i < sizeof feature_names /
		    sizeof feature_names[0]; i++) {
			if (strlen(feature_names[i].name) == n &&
			    strncmp(list, feature_names[i].name, n) == 0)
				break;
		}
		if (i == sizeof feature_names / sizeof feature_names[0])
			unknown += (n > 0);
		else
			f->have |= feature_names[i].bits;
	}
	settle_colours(f);
	return (unknown);
}

bool
features_option(struct tty_features *f, const struct tinfo *ti,
    const char *entry)
{
	char	pattern[TINFO_NAME_MAX * 2];
	size_t	n;

	n = strcspn(entry, ":");
	if (n >= sizeof pattern)
		return (false);
	memcpy(pattern, entry, n);
	pattern[n] = '\0';
	if (fnmatch(pattern, tinfo_name(ti), 0) != 0)
		return (false);
	features_add(f, entry + n + (entry[n] == ':'));
	return (true);
}

void
features_merge(struct tty_features *f, const struct tty_features *told)
{
	f->have |= told->have;
	f->fg = told->fg;
	f->bg = told->bg;
	f->theme = told->theme;
	f->cell_width_px = told->cell_width_px;
	f->cell_height_px = told->cell_height_px;
	memcpy(f->name, told->name, sizeof f->name);
	settle_colours(f);
}

void
features_deny(struct tty_features *f, const struct tinfo *ti)
{
	size_t	i;
	int	colours = tinfo_num(ti, TI_COLORS);

	for (i = 0; i < sizeof caps / sizeof caps[0]; i++) {
		if (tinfo_str_denied(ti, caps[i].cap))
			f->have &= ~caps[i].bit;
	}
	if (tinfo_flag_denied(ti, TI_BCE))
		f->have &= ~(uint32_t)FEATURE_BCE;
	if (tinfo_flag_denied(ti, TI_RGB) || tinfo_flag_denied(ti, TI_TC))
		f->have &= ~(uint32_t)FEATURE_RGB;
	if (!(f->have & FEATURE_RGB) && f->colours > 256)
		f->colours = f->have & FEATURE_256 ? 256 :
		    colours >= 16 ? 16 : colours >= 8 ? 8 : 2;
}

/* Light or dark, by the brightness of the background. */
static int
theme_of(uint32_t bg)
{
	int	r = (bg >> 16) & 0xff, g = (bg >> 8) & 0xff, b = bg & 0xff;

	return (r * 299 + g * 587 + b * 114 < 128 * 1000 ? 1 : 2);
}

static void
reply_da2(struct tty_features *f, const struct tty_reply *r)
{
	switch (r->nums > 0 ? r->num[0] : 0) {
	case 41:		/* xterm, and many who follow it */
		f->have |= BASE;
		break;
	case 'M':		/* mintty */
		f->have |= known_bits("mintty");
		break;
	case 'T':		/* tmux */
		f->have |= known_bits("tmux");
		break;
	case 'U':		/* rxvt-unicode */
		f->have |= known_bits("rxvt-unicode");
		break;
	case 61:
	case 65:		/* VTE: its version is 5000 for 0.50 */
		if (r->nums > 1 && r->num[1] >= 5200 && r->num[1] < 20000)
			f->have |= known_bits("VTE");
		break;
	}
}

static void
reply_da1(struct tty_features *f, const struct tty_reply *r)
{
	int	i;

	/* The first is the level, not a feature. */
	for (i = 1; i < r->nums; i++) {
		switch (r->num[i]) {
		case 4:
			f->have |= FEATURE_SIXEL;
			break;
		case 28:
			f->have |= FEATURE_RECTFILL;
			break;
		case 52:
			f->have |= FEATURE_CLIPBOARD;
			break;
		}
	}
}

static void
reply_mode(struct tty_features *f, const struct tty_reply *r)
{
	uint32_t	bit = 0;

	switch (r->num[0]) {
	case 69:
		bit = FEATURE_MARGINS;
		break;
	case 2026:
		bit = FEATURE_SYNC;
		break;
	case 2027:
		bit = FEATURE_GRAPHEMES;
		break;
	case 2031:
		bit = FEATURE_THEME;
		break;
	}
	/* 0: not known; 4: known, but it can never be set. */
	if (r->num[1] >= 1 && r->num[1] <= 3)
		f->have |= bit;
}

bool
features_reply(struct tty_features *f, const struct tty_reply *r)
{
	struct tty_features	old = *f;

	switch (r->kind) {
	case REPLY_DA1:
		reply_da1(f, r);
		break;
	case REPLY_DA2:
		reply_da2(f, r);
		break;
	case REPLY_XTVERSION:
		strlcpy(f->name, r->text, sizeof f->name);
		f->have |= known_bits(f->name);
		break;
	case REPLY_KITTY_KEYS:
		f->have |= FEATURE_KITTY_KEYS;
		break;
	case REPLY_MODE:
		reply_mode(f, r);
		break;
	case REPLY_COLOUR:
		if (r->num[0] == 10)
			f->fg = r->colour;
		else if (r->num[0] == 11) {
			f->bg = r->colour;
			if (f->theme == 0)
				f->theme = theme_of(r->colour);
		}
		break;
	case REPLY_CELL_PIXELS:
		if (r->nums >= 2 && r->num[0] > 0 && r->num[0] < 1000 &&
		    r->num[1] > 0 && r->num[1] < 1000) {
			f->cell_height_px = r->num[0];
			f->cell_width_px = r->num[1];
		}
		break;
	case REPLY_THEME:
		if (r->num[0] == 1 || r->num[0] == 2)
			f->theme = r->num[0];
		break;
	case REPLY_OTHER:
	case REPLY_SCREEN_PIXELS:
	case REPLY_SCREEN_CELLS:
	case REPLY_CLIPBOARD:
		break;
	}
	settle_colours(f);
	return (f->have != old.have || f->fg != old.fg || f->bg != old.bg ||
	    f->theme != old.theme || f->colours != old.colours ||
	    f->cell_width_px != old.cell_width_px ||
	    f->cell_height_px != old.cell_height_px ||
	    strcmp(f->name, old.name) != 0);
}

char *
features_list(const struct tty_features *f, char *buf, size_t cap)
{
	size_t	i;

	*buf = '\0';
	for (i = 0; i < sizeof feature_names / sizeof feature_names[0]; i++) {
		if ((f->have & feature_names[i].bits) !=
		    feature_names[i].bits)
			continue;
		if (*buf != '\0')
			strlcat(buf, ",", cap);
		strlcat(buf, feature_names[i].name, cap);
	}
	return (buf);
}
