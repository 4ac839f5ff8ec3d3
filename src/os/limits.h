/* SPDX-License-Identifier: ISC */
#ifndef OS_LIMITS_H
#define OS_LIMITS_H

/* Raise the soft limit of descriptors to the hard one; returns it. */
long	os_limit_files(void);

/*
 * No core files and no ptrace by others of the same user, as our memory holds
 * keys.  Returns 0 or -1.
 */
int	os_limit_nodump(void);

#endif /* OS_LIMITS_H */
