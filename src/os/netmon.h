/* SPDX-License-Identifier: ISC */
#ifndef OS_NETMON_H
#define OS_NETMON_H

/*
 * A descriptor (non-blocking) that becomes readable when interfaces, addresses
 * or routes of this machine change; -1 if the system cannot tell.
 */
int	os_netmon_open(void);

/* Read all that is there; returns whether there was a change. */
int	os_netmon_drain(int fd);

#endif /* OS_NETMON_H */
