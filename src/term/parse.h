/* SPDX-License-Identifier: ISC */

/*
 * parse.h - bytes of a terminal stream into text, controls and sequences.
 *
 * Knows nothing of screens.  Whoever uses it gives a struct parse_ops; the
 * pointers passed to its functions are valid during the call only.
 */

#ifndef TERM_PARSE_H
#define TERM_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define PARSE_PARAMS_MAX	32	/* with sub-parameters; more are ignored */
#define PARSE_PARAM_MAX		65535	/* larger numbers saturate */
#define PARSE_INTER_MAX		2
#define PARSE_CPS		512	/* code points handed over at once */
#define PARSE_RAW_MAX		4096	/* kept of an unfinished sequence */

enum parse_string { PARSE_OSC, PARSE_APC, PARSE_PM, PARSE_SOS, PARSE_TITLE };

/* What a CSI or DCS carries before its final byte. */
struct parse_seq {
	uint8_t	 prefix;		/* '<', '=', '>', '?' or 0 */
	uint8_t	 inter[PARSE_INTER_MAX];
	uint8_t	 ninter;
	uint8_t	 final;
	bool	 too_many;		/* intermediates: ignore it */
	uint8_t	 nparams;
	int32_t	 param[PARSE_PARAMS_MAX];	/* -1: left out */
	uint32_t sub;			/* bit i: param i came after a colon */
};

struct parse_ops {
	/* Printable ASCII, n >= 1. */
	void	(*ascii)(void *, const uint8_t *, size_t n);
	/* Code points, of which none is a control. */
	void	(*text)(void *, const uint32_t *, size_t n);
	void	(*control)(void *, uint8_t);
	void	(*esc)(void *, const uint8_t *inter, int ninter, uint8_t final);
	void	(*csi)(void *, const struct parse_seq *);
	/* OSC, APC, PM, SOS and ESC k: the whole string. */
	void	(*string)(void *, enum parse_string, const uint8_t *, size_t);
	void	(*dcs)(void *, const struct parse_seq *, const uint8_t *, size_t);
};

struct parser {
	const struct parse_ops	*ops;
	void			*arg;
	uint8_t			 state;		/* enum parse_state */
	uint8_t			 kind;		/* enum parse_string, or DCS */
	bool			 skip;		/* string longer than it may be */
	bool			 stop;		/* parse_stop() */
	bool			 bel;		/* the string ended with BEL, not ST */
	struct parse_seq	 seq;
	uint8_t			 utf8[4];	/* an unfinished character */
	uint8_t			 nutf8;
	struct buf		 str;
	struct buf		 raw;		/* the unfinished sequence */
};

/* string_max: most bytes of an OSC, DCS, APC; longer ones are dropped. */
void		 parse_init(struct parser *, const struct parse_ops *, void *arg,
		    size_t string_max);
void		 parse_fini(struct parser *);
void		 parse_set_string_max(struct parser *, size_t);
/* Returns how many bytes it took: all, unless parse_stop() was called within. */
size_t		 parse_feed(struct parser *, const uint8_t *, size_t);
/* From esc(): what follows this sequence is not for the parser to read as it is. */
void		 parse_stop(struct parser *);
/* Forget an unfinished sequence. */
void		 parse_reset(struct parser *);
/* In the middle of a sequence or character? */
bool		 parse_pending(const struct parser *);

/* Parameter i, or what it is when left out or 0. */
static inline int
seq_param(const struct parse_seq *s, int i, int otherwise)
{
	return (i < s->nparams && s->param[i] > 0 ? s->param[i] : otherwise);
}

/* --- the table, for the parser and its tests --- */

enum parse_state {
	PS_GROUND, PS_ESC, PS_ESC_INTER, PS_CSI_ENTRY, PS_CSI_PARAM,
	PS_CSI_INTER, PS_CSI_IGNORE, PS_DCS_ENTRY, PS_DCS_PARAM, PS_DCS_INTER,
	PS_DCS_IGNORE, PS_DCS_STRING, PS_DCS_ESC, PS_STRING, PS_STRING_ESC,
	PS_STATES
};
enum parse_action {
	PA_NONE, PA_IGNORE, PA_PRINT, PA_EXECUTE, PA_CLEAR, PA_COLLECT,
	PA_PREFIX, PA_PARAM, PA_ESC, PA_CSI, PA_STRING_START, PA_STRING_PUT,
	PA_STRING_END, PA_STRING_BEL, PA_DCS_START, PA_ABORT
};
/* state << 4 | action for each state and byte. */
const uint8_t	(*parse_table(void))[256];

struct parse_rule {
	uint8_t	 state, first, last, action, next;
};
extern const struct parse_rule parse_rules[];
extern const size_t parse_nrules;

#endif
