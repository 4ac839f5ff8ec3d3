/* SPDX-License-Identifier: ISC */

/*
 * parse-table.c - the states of the parser as rules, and as a table.
 *
 * After Paul Williams, "A parser for DEC's ANSI-compatible video terminals"
 * (vt100.net/emu/dec_ansi_parser), with these differences:
 *
 *  - bytes from 0x80 are never C1 controls: the stream is UTF-8.  In the
 *    ground state they are text, in strings content, elsewhere ignored;
 *  - a string (OSC, APC, PM, SOS, ESC k) ends with ESC \, an OSC also with BEL.
 *    ESC and anything else breaks it off, and is then what it says;
 *  - in a DCS, ESC is not followed at once: ESC x other than ESC \ is content
 *    x if the DCS is a passthrough ("tmux;") and breaks it off otherwise;
 *    parse.c decides at PS_DCS_ESC;
 *  - colons are parameter bytes and separate sub-parameters;
 *  - DEL is ignored everywhere outside strings.
 *
 *	GROUND --ESC--> ESC --[--> CSI_ENTRY --0-9;:--> CSI_PARAM --@-~--> GROUND
 *	                 | \--P--> DCS_ENTRY ... --@-~--> DCS_STRING --ESC \-->
 *	                 |  \-]X^_k-> STRING --BEL, ESC \--> GROUND
 *	                 \--SP-/--> ESC_INTER --0-~--> GROUND
 *
 * Every byte of every state is ruled exactly once or falls under one of the
 * rules for ANY (CAN, SUB, ESC), which come first; a test counts.
 */

#include "term/parse.h"

#define ANY	PS_STATES
#define STAY	0xff

const struct parse_rule parse_rules[] = {
	/* Anywhere; strings rule on these bytes for themselves. */
	{ ANY, 0x18, 0x18, PA_ABORT, PS_GROUND },
	{ ANY, 0x1a, 0x1a, PA_ABORT, PS_GROUND },
	{ ANY, 0x1b, 0x1b, PA_CLEAR, PS_ESC },

	{ PS_GROUND, 0x00, 0x17, PA_EXECUTE, STAY },
	{ PS_GROUND, 0x19, 0x19, PA_EXECUTE, STAY },
	{ PS_GROUND, 0x1c, 0x1f, PA_EXECUTE, STAY },
	{ PS_GROUND, 0x20, 0x7e, PA_PRINT, STAY },
	/* DEL: a character in sets of 96, else nothing. */
	{ PS_GROUND, 0x7f, 0x7f, PA_EXECUTE, STAY },
	{ PS_GROUND, 0x80, 0xff, PA_PRINT, STAY },

	{ PS_ESC, 0x00, 0x17, PA_EXECUTE, STAY },
	{ PS_ESC, 0x19, 0x19, PA_EXECUTE, STAY },
	{ PS_ESC, 0x1c, 0x1f, PA_EXECUTE, STAY },
	{ PS_ESC, 0x20, 0x2f, PA_COLLECT, PS_ESC_INTER },
	{ PS_ESC, 0x30, 0x4f, PA_ESC, PS_GROUND },
	{ PS_ESC, 'P', 'P', PA_CLEAR, PS_DCS_ENTRY },
	{ PS_ESC, 0x51, 0x57, PA_ESC, PS_GROUND },
	{ PS_ESC, 'X', 'X', PA_STRING_START, PS_STRING },	/* SOS */
	{ PS_ESC, 0x59, 0x5a, PA_ESC, PS_GROUND },
	{ PS_ESC, '[', '[', PA_CLEAR, PS_CSI_ENTRY },
	{ PS_ESC, '\\', '\\', PA_ESC, PS_GROUND },
	{ PS_ESC, ']', ']', PA_STRING_START, PS_STRING },	/* OSC */
	{ PS_ESC, '^', '^', PA_STRING_START, PS_STRING },	/* PM */
	{ PS_ESC, '_', '_', PA_STRING_START, PS_STRING },	/* APC */
	{ PS_ESC, 0x60, 0x6a, PA_ESC, PS_GROUND },
	{ PS_ESC, 'k', 'k', PA_STRING_START, PS_STRING },	/* title */
	{ PS_ESC, 0x6c, 0x7e, PA_ESC, PS_GROUND },
	{ PS_ESC, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_ESC_INTER, 0x00, 0x17, PA_EXECUTE, STAY },
	{ PS_ESC_INTER, 0x19, 0x19, PA_EXECUTE, STAY },
	{ PS_ESC_INTER, 0x1c, 0x1f, PA_EXECUTE, STAY },
	{ PS_ESC_INTER, 0x20, 0x2f, PA_COLLECT, STAY },
	{ PS_ESC_INTER, 0x30, 0x7e, PA_ESC, PS_GROUND },
	{ PS_ESC_INTER, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_CSI_ENTRY, 0x00, 0x17, PA_EXECUTE, STAY },
	{ PS_CSI_ENTRY, 0x19, 0x19, PA_EXECUTE, STAY },
	{ PS_CSI_ENTRY, 0x1c, 0x1f, PA_EXECUTE, STAY },
	{ PS_CSI_ENTRY, 0x20, 0x2f, PA_COLLECT, PS_CSI_INTER },
	{ PS_CSI_ENTRY, 0x30, 0x3b, PA_PARAM, PS_CSI_PARAM },
	{ PS_CSI_ENTRY, 0x3c, 0x3f, PA_PREFIX, PS_CSI_PARAM },
	{ PS_CSI_ENTRY, 0x40, 0x7e, PA_CSI, PS_GROUND },
	{ PS_CSI_ENTRY, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_CSI_PARAM, 0x00, 0x17, PA_EXECUTE, STAY },
	{ PS_CSI_PARAM, 0x19, 0x19, PA_EXECUTE, STAY },
	{ PS_CSI_PARAM, 0x1c, 0x1f, PA_EXECUTE, STAY },
	{ PS_CSI_PARAM, 0x20, 0x2f, PA_COLLECT, PS_CSI_INTER },
	{ PS_CSI_PARAM, 0x30, 0x3b, PA_PARAM, STAY },
	{ PS_CSI_PARAM, 0x3c, 0x3f, PA_IGNORE, PS_CSI_IGNORE },
	{ PS_CSI_PARAM, 0x40, 0x7e, PA_CSI, PS_GROUND },
	{ PS_CSI_PARAM, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_CSI_INTER, 0x00, 0x17, PA_EXECUTE, STAY },
	{ PS_CSI_INTER, 0x19, 0x19, PA_EXECUTE, STAY },
	{ PS_CSI_INTER, 0x1c, 0x1f, PA_EXECUTE, STAY },
	{ PS_CSI_INTER, 0x20, 0x2f, PA_COLLECT, STAY },
	{ PS_CSI_INTER, 0x30, 0x3f, PA_IGNORE, PS_CSI_IGNORE },
	{ PS_CSI_INTER, 0x40, 0x7e, PA_CSI, PS_GROUND },
	{ PS_CSI_INTER, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_CSI_IGNORE, 0x00, 0x17, PA_EXECUTE, STAY },
	{ PS_CSI_IGNORE, 0x19, 0x19, PA_EXECUTE, STAY },
	{ PS_CSI_IGNORE, 0x1c, 0x1f, PA_EXECUTE, STAY },
	{ PS_CSI_IGNORE, 0x20, 0x3f, PA_IGNORE, STAY },
	{ PS_CSI_IGNORE, 0x40, 0x7e, PA_NONE, PS_GROUND },
	{ PS_CSI_IGNORE, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_DCS_ENTRY, 0x00, 0x17, PA_IGNORE, STAY },
	{ PS_DCS_ENTRY, 0x19, 0x19, PA_IGNORE, STAY },
	{ PS_DCS_ENTRY, 0x1c, 0x1f, PA_IGNORE, STAY },
	{ PS_DCS_ENTRY, 0x20, 0x2f, PA_COLLECT, PS_DCS_INTER },
	{ PS_DCS_ENTRY, 0x30, 0x3b, PA_PARAM, PS_DCS_PARAM },
	{ PS_DCS_ENTRY, 0x3c, 0x3f, PA_PREFIX, PS_DCS_PARAM },
	{ PS_DCS_ENTRY, 0x40, 0x7e, PA_DCS_START, PS_DCS_STRING },
	{ PS_DCS_ENTRY, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_DCS_PARAM, 0x00, 0x17, PA_IGNORE, STAY },
	{ PS_DCS_PARAM, 0x19, 0x19, PA_IGNORE, STAY },
	{ PS_DCS_PARAM, 0x1c, 0x1f, PA_IGNORE, STAY },
	{ PS_DCS_PARAM, 0x20, 0x2f, PA_COLLECT, PS_DCS_INTER },
	{ PS_DCS_PARAM, 0x30, 0x3b, PA_PARAM, STAY },
	{ PS_DCS_PARAM, 0x3c, 0x3f, PA_IGNORE, PS_DCS_IGNORE },
	{ PS_DCS_PARAM, 0x40, 0x7e, PA_DCS_START, PS_DCS_STRING },
	{ PS_DCS_PARAM, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_DCS_INTER, 0x00, 0x17, PA_IGNORE, STAY },
	{ PS_DCS_INTER, 0x19, 0x19, PA_IGNORE, STAY },
	{ PS_DCS_INTER, 0x1c, 0x1f, PA_IGNORE, STAY },
	{ PS_DCS_INTER, 0x20, 0x2f, PA_COLLECT, STAY },
	{ PS_DCS_INTER, 0x30, 0x3f, PA_IGNORE, PS_DCS_IGNORE },
	{ PS_DCS_INTER, 0x40, 0x7e, PA_DCS_START, PS_DCS_STRING },
	{ PS_DCS_INTER, 0x7f, 0xff, PA_IGNORE, STAY },

	{ PS_DCS_IGNORE, 0x00, 0x17, PA_IGNORE, STAY },
	{ PS_DCS_IGNORE, 0x19, 0x19, PA_IGNORE, STAY },
	{ PS_DCS_IGNORE, 0x1c, 0xff, PA_IGNORE, STAY },

	{ PS_DCS_STRING, 0x00, 0x17, PA_STRING_PUT, STAY },
	{ PS_DCS_STRING, 0x19, 0x19, PA_STRING_PUT, STAY },
	{ PS_DCS_STRING, 0x1b, 0x1b, PA_NONE, PS_DCS_ESC },
	{ PS_DCS_STRING, 0x1c, 0xff, PA_STRING_PUT, STAY },

	{ PS_DCS_ESC, 0x00, 0xff, PA_STRING_END, PS_GROUND },

	{ PS_STRING, 0x00, 0x06, PA_IGNORE, STAY },
	{ PS_STRING, 0x07, 0x07, PA_STRING_BEL, STAY },
	{ PS_STRING, 0x08, 0x17, PA_IGNORE, STAY },
	{ PS_STRING, 0x19, 0x19, PA_IGNORE, STAY },
	{ PS_STRING, 0x1b, 0x1b, PA_NONE, PS_STRING_ESC },
	{ PS_STRING, 0x1c, 0x1f, PA_IGNORE, STAY },
	{ PS_STRING, 0x20, 0xff, PA_STRING_PUT, STAY },

	{ PS_STRING_ESC, 0x00, 0xff, PA_STRING_END, PS_GROUND },
};
const size_t parse_nrules = sizeof parse_rules / sizeof parse_rules[0];

/*
 * The rules expanded, once: constant afterwards, so nobody can tell who
 * caused it.
 */
const uint8_t
(*parse_table(void))[256]
{
	static uint8_t	 table[PS_STATES][256];
	static bool	 done;
	size_t		 i;
	int		 s, b;

	if (done)
		return ((const uint8_t (*)[256])table);
	for (i = 0; i < parse_nrules; i++) {
		const struct parse_rule	*r = &parse_rules[i];

		for (s = 0; s < PS_STATES; s++) {
			if (r->state != ANY && r->state != s)
				continue;
			for (b = r->first; b <= r->last; b++) {
				table[s][b] = (uint8_t)((r->next == STAY ? s :
				    r->next) << 4 | r->action);
			}
		}
	}
	done = true;
	return ((const uint8_t (*)[256])table);
}
