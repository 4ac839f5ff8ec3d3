/* SPDX-License-Identifier: ISC */
/*
 * Changes of interfaces, addresses and routes.  Replacing the default route
 * brings only a route message, no address message, so all three are asked
 * for.  What exactly changed does not matter: whoever hears of it probes its
 * paths again.
 */

#include "os/netmon.h"

#include "config.h"

#include <sys/types.h>
#include <sys/socket.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>
#if defined(HAVE_LINUX_NETLINK_H)
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#elif defined(HAVE_NET_ROUTE_H)
#include <net/route.h>
#endif

#include "os/sock.h"

int
os_netmon_open(void)
{
	int			fd = -1;
#if defined(HAVE_LINUX_NETLINK_H)
	struct sockaddr_nl	nl;

	fd = socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC|SOCK_NONBLOCK,
	    NETLINK_ROUTE);
	if (fd == -1)
		return (-1);
	memset(&nl, 0, sizeof nl);
	nl.nl_family = AF_NETLINK;
	nl.nl_groups = RTMGRP_LINK|RTMGRP_IPV4_IFADDR|RTMGRP_IPV6_IFADDR|
	    RTMGRP_IPV4_ROUTE|RTMGRP_IPV6_ROUTE;
	if (bind(fd, (struct sockaddr *)&nl, sizeof nl) == -1) {
		close(fd);
		return (-1);
	}
#elif defined(HAVE_NET_ROUTE_H)
	fd = socket(PF_ROUTE, SOCK_RAW, 0);
	if (fd == -1)
		return (-1);
	os_set_cloexec(fd, true);
	os_set_nonblock(fd, true);
#endif
	return (fd);
}

int
os_netmon_drain(int fd)
{
	char	buf[8192];
	ssize_t	n;
	int	changed = 0;

	for (;;) {
		n = recv(fd, buf, sizeof buf, MSG_DONTWAIT);
		if (n == -1 && errno == EINTR)
			continue;
		/* Too many at once to be kept: something did change. */
		if (n == -1 && errno == ENOBUFS) {
			changed = 1;
			continue;
		}
		if (n <= 0)
			return (changed);
		changed = 1;
	}
}
