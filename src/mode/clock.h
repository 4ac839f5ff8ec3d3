/* SPDX-License-Identifier: ISC */

/* clock.h - clock mode: the time of day in large digits.  Any key leaves it. */

#ifndef MODE_CLOCK_H
#define MODE_CLOCK_H

#include "mode/mode.h"

/* In the order of the option clock-mode-style. */
enum clock_style { CLOCK_12, CLOCK_24, CLOCK_12_SECONDS, CLOCK_24_SECONDS };

struct clock_config {
	uint32_t	 colour;
	enum clock_style style;
	void		*arg;
	time_t		(*wall)(void *arg);	/* seconds since 1970 */
};

struct mode	*clock_new(int cols, int rows, const struct clock_config *, usec_t now);
void		 clock_configure(struct mode *, uint32_t colour, enum clock_style);

/* One character of the large font at x, y: 5 by 5 cells of a background colour. */
#define DIGIT_COLS	5
#define DIGIT_ROWS	5
void		 digit_draw(struct canvas *, int x, int y, char, uint32_t colour);

#endif
