/* SPDX-License-Identifier: ISC */
/* Keys: names to codes and back, and what programs are sent for them. */

#include "tap.h"
#include "term/key.h"

static const struct {
	const char	*name;
	key_code	 code;
	const char	*prints;	/* NULL: the same */
} names[] = {
	{ "a", 'a', NULL },
	{ "A", 'A', NULL },
	{ "C-a", 'a' | KEY_CTRL, NULL },
	{ "^a", 'a' | KEY_CTRL, "C-a" },
	{ "C-A", 'a' | KEY_CTRL, "C-a" },
	{ "C-S-a", 'a' | KEY_CTRL | KEY_SHIFT, NULL },
	{ "0x01", 'a' | KEY_CTRL, "C-a" },
	{ "0x1b", 0x1b, "Escape" },
	{ "0x41", 'A', "A" },
	{ "0xe9", 0xe9, "\xc3\xa9" },
	{ "M-x", 'x' | KEY_META, NULL },
	{ "C-M-x", 'x' | KEY_META | KEY_CTRL, NULL },
	{ "M-C-x", 'x' | KEY_META | KEY_CTRL, "C-M-x" },
	{ "c-m-X", 'x' | KEY_META | KEY_CTRL, "C-M-x" },
	{ "S-a", 'A', "A" },
	{ "M-S-a", 'A' | KEY_META, "M-A" },
	{ "Space", ' ', NULL },
	{ "C-Space", ' ' | KEY_CTRL, NULL },
	{ "Enter", '\r', NULL },
	{ "Tab", '\t', NULL },
	{ "S-Tab", KEY_BTAB, "BTab" },
	{ "C-S-Tab", KEY_BTAB | KEY_CTRL, "C-BTab" },
	{ "BSpace", KEY_BSPACE, NULL },
	{ "C-?", KEY_BSPACE, "BSpace" },
	{ "Escape", 0x1b, NULL },
	{ "Up", KEY_UP, NULL },
	{ "up", KEY_UP, "Up" },
	{ "S-Up", KEY_UP | KEY_SHIFT, NULL },
	{ "C-M-S-Left", KEY_LEFT | KEY_CTRL | KEY_META | KEY_SHIFT, NULL },
	{ "PageUp", KEY_PPAGE, "PPage" },
	{ "PgDn", KEY_NPAGE, "NPage" },
	{ "Insert", KEY_INSERT, "IC" },
	{ "DC", KEY_DELETE, NULL },
	{ "F1", KEY_F1, NULL },
	{ "F12", KEY_F12, NULL },
	{ "F63", KEY_F63, NULL },
	{ "KP0", KEY_KP_0, NULL },
	{ "KP9", KEY_KP_9, NULL },
	{ "KP*", KEY_KP_STAR, NULL },
	{ "KPEnter", KEY_KP_ENTER, NULL },
	{ "User0", KEY_USER_0, NULL },
	{ "User999", KEY_USER_MAX, NULL },
	{ "Any", KEY_ANY, NULL },
	{ "None", KEY_NONE, NULL },
	{ "FocusIn", KEY_FOCUS_IN, NULL },
	{ "Super-x", 'x' | KEY_SUPER, NULL },
	{ "C-", KEY_UNKNOWN, "Unknown" },
	{ "C--", '-' | KEY_CTRL, NULL },
	{ "M--", '-' | KEY_META, NULL },
	{ "-", '-', NULL },
	{ "^", '^', NULL },
	{ "C-^", '^' | KEY_CTRL, NULL },
	{ "\"", '"', NULL },
	{ "\xe4\xb8\xad", 0x4e2d, NULL },
	{ "\xf0\x9f\x98\x80", 0x1f600, NULL },
	{ "", KEY_UNKNOWN, "Unknown" },
	{ "F0", KEY_UNKNOWN, "Unknown" },
	{ "F64", KEY_UNKNOWN, "Unknown" },
	{ "User1000", KEY_UNKNOWN, "Unknown" },
	{ "0x", KEY_UNKNOWN, "Unknown" },
	{ "0x110000", KEY_UNKNOWN, "Unknown" },
	{ "0xd800", KEY_UNKNOWN, "Unknown" },
	{ "nosuch", KEY_UNKNOWN, "Unknown" },
	{ "\xff", KEY_UNKNOWN, "Unknown" },
	{ "M-Any", KEY_UNKNOWN, "Unknown" },
};

static void
key_names(void)
{
	char	 buf[64];
	size_t	 i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		is_int(key_parse(names[i].name), names[i].code,
		    "\"%s\" is its key", names[i].name);
		is_str(key_name(names[i].code, buf, sizeof buf),
		    names[i].prints == NULL ? names[i].name : names[i].prints,
		    "and has its name");
	}
}

static void
mouse_names(void)
{
	char		 buf[64];
	int		 t, b, w, bad = 0, n = 0;
	enum mouse_type	 type;
	enum mouse_where where;
	int		 button;

	is_int(key_parse("MouseDown1Pane"), key_mouse(MOUSE_DOWN, 1,
	    WHERE_PANE), "MouseDown1Pane");
	is_int(key_parse("C-WheelUpStatus"), key_mouse(MOUSE_WHEEL_UP, 0,
	    WHERE_STATUS) | KEY_CTRL, "C-WheelUpStatus");
	is_int(key_parse("MouseDragEnd3Border"), key_mouse(MOUSE_DRAG_END, 3,
	    WHERE_BORDER), "MouseDragEnd3Border");
	is_int(key_parse("TripleClick11Control9"), key_mouse(
	    MOUSE_TRIPLE_CLICK, 11, WHERE_CONTROL_9), "TripleClick11Control9");
	is_int(key_parse("MouseDown12Pane"), KEY_UNKNOWN, "no twelfth button");
	is_int(key_parse("MouseDown1Nowhere"), KEY_UNKNOWN, "no such place");
	for (t = 0; t < MOUSE_TYPES; t++) {
		for (b = 1; b < MOUSE_BUTTONS; b++) {
			for (w = 0; w < WHERE_COUNT; w++) {
				key_code k = key_mouse((enum mouse_type)t, b,
				    (enum mouse_where)w);

				key_mouse_split(k, &type, &button, &where);
				if (!key_is_mouse(k) || (int)type != t ||
				    (int)where != w || (button != b &&
				    button != 0) || key_parse(key_name(k, buf,
				    sizeof buf)) != k)
					bad++;
				n++;
			}
		}
	}
	is_int(bad, 0, "all %d mouse keys have names that are theirs", n);
	ok(!key_is_mouse('a') && !key_is_mouse(KEY_USER_MAX), "others are none");
}

/* --- what programs are sent -------------------------------------------- */

#define CUR	MODE_KCURSOR
#define PAD	MODE_KKEYPAD
#define BKM	MODE_BACKARROW
#define V52	MODE_VT52
#define FMT	MODE_FORMAT_OTHER
#define CSI	KEY_OTHER_CSI_U

static const struct {
	const char	*name;
	uint32_t	 modes;
	int		 kitty, other, action;
	const char	*want;		/* NULL: nothing */
} sent[] = {
	{ "a",		0, 0, 0, 0,	"a" },
	{ "\xc3\xa9",	0, 0, 0, 0,	"\xc3\xa9" },
	{ "C-a",	0, 0, 0, 0,	"\001" },
	{ "C-Space",	0, 0, 0, 0,	NULL },	/* a NUL: see below */
	{ "C-[",	0, 0, 0, 0,	"\033" },
	{ "C-/",	0, 0, 0, 0,	"\037" },
	{ "C-_",	0, 0, 0, 0,	"\037" },
	{ "M-x",	0, 0, 0, 0,	"\033x" },
	{ "C-M-a",	0, 0, 0, 0,	"\033\001" },
	{ "M-Enter",	0, 0, 0, 0,	"\033\r" },
	{ "Enter",	0, 0, 0, 0,	"\r" },
	{ "BSpace",	0, 0, 0, 0,	"\177" },
	{ "C-BSpace",	0, 0, 0, 0,	"\b" },
	{ "M-BSpace",	0, 0, 0, 0,	"\033\177" },
	{ "BTab",	0, 0, 0, 0,	"\033[Z" },
	{ "Up",		0, 0, 0, 0,	"\033[A" },
	{ "Up",		CUR, 0, 0, 0,	"\033OA" },
	{ "C-Up",	CUR, 0, 0, 0,	"\033[1;5A" },
	{ "S-Left",	0, 0, 0, 0,	"\033[1;2D" },
	{ "C-M-S-End",	0, 0, 0, 0,	"\033[1;8F" },
	{ "Home",	0, 0, 0, 0,	"\033[H" },
	{ "IC",		0, 0, 0, 0,	"\033[2~" },
	{ "M-DC",	0, 0, 0, 0,	"\033[3;3~" },
	{ "NPage",	0, 0, 0, 0,	"\033[6~" },
	{ "F1",		0, 0, 0, 0,	"\033OP" },
	{ "S-F1",	0, 0, 0, 0,	"\033[1;2P" },
	{ "F5",		0, 0, 0, 0,	"\033[15~" },
	{ "C-F12",	0, 0, 0, 0,	"\033[24;5~" },
	{ "F13",	0, 0, 0, 0,	"\033[25~" },
	{ "KP5",	0, 0, 0, 0,	"5" },
	{ "KP5",	PAD, 0, 0, 0,	"\033Ou" },
	{ "KPEnter",	PAD, 0, 0, 0,	"\033OM" },
	{ "FocusIn",	0, 0, 0, 0,	NULL },
	{ "FocusIn",	MODE_FOCUS, 0, 0, 0, "\033[I" },
	{ "PasteStart",	MODE_BRACKETPASTE, 0, 0, 0, "\033[200~" },
	{ "C-3",	0, 0, 0, 0,	"\033" },
	{ "C-4",	0, 0, 0, 0,	"\034" },
	{ "C-5",	0, 0, 0, 0,	"\035" },
	{ "C-6",	0, 0, 0, 0,	"\036" },
	{ "C-7",	0, 0, 0, 0,	"\037" },
	{ "C-8",	0, 0, 0, 0,	"\177" },
	{ "C-Enter",	0, 0, 0, 0,	"\r" },
	{ "C-1",	0, 0, 0, 0,	"1" },
	{ "F37",	0, 0, 0, 0,	"\033[1;6P" },
	{ "C-F63",	0, 0, 0, 0,	"\033[1;8R" },
	{ "Hyper-Up",	0, 0, 0, 0,	"\033[1;17A" },
	{ "M-BTab",	0, 0, 0, 0,	"\033\033[Z" },
	{ "M-KP5",	0, 0, 0, 0,	"\0335" },
	{ "ReportDarkTheme", 0, 0, 0, 0, NULL },
	{ "ReportDarkTheme", MODE_THEME, 0, 0, 0, "\033[?997;1n" },
	{ "ReportLightTheme", MODE_THEME, 0, 0, 0, "\033[?997;2n" },
	{ "User1",	0, 0, 0, 0,	NULL },
	{ "None",	0, 0, 0, 0,	NULL },
	{ "a",		0, 0, 0, 2,	NULL },
	/* modifyOtherKeys */
	{ "C-a",	0, 0, 1, 0,	"\001" },
	{ "C-Enter",	0, 0, 1, 0,	"\033[27;5;13~" },
	{ "C-S-a",	0, 0, 1, 0,	"\033[27;6;97~" },
	{ "C-1",	0, 0, 1, 0,	"\033[27;5;49~" },
	{ "M-a",	0, 0, 1, 0,	"\033a" },
	{ "C-a",	0, 0, 2, 0,	"\033[27;5;97~" },
	{ "M-a",	0, 0, 2, 0,	"\033[27;3;97~" },
	{ "A",		0, 0, 2, 0,	"A" },
	{ "C-Up",	0, 0, 2, 0,	"\033[1;5A" },
	{ "C-a",	FMT, 0, 2, 0,	"\033[97;5u" },
	{ "C-Enter",	FMT, 0, 1, 0,	"\033[13;5u" },
	{ "C-a",	0, 0, 2 | CSI, 0, "\033[97;5u" },
	{ "C-a",	0, 0, 1 | CSI, 0, "\001" },
	{ "C-a",	0, 0, CSI, 0,	"\001" },
	{ "C-BTab",	0, 0, 2 | CSI, 0, "\033[9;6u" },
	{ "C-BTab",	0, 0, 1 | CSI, 0, "\033[Z" },
	{ "C-BTab",	0, 0, 2, 0,	"\033[27;6;9~" },
	/* VT52 */
	{ "Up",		V52, 0, 0, 0,	"\033A" },
	{ "F1",		V52, 0, 0, 0,	"\033P" },
	{ "KP5",	V52 | PAD, 0, 0, 0, "\033?u" },
	{ "Home",	V52, 0, 0, 0,	"\033[H" },
	/* DECBKM */
	{ "BSpace",	BKM, 0, 0, 0,	"\b" },
	{ "C-BSpace",	BKM, 0, 0, 0,	"\177" },
	{ "M-BSpace",	BKM, 0, 0, 0,	"\033\b" },
	/* kitty: disambiguate */
	{ "a",		0, 1, 0, 0,	"a" },
	{ "Escape",	0, 1, 0, 0,	"\033[27u" },
	{ "C-a",	0, 1, 0, 0,	"\033[97;5u" },
	{ "C-i",	0, 1, 0, 0,	"\033[105;5u" },
	{ "M-A",	0, 1, 0, 0,	"\033[97;4u" },
	{ "Enter",	0, 1, 0, 0,	"\r" },
	{ "C-Enter",	0, 1, 0, 0,	"\033[13;5u" },
	{ "S-Tab",	0, 1, 0, 0,	"\033[9;2u" },
	{ "Tab",	0, 1, 0, 0,	"\t" },
	{ "BSpace",	0, 1, 0, 0,	"\177" },
	{ "Up",		CUR, 1, 0, 0,	"\033[A" },
	{ "F1",		0, 1, 0, 0,	"\033[P" },
	{ "F3",		0, 1, 0, 0,	"\033[13~" },
	{ "C-F3",	0, 1, 0, 0,	"\033[13;5~" },
	{ "F13",	0, 1, 0, 0,	"\033[57376u" },
	{ "KP5",	PAD, 1, 0, 0,	"5" },
	{ "KPEnter",	0, 1, 0, 0,	"\033[57414u" },
	{ "Super-x",	0, 1, 0, 0,	"\033[120;9u" },
	/* kitty: events, all, text */
	{ "a",		0, 3, 0, 2,	"\033[97;1:3u" },
	{ "a",		0, 3, 0, 1,	"a" },
	{ "Enter",	0, 3, 0, 2,	NULL },
	{ "BSpace",	0, 3, 0, 2,	NULL },
	{ "C-a",	0, 2, 0, 2,	"\033[97;5:3u" },
	{ "C-a",	0, 2, 0, 0,	"\001" },
	{ "Up",		0, 3, 0, 2,	"\033[1;1:3A" },
	{ "Up",		0, 3, 0, 1,	"\033[1;1:2A" },
	{ "Escape",	0, 3, 0, 2,	"\033[27;1:3u" },
	{ "a",		0, 8, 0, 0,	"\033[97u" },
	{ "A",		0, 8, 0, 0,	"\033[97;2u" },
	{ "A",		0, 12, 0, 0,	"\033[97:65;2u" },
	{ "a",		0, 24, 0, 0,	"\033[97;1;97u" },
	{ "A",		0, 24, 0, 0,	"\033[97;2;65u" },
	{ "Enter",	0, 8, 0, 0,	"\033[13u" },
	{ "a",		0, 10, 0, 2,	"\033[97;1:3u" },
	{ "KP5",	0, 8, 0, 0,	"\033[57404u" },
};

static void
encodings(void)
{
	struct key_event ev;
	struct buf	 b;
	size_t		 i;
	bool		 any;

	for (i = 0; i < sizeof sent / sizeof sent[0]; i++) {
		ev = (struct key_event){ .code = key_parse(sent[i].name),
		    .action = (uint8_t)sent[i].action };
		buf_init(&b, 100);
		any = key_encode(&ev, sent[i].modes, sent[i].kitty,
		    sent[i].other, &b);
		if (strcmp(sent[i].name, "C-Space") == 0) {
			ok(any && buf_len(&b) == 1 && buf_data(&b)[0] == 0,
			    "C-Space is a NUL");
			buf_fini(&b);
			continue;
		}
		buf_addc(&b, 0);
		if (sent[i].want == NULL)
			ok(!any && buf_len(&b) == 1, "%s sends nothing",
			    sent[i].name);
		else
			is_str((char *)buf_data(&b), sent[i].want,
			    "%s (modes %x, kitty %d, other %d)", sent[i].name,
			    sent[i].modes, sent[i].kitty, sent[i].other);
		buf_fini(&b);
	}
}

#define STD	MODE_MOUSE_STANDARD
#define SGR	MODE_MOUSE_SGR
#define ALT	(MODE_ALT_SCROLL | MODE_ALTERNATE)

static const struct {
	struct mouse_event	 m;
	int			 x, y;
	uint32_t		 modes;
	const char		*want;
} mice[] = {
	{ { .type = MOUSE_DOWN, .button = 1 }, 0, 0, 0, NULL },
	{ { .type = MOUSE_DOWN, .button = 1 }, 0, 0, STD, "\033[M !!" },
	{ { .type = MOUSE_UP, .button = 1 }, 1, 2, STD, "\033[M#\"#" },
	{ { .type = MOUSE_DOWN, .button = 3 }, 9, 4, STD | SGR,
	    "\033[<2;10;5M" },
	{ { .type = MOUSE_UP, .button = 3 }, 9, 4, STD | SGR, "\033[<2;10;5m" },
	{ { .type = MOUSE_WHEEL_UP }, 0, 0, STD | SGR, "\033[<64;1;1M" },
	{ { .type = MOUSE_WHEEL_DOWN }, 0, 0, STD | SGR, "\033[<65;1;1M" },
	{ { .type = MOUSE_DOWN, .button = 8 }, 0, 0, STD | SGR,
	    "\033[<128;1;1M" },
	{ { .type = MOUSE_DOWN, .button = 6 }, 0, 0, STD | SGR,
	    "\033[<66;1;1M" },
	{ { .type = MOUSE_DRAG, .button = 1 }, 0, 0, STD | SGR, NULL },
	{ { .type = MOUSE_DRAG, .button = 1 }, 0, 0, MODE_MOUSE_BUTTON | SGR,
	    "\033[<32;1;1M" },
	{ { .type = MOUSE_MOVE }, 0, 0, MODE_MOUSE_BUTTON | SGR, NULL },
	{ { .type = MOUSE_MOVE }, 0, 0, MODE_MOUSE_ALL | SGR, "\033[<35;1;1M" },
	{ { .type = MOUSE_DOWN, .button = 1, .mods = 7 }, 0, 0, STD | SGR,
	    "\033[<28;1;1M" },
	{ { .type = MOUSE_DOWN, .button = 1, .mods = 7 }, 0, 0, MODE_MOUSE_X10,
	    "\033[M !!" },
	{ { .type = MOUSE_UP, .button = 1 }, 0, 0, MODE_MOUSE_X10, NULL },
	{ { .type = MOUSE_DOWN, .button = 1 }, 300, 0, STD, NULL },
	{ { .type = MOUSE_DOWN, .button = 1 }, 300, 0, STD | MODE_MOUSE_UTF8,
	    "\033[M \xc5\x8d!" },
	{ { .type = MOUSE_DOWN, .button = 1 }, 300, 0, STD | MODE_MOUSE_URXVT,
	    "\033[32;301;1M" },
	{ { .type = MOUSE_UP, .button = 2, .mods = 4 }, 0, 1,
	    STD | MODE_MOUSE_URXVT, "\033[51;1;2M" },
	/* alternate scroll */
	{ { .type = MOUSE_WHEEL_UP }, 0, 0, ALT, "\033[A\033[A\033[A" },
	{ { .type = MOUSE_WHEEL_DOWN }, 0, 0, ALT | CUR,
	    "\033OB\033OB\033OB" },
	{ { .type = MOUSE_WHEEL_UP }, 0, 0, MODE_ALT_SCROLL, NULL },
	{ { .type = MOUSE_WHEEL_UP }, 0, 0, ALT | STD | SGR,
	    "\033[<64;1;1M" },
	{ { .type = MOUSE_DOWN, .button = 1 }, 0, 0, ALT, NULL },
	{ { .type = MOUSE_DOWN, .button = 1, .px = 15, .py = 20 }, 1, 1,
	    STD | MODE_MOUSE_PIXELS, "\033[<0;16;21M" },
	{ { .type = MOUSE_DOWN, .button = 1, .px = -1, .py = -1 }, 1, 1,
	    STD | MODE_MOUSE_PIXELS, "\033[<0;2;2M" },
	{ { .type = MOUSE_DOWN, .button = 1 }, -1, 0, STD | SGR, NULL },
};

static void
mouse(void)
{
	struct buf	 b;
	size_t		 i;
	bool		 any;

	for (i = 0; i < sizeof mice / sizeof mice[0]; i++) {
		buf_init(&b, 100);
		any = mouse_encode(&mice[i].m, mice[i].x, mice[i].y,
		    mice[i].modes, &b);
		buf_addc(&b, 0);
		is_str(any ? (char *)buf_data(&b) : NULL, mice[i].want,
		    "mouse event %zu", i);
		buf_fini(&b);
	}
}

int
main(void)
{
	key_names();
	mouse_names();
	encodings();
	mouse();
	return (done_testing());
}
