/* SPDX-License-Identifier: ISC */
#ifndef OS_LIMITS_H
#define OS_LIMITS_H

/*
 * Raise the soft limit of descriptors to the hard one; returns what it is now,
 * or -1.  Children get the old one back (see os_spawn()): programs that close
 * or select() on all possible descriptors expect a modest number.
 */
long	os_limit_files(void);

/*
 * No core files and no ptrace by others of the same user, as our memory holds
 * keys.  Returns 0 or -1.  Children are not affected.
 */
int	os_limit_nodump(void);

/* Undo both, in a child; only makes system calls. */
void	os_limit_restore(void);

#endif /* OS_LIMITS_H */
