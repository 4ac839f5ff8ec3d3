/* SPDX-License-Identifier: ISC */
#ifndef OS_NETMON_H
#define OS_NETMON_H

/*
 * A descriptor that becomes readable when interfaces, addresses or routes of
 * this machine change (netlink, or the route socket).  -1 if there is none.
 * os_netmon_drain() reads what is there and says whether it mattered.
 */
int	os_netmon_open(void);
int	os_netmon_drain(int fd);

#endif /* OS_NETMON_H */
