/* SPDX-License-Identifier: ISC */
#ifndef TTY_TINFO_H
#define TTY_TINFO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "term/key.h"

/*
 * What terminfo says about the outer terminal, copied out of the library into
 * a struct of ours.  Strings are bounded (TINFO_STR_MAX) and never NULL: what
 * the terminal lacks is "".
 */
#define TINFO_STR_MAX	512	/* longer ones are taken for absent */
#define TINFO_NAME_MAX	64	/* of TERM */
#define TINFO_OUT_MAX	1024	/* bytes that one expansion may give */

enum tinfo_str {
	TI_ACSC, TI_BEL, TI_BLINK, TI_BOLD, TI_CIVIS, TI_CLEAR, TI_CLMG, TI_CMG,
	TI_CNORM, TI_CR_COLOUR, TI_CSR, TI_CS_COLOUR, TI_CUB, TI_CUB1, TI_CUD,
	TI_CUD1, TI_CUF, TI_CUF1, TI_CUP, TI_CUU, TI_CUU1, TI_CVVIS, TI_DIM,
	TI_DSBP, TI_DSEKS, TI_DSFCS, TI_DSMG, TI_E3, TI_ECH, TI_ED, TI_EL,
	TI_EL1, TI_ENACS, TI_ENBP, TI_ENEKS, TI_ENFCS, TI_ENMG, TI_FSL,
	TI_HLS, TI_HOME, TI_HPA, TI_INDN, TI_INVIS, TI_MS, TI_OL, TI_OP,
	TI_REP, TI_REV, TI_RI, TI_RIN, TI_RMACS, TI_RMCUP, TI_RMKX, TI_SE,
	TI_SETAB, TI_SETAF, TI_SETRGBB, TI_SETRGBF, TI_SETULC, TI_SETULC1,
	TI_SGR0, TI_SITM, TI_SMACS, TI_SMCUP, TI_SMKX, TI_SMOL, TI_SMSO,
	TI_SMUL, TI_SMULX, TI_SMXX, TI_SS, TI_SWD, TI_SYNC, TI_TSL, TI_VPA,
	TI_STR_COUNT
};

enum tinfo_flag {
	TI_AM, TI_AX, TI_BCE, TI_RGB, TI_TC, TI_XENL, TI_XT, TI_FLAG_COUNT
};

enum tinfo_num {
	TI_COLORS, TI_U8, TI_NUM_COUNT
};

struct tinfo;

/*
 * The entry of term, from the system's database.  Never NULL: if there is
 * none, or the name is missing or odd, a small built-in table is used and
 * *cause (freed by the caller; may be NULL) gets a sentence; else *cause is
 * set to NULL.  Not thread safe, as the library is not.
 */
struct tinfo	*tinfo_load(const char *term, char **cause);
/* The built-in table alone: vt100 for a name of vt*, xterm for the rest. */
struct tinfo	*tinfo_fallback(const char *term);
void		 tinfo_free(struct tinfo *);

/*
 * One entry of the option terminal-overrides, "pattern:cap=value:flag:cap@",
 * with \E, ^X, \n and \nnn in values; applied if the pattern matches the name.
 * Unknown names are ignored.  Returns whether the pattern matched.
 */
bool		 tinfo_override(struct tinfo *, const char *entry);

/* As tinfo_load() would give it now: without the overrides. */
void		 tinfo_reload(struct tinfo *);

/* Whether it can be drawn upon at all; if not *cause says what is missing. */
bool		 tinfo_usable(const struct tinfo *, char **cause);

const char	*tinfo_name(const struct tinfo *);
const char	*tinfo_str(const struct tinfo *, enum tinfo_str);
bool		 tinfo_has(const struct tinfo *, enum tinfo_str);
bool		 tinfo_flag(const struct tinfo *, enum tinfo_flag);
/* An override took it away ("cap@"): not only absent, the user says that it is. */
bool		 tinfo_str_denied(const struct tinfo *, enum tinfo_str);
bool		 tinfo_flag_denied(const struct tinfo *, enum tinfo_flag);
int		 tinfo_num(const struct tinfo *, enum tinfo_num); /* -1: absent */

/*
 * Append the string expanded with n numeric parameters (delays left out).
 * Returns -1, and appends nothing, if it is absent, broken, too long or out is
 * full.  For the strings that take text (Ms, Cs): tinfo_put_text.
 */
int		 tinfo_put(const struct tinfo *, struct buf *out, enum tinfo_str,
		    int n, const int *params);
int		 tinfo_put_text(const struct tinfo *, struct buf *out,
		    enum tinfo_str, const char *p1, const char *p2);

/* The i-th key that the entry has: its bytes and code; false past the last. */
bool		 tinfo_key(const struct tinfo *, size_t i, const char **bytes,
		    key_code *);

#endif /* TTY_TINFO_H */
