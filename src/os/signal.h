/* SPDX-License-Identifier: ISC */
#ifndef OS_SIGNAL_H
#define OS_SIGNAL_H

/* All signals to their default and none blocked: for a new child. */
void	os_signal_reset(void);

/* Ignore, for the life of the program. */
void	os_signal_ignore(int sig);

/* The name without SIG ("HUP"), or NULL; and back, or -1 (takes numbers). */
const char	*os_signal_name(int sig);
int		 os_signal_number(const char *name);

#endif /* OS_SIGNAL_H */
