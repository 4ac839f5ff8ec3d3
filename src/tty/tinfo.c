/* SPDX-License-Identifier: ISC */

/*
 * tinfo.c - terminfo for the outer terminal, as data.
 *
 * The curses library is asked once, everything is copied, and the library's
 * idea of a current terminal is thrown away again: it is global state, and a
 * program that is suspended and resumed on other terminals must have none.
 * Strings are expanded by an evaluator of our own rather than tparm(), which
 * keeps static buffers and has been made to run past them by odd entries
 * (CVE-2023-29491); ours only ever moves forward through the string, has a
 * stack of fixed depth and a bounded output, so that no entry, however hostile,
 * can do more than spoil the picture.
 *
 * Invariants:
 *  1. No string is NULL or longer than TINFO_STR_MAX.
 *  2. Nothing here is written after loading, but by tinfo_override() and
 *     tinfo_reload().
 *
 * Source: terminfo(5), "Parameterized Strings", and the extensions of
 * user_caps(5) and tmux(1), "TERMINFO EXTENSIONS".  term.h is included
 * without curses.h, whose KEY_ macros would clash with term/key.h.
 */

#include "tty/tinfo.h"

#include <fnmatch.h>
#include <stdint.h>

#include "base/str.h"
#include "base/xmalloc.h"

/* Last: it defines plain words as macros, key_mouse among them. */
#include <term.h>

#define STACK_MAX	16
#define PARAMS_MAX	9
#define KEYS_MAX	256

static const char *const str_names[TI_STR_COUNT] = {
	[TI_ACSC] = "acsc", [TI_BEL] = "bel", [TI_BLINK] = "blink",
	[TI_BOLD] = "bold", [TI_CIVIS] = "civis", [TI_CLEAR] = "clear",
	[TI_CLMG] = "Clmg", [TI_CMG] = "Cmg", [TI_CNORM] = "cnorm",
	[TI_CR_COLOUR] = "Cr", [TI_CSR] = "csr", [TI_CS_COLOUR] = "Cs",
	[TI_CUB] = "cub", [TI_CUB1] = "cub1", [TI_CUD] = "cud",
	[TI_CUD1] = "cud1", [TI_CUF] = "cuf", [TI_CUF1] = "cuf1",
	[TI_CUP] = "cup", [TI_CUU] = "cuu", [TI_CUU1] = "cuu1",
	[TI_CVVIS] = "cvvis", [TI_DIM] = "dim", [TI_DSBP] = "Dsbp",
	[TI_DSEKS] = "Dseks", [TI_DSFCS] = "Dsfcs", [TI_DSMG] = "Dsmg",
	[TI_E3] = "E3", [TI_ECH] = "ech", [TI_ED] = "ed", [TI_EL] = "el",
	[TI_EL1] = "el1", [TI_ENACS] = "enacs", [TI_ENBP] = "Enbp",
	[TI_ENEKS] = "Eneks", [TI_ENFCS] = "Enfcs", [TI_ENMG] = "Enmg",
	[TI_FSL] = "fsl", [TI_HLS] = "Hls", [TI_HOME] = "home",
	[TI_HPA] = "hpa", [TI_INDN] = "indn", [TI_INVIS] = "invis",
	[TI_MS] = "Ms", [TI_OL] = "ol", [TI_OP] = "op", [TI_REP] = "rep",
	[TI_REV] = "rev", [TI_RI] = "ri", [TI_RIN] = "rin",
	[TI_RMACS] = "rmacs", [TI_RMCUP] = "rmcup", [TI_RMKX] = "rmkx",
	[TI_SE] = "Se", [TI_SETAB] = "setab", [TI_SETAF] = "setaf",
	[TI_SETRGBB] = "setrgbb", [TI_SETRGBF] = "setrgbf",
	[TI_SETULC] = "Setulc", [TI_SETULC1] = "Setulc1",
	[TI_SGR0] = "sgr0", [TI_SITM] = "sitm", [TI_SMACS] = "smacs",
	[TI_SMCUP] = "smcup", [TI_SMKX] = "smkx", [TI_SMOL] = "Smol",
	[TI_SMSO] = "smso", [TI_SMUL] = "smul", [TI_SMULX] = "Smulx",
	[TI_SMXX] = "smxx", [TI_SS] = "Ss", [TI_SWD] = "Swd",
	[TI_SYNC] = "Sync", [TI_TSL] = "tsl", [TI_VPA] = "vpa"
};

static const char *const flag_names[TI_FLAG_COUNT] = {
	[TI_AM] = "am", [TI_AX] = "AX", [TI_BCE] = "bce", [TI_RGB] = "RGB",
	[TI_TC] = "Tc", [TI_XENL] = "xenl", [TI_XT] = "XT"
};

static const char *const num_names[TI_NUM_COUNT] = {
	[TI_COLORS] = "colors", [TI_U8] = "U8"
};

/* Function keys are not here: kf1 to kf63 are made by name, see load_fkeys. */
static const struct {
	const char	*name;
	key_code	 code;
} key_names[] = {
	{ "kcuu1", KEY_UP }, { "kcud1", KEY_DOWN }, { "kcub1", KEY_LEFT },
	{ "kcuf1", KEY_RIGHT }, { "khome", KEY_HOME }, { "kend", KEY_END },
	{ "kich1", KEY_INSERT }, { "kdch1", KEY_DELETE },
	{ "kpp", KEY_PPAGE }, { "knp", KEY_NPAGE }, { "kcbt", KEY_BTAB },
	{ "kind", KEY_DOWN | KEY_SHIFT }, { "kri", KEY_UP | KEY_SHIFT }
};

/* These come as kUP (with shift) and kUP3 to kUP7. */
static const struct {
	const char	*name;
	key_code	 code;
} key_families[] = {
	{ "kUP", KEY_UP }, { "kDN", KEY_DOWN }, { "kLFT", KEY_LEFT },
	{ "kRIT", KEY_RIGHT }, { "kHOM", KEY_HOME }, { "kEND", KEY_END },
	{ "kIC", KEY_INSERT }, { "kDC", KEY_DELETE }, { "kPRV", KEY_PPAGE },
	{ "kNXT", KEY_NPAGE }
};

/* The modifiers of xterm by their parameter, 2 to 8. */
static const key_code modifiers[] = {
	[2] = KEY_SHIFT, [3] = KEY_META, [4] = KEY_SHIFT | KEY_META,
	[5] = KEY_CTRL, [6] = KEY_SHIFT | KEY_CTRL, [7] = KEY_META | KEY_CTRL,
	[8] = KEY_SHIFT | KEY_META | KEY_CTRL
};

struct tinfo_keyseq {
	char		*bytes;
	key_code	 code;
};

struct tinfo {
	char			 name[TINFO_NAME_MAX];
	char			*str[TI_STR_COUNT];
	bool			 flag[TI_FLAG_COUNT];
	bool			 str_denied[TI_STR_COUNT], flag_denied[TI_FLAG_COUNT];
	int			 num[TI_NUM_COUNT];
	struct tinfo_keyseq	 key[KEYS_MAX];
	size_t			 keys;
};

/* What a terminal understands of which nothing is known but its name. */
struct builtin {
	const char	*name, *value;
};

static const struct builtin builtin_vt100[] = {
	{ "am", NULL }, { "xenl", NULL },
	{ "acsc", "``aaffggjjkkllmmnnooppqqrrssttuuvvwwxxyyzz{{||}}~~" },
	{ "bel", "\a" }, { "blink", "\033[5m" }, { "bold", "\033[1m" },
	{ "clear", "\033[H\033[J" }, { "csr", "\033[%i%p1%d;%p2%dr" },
	{ "cub", "\033[%p1%dD" }, { "cub1", "\b" }, { "cud", "\033[%p1%dB" },
	{ "cud1", "\n" }, { "cuf", "\033[%p1%dC" }, { "cuf1", "\033[C" },
	{ "cup", "\033[%i%p1%d;%p2%dH" }, { "cuu", "\033[%p1%dA" },
	{ "cuu1", "\033[A" }, { "ed", "\033[J" }, { "el", "\033[K" },
	{ "el1", "\033[1K" }, { "enacs", "\033(B\033)0" },
	{ "home", "\033[H" }, { "rev", "\033[7m" }, { "ri", "\033M" },
	{ "rmacs", "\017" }, { "rmkx", "\033[?1l\033>" },
	{ "sgr0", "\033[m\017" }, { "smacs", "\016" },
	{ "smkx", "\033[?1h\033=" }, { "smso", "\033[7m" },
	{ "smul", "\033[4m" }, { "kcuu1", "\033OA" }, { "kcud1", "\033OB" },
	{ "kcuf1", "\033OC" }, { "kcub1", "\033OD" }, { "kf1", "\033OP" },
	{ "kf2", "\033OQ" }, { "kf3", "\033OR" }, { "kf4", "\033OS" },
	{ NULL, NULL }
};

static const struct builtin builtin_xterm[] = {
	{ "am", NULL }, { "xenl", NULL }, { "XT", NULL }, { "AX", NULL },
	{ "bce", NULL }, { "colors", "8" },
	{ "acsc", "``aaffggjjkkllmmnnooppqqrrssttuuvvwwxxyyzz{{||}}~~" },
	{ "bel", "\a" }, { "blink", "\033[5m" }, { "bold", "\033[1m" },
	{ "civis", "\033[?25l" }, { "clear", "\033[H\033[2J" },
	{ "cnorm", "\033[?25h" }, { "csr", "\033[%i%p1%d;%p2%dr" },
	{ "cub", "\033[%p1%dD" }, { "cub1", "\b" }, { "cud", "\033[%p1%dB" },
	{ "cud1", "\n" }, { "cuf", "\033[%p1%dC" }, { "cuf1", "\033[C" },
	{ "cup", "\033[%i%p1%d;%p2%dH" }, { "cuu", "\033[%p1%dA" },
	{ "cuu1", "\033[A" }, { "dim", "\033[2m" }, { "ech", "\033[%p1%dX" },
	{ "ed", "\033[J" }, { "el", "\033[K" }, { "el1", "\033[1K" },
	{ "home", "\033[H" }, { "hpa", "\033[%i%p1%dG" },
	{ "indn", "\033[%p1%dS" }, { "invis", "\033[8m" },
	{ "op", "\033[39;49m" }, { "rev", "\033[7m" }, { "ri", "\033M" },
	{ "rin", "\033[%p1%dT" }, { "rmacs", "\033(B" },
	{ "rmcup", "\033[?1049l" }, { "rmkx", "\033[?1l\033>" },
	{ "setab", "\033[4%p1%dm" }, { "setaf", "\033[3%p1%dm" },
	{ "sgr0", "\033(B\033[m" }, { "smacs", "\033(0" },
	{ "smcup", "\033[?1049h" }, { "smkx", "\033[?1h\033=" },
	{ "smso", "\033[7m" }, { "smul", "\033[4m" },
	{ "vpa", "\033[%i%p1%dd" }, { "kcuu1", "\033OA" },
	{ "kcud1", "\033OB" }, { "kcuf1", "\033OC" }, { "kcub1", "\033OD" },
	{ "khome", "\033OH" }, { "kend", "\033OF" },
	{ NULL, NULL }
};

static char *
bounded_dup(const char *s)
{
	if (s == NULL || strnlen(s, TINFO_STR_MAX + 1) > TINFO_STR_MAX)
		return (xstrdup(""));
	return (xstrdup(s));
}

static void
key_set(struct tinfo *ti, const char *bytes, key_code code)
{
	size_t	i, n;

	/* A key of one byte would swallow that character. */
	n = strnlen(bytes, 33);
	if (n < 2 || n > 32)
		return;
	for (i = 0; i < ti->keys; i++) {
		if (strcmp(ti->key[i].bytes, bytes) == 0)
			return;		/* the first name wins */
	}
	if (ti->keys == KEYS_MAX)
		return;
	ti->key[ti->keys].bytes = xstrdup(bytes);
	ti->key[ti->keys++].code = code;
}

/* kf1 to kf63: with xterm's layout, kf13 is S-F1, kf25 C-F1 and so on. */
static bool
fkey_code(const char *name, key_code *code)
{
	static const key_code	 mods[] = {
		0, KEY_SHIFT, KEY_CTRL, KEY_CTRL | KEY_SHIFT, KEY_META,
		KEY_META | KEY_SHIFT
	};
	long long		 n;

	if (!str_starts(name, "kf") ||
	    str_to_int(name + 2, 1, 63, &n, NULL) != 0)
		return (false);
	*code = (KEY_F1 + (n - 1) % 12) | mods[(n - 1) / 12];
	return (true);
}

static bool
key_code_of(const char *name, key_code *code)
{
	size_t	i, len;

	for (i = 0; i < sizeof key_names / sizeof key_names[0]; i++) {
		if (strcmp(name, key_names[i].name) == 0) {
			*code = key_names[i].code;
			return (true);
		}
	}
	for (i = 0; i < sizeof key_families / sizeof key_families[0]; i++) {
		len = strlen(key_families[i].name);
		if (strncmp(name, key_families[i].name, len) != 0)
			continue;
		if (name[len] == '\0') {
			*code = key_families[i].code | KEY_SHIFT;
			return (true);
		}
		if (name[len] >= '3' && name[len] <= '8' &&
		    name[len + 1] == '\0') {
			*code = key_families[i].code |
			    modifiers[name[len] - '0'];
			return (true);
		}
	}
	return (fkey_code(name, code));
}

static struct tinfo *
tinfo_new(const char *term)
{
	struct tinfo	*ti;
	size_t		 i;

	ti = xcalloc(1, sizeof *ti);
	strlcpy(ti->name, term == NULL ? "" : term, sizeof ti->name);
	for (i = 0; i < TI_STR_COUNT; i++)
		ti->str[i] = xstrdup("");
	for (i = 0; i < TI_NUM_COUNT; i++)
		ti->num[i] = -1;
	return (ti);
}

void
tinfo_free(struct tinfo *ti)
{
	size_t	i;

	if (ti == NULL)
		return;
	for (i = 0; i < TI_STR_COUNT; i++)
		free(ti->str[i]);
	for (i = 0; i < ti->keys; i++)
		free(ti->key[i].bytes);
	free(ti);
}

/* value NULL: a flag that is set.  "@": absent. */
static void
tinfo_set(struct tinfo *ti, const char *name, const char *value)
{
	size_t		i;
	long long	n;
	key_code	code;
	bool		off = (value != NULL && strcmp(value, "@") == 0);

	for (i = 0; i < TI_STR_COUNT; i++) {
		if (strcmp(name, str_names[i]) == 0) {
			free(ti->str[i]);
			ti->str[i] = bounded_dup(off ? "" : value);
			ti->str_denied[i] = off;
			return;
		}
	}
	for (i = 0; i < TI_FLAG_COUNT; i++) {
		if (strcmp(name, flag_names[i]) == 0) {
			ti->flag[i] = !off;
			ti->flag_denied[i] = off;
			return;
		}
	}
	for (i = 0; i < TI_NUM_COUNT; i++) {
		if (strcmp(name, num_names[i]) != 0)
			continue;
		ti->num[i] = -1;
		if (!off && value != NULL && str_to_int(value, 0, 1 << 24,
		    &n, NULL) == 0)
			ti->num[i] = (int)n;
		return;
	}
	if (value == NULL || !key_code_of(name, &code))
		return;
	for (i = 0; i < ti->keys; i++) {
		if (ti->key[i].code != code)
			continue;
		free(ti->key[i].bytes);
		ti->key[i] = ti->key[--ti->keys];
		i--;
	}
	if (!off)
		key_set(ti, value, code);
}

struct tinfo *
tinfo_fallback(const char *term)
{
	const struct builtin	*b;
	struct tinfo		*ti;
	bool			 vt;

	ti = tinfo_new(term);
	vt = (term != NULL && str_starts(term, "vt"));
	for (b = vt ? builtin_vt100 : builtin_xterm; b->name != NULL; b++)
		tinfo_set(ti, b->name, b->value);
	return (ti);
}

/* term.h declares these without const on some systems. */
static const char *
db_str(const char *name)
{
	const char	*s;

	s = tigetstr((char *)(uintptr_t)name);
	if (s == NULL || s == (const char *)-1 ||
	    strnlen(s, TINFO_STR_MAX + 1) > TINFO_STR_MAX)
		return (NULL);
	return (s);
}

static void
load_keys(struct tinfo *ti)
{
	const char	*s;
	char		 name[16];
	size_t		 i, j;
	key_code	 code;

	for (i = 0; i < sizeof key_names / sizeof key_names[0]; i++) {
		if ((s = db_str(key_names[i].name)) != NULL)
			key_set(ti, s, key_names[i].code);
	}
	for (i = 0; i < sizeof key_families / sizeof key_families[0]; i++) {
		for (j = 2; j <= 7; j++) {
			snprintf(name, sizeof name, j == 2 ? "%s" : "%s%zu",
			    key_families[i].name, j);
			if ((s = db_str(name)) != NULL)
				key_set(ti, s, key_families[i].code |
				    modifiers[j]);
		}
	}
	for (i = 1; i <= 63; i++) {
		snprintf(name, sizeof name, "kf%zu", i);
		if ((s = db_str(name)) != NULL && fkey_code(name, &code))
			key_set(ti, s, code);
	}
}

/* Whether the name may be given to the library, which makes a path of it. */
static bool
name_sane(const char *term)
{
	size_t	n;

	n = strnlen(term, TINFO_NAME_MAX);
	if (n == 0 || n == TINFO_NAME_MAX || term[0] == '.')
		return (false);
	return (strspn(term, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-_.,") == n);
}

struct tinfo *
tinfo_load(const char *term, char **cause)
{
	struct tinfo	*ti;
	const char	*s;
	char		*why = NULL;
	size_t		 i;
	int		 error = 0;

	if (cause != NULL)
		*cause = NULL;
	if (term == NULL || *term == '\0')
		xasprintf(&why, "TERM is not set");
	else if (!name_sane(term))
		xasprintf(&why, "TERM is not the name of a terminal");
	else if (setupterm((char *)(uintptr_t)term, 1, &error) != 0) {
		if (error == 1)
			xasprintf(&why, "terminal %s is a hardcopy one", term);
		else if (error == 0)
			xasprintf(&why, "terminal %s is not known", term);
		else
			xasprintf(&why, "there is no terminfo database");
	}
	if (why != NULL) {
		if (cause != NULL)
			*cause = why;
		else
			free(why);
		return (tinfo_fallback(term));
	}
	ti = tinfo_new(term);
	for (i = 0; i < TI_STR_COUNT; i++) {
		if ((s = db_str(str_names[i])) != NULL) {
			free(ti->str[i]);
			ti->str[i] = bounded_dup(s);
		}
	}
	for (i = 0; i < TI_FLAG_COUNT; i++)
		ti->flag[i] = (tigetflag((char *)(uintptr_t)
		    flag_names[i]) == 1);
	for (i = 0; i < TI_NUM_COUNT; i++) {
		ti->num[i] = tigetnum((char *)(uintptr_t)num_names[i]);
		if (ti->num[i] < 0 || ti->num[i] > 1 << 24)
			ti->num[i] = -1;
	}
	load_keys(ti);
	del_curterm(cur_term);
	return (ti);
}

/* One escape of an override's value; returns how much of s it was. */
static size_t
unescape(const char *s, char *out)
{
	size_t	n;
	int	v;

	if (*s == '^' && s[1] >= '?' && s[1] <= '_') {
		*out = (s[1] == '?') ? 0x7f : s[1] & 0x1f;
		return (2);
	}
	if (*s != '\\' || s[1] == '\0') {
		*out = *s;
		return (1);
	}
	if (s[1] >= '0' && s[1] <= '7') {
		for (v = 0, n = 1; n < 4 && s[n] >= '0' && s[n] <= '7'; n++)
			v = v * 8 + (s[n] - '0');
		*out = (char)v;
		return (n);
	}
	switch (s[1]) {
	case 'E': case 'e':
		*out = '\033';
		break;
	case 'a':
		*out = '\a';
		break;
	case 'b':
		*out = '\b';
		break;
	case 'f':
		*out = '\f';
		break;
	case 'n':
		*out = '\n';
		break;
	case 'r':
		*out = '\r';
		break;
	case 's':
		*out = ' ';
		break;
	case 't':
		*out = '\t';
		break;
	default:
		*out = s[1];
		break;
	}
	return (2);
}

/* The next part of an entry: up to a single ':', '::' stands for one. */
static const char *
part_next(const char *s, char *part, size_t cap)
{
	size_t	n = 0;

	for (; *s != '\0'; s++) {
		if (*s == ':' && s[1] != ':')
			break;
		if (*s == ':')
			s++;
		if (n < cap - 1)
			part[n++] = *s;
	}
	part[n] = '\0';
	return (*s == ':' ? s + 1 : s);
}

bool
tinfo_override(struct tinfo *ti, const char *entry)
{
	char	 part[2 * TINFO_STR_MAX], value[2 * TINFO_STR_MAX], *eq, *p;
	size_t	 n;

	entry = part_next(entry, part, sizeof part);
	if (fnmatch(part, ti->name, 0) != 0)
		return (false);
	while (*entry != '\0') {
		entry = part_next(entry, part, sizeof part);
		if ((eq = strchr(part, '=')) != NULL) {
			*eq++ = '\0';
			/* A NUL cannot be kept; terminfo uses \200 for it. */
			for (n = 0, p = eq; *p != '\0'; n++) {
				p += unescape(p, &value[n]);
				if (value[n] == '\0')
					value[n] = (char)0x80;
			}
			value[n] = '\0';
			tinfo_set(ti, part, value);
		} else if ((n = strlen(part)) > 0 && part[n - 1] == '@') {
			part[n - 1] = '\0';
			tinfo_set(ti, part, "@");
		} else if (n > 0)
			tinfo_set(ti, part, NULL);
	}
	return (true);
}

void
tinfo_reload(struct tinfo *ti)
{
	struct tinfo	*fresh = tinfo_load(ti->name, NULL), old = *ti;

	*ti = *fresh;
	*fresh = old;
	tinfo_free(fresh);
}

bool
tinfo_usable(const struct tinfo *ti, char **cause)
{
	const char	*lacks = NULL;

	if (!tinfo_has(ti, TI_CUP))
		lacks = "cup";
	else if (!tinfo_has(ti, TI_CLEAR))
		lacks = "clear";
	if (cause != NULL) {
		*cause = NULL;
		if (lacks != NULL)
			xasprintf(cause, "terminal %s does not support %s",
			    ti->name, lacks);
	}
	return (lacks == NULL);
}

const char *
tinfo_name(const struct tinfo *ti)
{
	return (ti->name);
}

const char *
tinfo_str(const struct tinfo *ti, enum tinfo_str n)
{
	return (ti->str[n]);
}

bool
tinfo_has(const struct tinfo *ti, enum tinfo_str n)
{
	return (*ti->str[n] != '\0');
}

bool
tinfo_flag(const struct tinfo *ti, enum tinfo_flag n)
{
	return (ti->flag[n]);
}

bool
tinfo_str_denied(const struct tinfo *ti, enum tinfo_str n)
{
	return (ti->str_denied[n]);
}

bool
tinfo_flag_denied(const struct tinfo *ti, enum tinfo_flag n)
{
	return (ti->flag_denied[n]);
}

int
tinfo_num(const struct tinfo *ti, enum tinfo_num n)
{
	return (ti->num[n]);
}

bool
tinfo_key(const struct tinfo *ti, size_t i, const char **bytes, key_code *code)
{
	if (i >= ti->keys)
		return (false);
	*bytes = ti->key[i].bytes;
	*code = ti->key[i].code;
	return (true);
}

/* A value: a number, or a string if s is set. */
struct value {
	int		 n;
	const char	*s;
};

/* The evaluation of one string. */
struct eval {
	const char	*p;
	struct value	 stack[STACK_MAX];
	int		 depth;
	struct value	 param[PARAMS_MAX];
	struct value	 var[52];
	char		 out[TINFO_OUT_MAX];
	size_t		 len;
	bool		 bad;
};

static void
emit(struct eval *e, const char *s, size_t n)
{
	if (n > sizeof e->out - e->len) {
		e->bad = true;
		return;
	}
	memcpy(e->out + e->len, s, n);
	e->len += n;
}

static void
push(struct eval *e, int n, const char *s)
{
	if (e->depth == STACK_MAX) {
		e->bad = true;
		return;
	}
	e->stack[e->depth].n = n;
	e->stack[e->depth++].s = s;
}

/* An empty stack gives 0, as libraries do. */
static struct value
pop(struct eval *e)
{
	struct value	none = { 0, NULL };

	if (e->depth == 0)
		return (none);
	return (e->stack[--e->depth]);
}

/* Skip to behind the %; of this level, or its %e if that is wanted. */
static void
skip(struct eval *e, bool want_else)
{
	int	level = 0;

	while (*e->p != '\0') {
		if (*e->p++ != '%')
			continue;
		if (*e->p == '\0')
			return;
		switch (*e->p++) {
		case '?':
			level++;
			break;
		case ';':
			if (level-- == 0)
				return;
			break;
		case 'e':
			if (level == 0 && want_else)
				return;
			break;
		case '\'':
			/* %'%' is a character, not an escape. */
			if (*e->p != '\0' && e->p[1] == '\'')
				e->p += 2;
			break;
		}
	}
}

static void
binary(struct eval *e, char op)
{
	int64_t	b = pop(e).n, a = pop(e).n, r = 0;

	switch (op) {
	case '+':
		r = a + b;
		break;
	case '-':
		r = a - b;
		break;
	case '*':
		r = a * b;
		break;
	case '/':
		r = (b == 0) ? 0 : a / b;
		break;
	case 'm':
		r = (b == 0) ? 0 : a % b;
		break;
	case '&':
		r = a & b;
		break;
	case '|':
		r = a | b;
		break;
	case '^':
		r = a ^ b;
		break;
	case '=':
		r = (a == b);
		break;
	case '<':
		r = (a < b);
		break;
	case '>':
		r = (a > b);
		break;
	case 'A':
		r = (a != 0 && b != 0);
		break;
	case 'O':
		r = (a != 0 || b != 0);
		break;
	}
	push(e, (int)(uint32_t)r, NULL);
}

/* %[[:]flags][width[.precision]][doxXs]; e->p is behind the '%'. */
static void
format(struct eval *e)
{
	struct value	 v;
	char		 spec[16] = "%", out[256];
	size_t		 n = 1;
	int		 width = 0, prec = -1, len;

	if (*e->p == ':')
		e->p++;
	while (*e->p != '\0' && strchr("-+# 0", *e->p) != NULL && n < 6)
		spec[n++] = *e->p++;
	for (; *e->p >= '0' && *e->p <= '9' && width < 100; e->p++)
		width = width * 10 + (*e->p - '0');
	if (*e->p == '.') {
		e->p++;
		for (prec = 0; *e->p >= '0' && *e->p <= '9' && prec < 100;
		    e->p++)
			prec = prec * 10 + (*e->p - '0');
	}
	if (*e->p == '\0' || strchr("doxXs", *e->p) == NULL ||
	    width >= 100 || prec >= 100) {
		e->bad = true;
		return;
	}
	v = pop(e);
	if (*e->p == 's') {
		e->p++;
		if (v.s == NULL) {
			len = snprintf(out, sizeof out, "%d", v.n);
			emit(e, out, (size_t)len);
		} else
			emit(e, v.s, strlen(v.s));
		return;
	}
	spec[n++] = '*';
	if (prec >= 0) {
		spec[n++] = '.';
		spec[n++] = '*';
	}
	spec[n++] = *e->p++;
	spec[n] = '\0';
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (prec >= 0)
		len = snprintf(out, sizeof out, spec, width, prec, v.n);
	else
		len = snprintf(out, sizeof out, spec, width, v.n);
#pragma GCC diagnostic pop
	if (len < 0 || (size_t)len >= sizeof out)
		e->bad = true;
	else
		emit(e, out, (size_t)len);
}

static struct value *
variable(struct eval *e)
{
	char	c = *e->p;

	if (c >= 'a' && c <= 'z')
		return (&e->var[c - 'a']);
	if (c >= 'A' && c <= 'Z')
		return (&e->var[26 + c - 'A']);
	e->bad = true;
	return (&e->var[0]);
}

/* One escape; e->p is behind the '%'. */
static void
step(struct eval *e)
{
	struct value	v;
	char		c = *e->p;
	int		n;

	switch (c) {
	case '%':
		emit(e, "%", 1);
		break;
	case 'c':
		c = (char)pop(e).n;
		/* A NUL would be eaten on the way; see terminfo(5). */
		if (c == '\0')
			c = (char)0x80;
		emit(e, &c, 1);
		break;
	case 'p':
		e->p++;
		if (*e->p < '1' || *e->p > '9') {
			e->bad = true;
			return;
		}
		push(e, e->param[*e->p - '1'].n, e->param[*e->p - '1'].s);
		break;
	case 'P':
		e->p++;
		v = pop(e);
		*variable(e) = v;
		break;
	case 'g':
		e->p++;
		v = *variable(e);
		push(e, v.n, v.s);
		break;
	case '\'':
		if (e->p[1] == '\0' || e->p[2] != '\'') {
			e->bad = true;
			return;
		}
		push(e, (unsigned char)e->p[1], NULL);
		e->p += 2;
		break;
	case '{':
		for (n = 0, e->p++; *e->p >= '0' && *e->p <= '9'; e->p++) {
			if (n < 100000000)
				n = n * 10 + (*e->p - '0');
		}
		push(e, n, NULL);
		if (*e->p != '}') {
			e->bad = true;
			return;
		}
		break;
	case 'l':
		v = pop(e);
		push(e, v.s == NULL ? 0 : (int)strnlen(v.s, 1 << 20), NULL);
		break;
	case '!':
		push(e, pop(e).n == 0, NULL);
		break;
	case '~':
		push(e, ~pop(e).n, NULL);
		break;
	case 'i':
		e->param[0].n++;
		e->param[1].n++;
		break;
	case '?':
	case ';':
		break;
	case 't':
		if (pop(e).n == 0) {
			e->p++;
			skip(e, true);
			return;
		}
		break;
	case 'e':
		e->p++;
		skip(e, false);
		return;
	case '+': case '-': case '*': case '/': case 'm': case '&':
	case '|': case '^': case '=': case '<': case '>': case 'A':
	case 'O':
		binary(e, c);
		break;
	default:
		format(e);
		return;
	}
	if (*e->p == '\0')
		e->bad = true;
	else
		e->p++;
}

static int
eval_put(struct eval *e, const char *s, struct buf *out)
{
	const char	*end;

	if (*s == '\0')
		return (-1);
	e->p = s;
	while (*e->p != '\0' && !e->bad) {
		if (*e->p == '$' && e->p[1] == '<' &&
		    (end = strchr(e->p, '>')) != NULL) {
			e->p = end + 1;
			continue;
		}
		if (*e->p != '%') {
			emit(e, e->p++, 1);
			continue;
		}
		e->p++;
		step(e);
	}
	if (e->bad)
		return (-1);
	return (buf_add(out, e->out, e->len));
}

int
tinfo_put(const struct tinfo *ti, struct buf *out, enum tinfo_str which, int n,
    const int *params)
{
	struct eval	e;
	int		i;

	/* Most have no parameters and no escapes: no evaluation then. */
	if (n == 0 && strpbrk(ti->str[which], "%$") == NULL) {
		if (*ti->str[which] == '\0')
			return (-1);
		return (buf_addstr(out, ti->str[which]));
	}
	memset(&e, 0, offsetof(struct eval, out));
	e.len = 0;
	e.bad = false;
	for (i = 0; i < n && i < PARAMS_MAX; i++)
		e.param[i].n = params[i];
	return (eval_put(&e, ti->str[which], out));
}

int
tinfo_put_text(const struct tinfo *ti, struct buf *out, enum tinfo_str which,
    const char *p1, const char *p2)
{
	struct eval	e;

	memset(&e, 0, offsetof(struct eval, out));
	e.len = 0;
	e.bad = false;
	e.param[0].s = p1;
	e.param[1].s = p2;
	return (eval_put(&e, ti->str[which], out));
}
