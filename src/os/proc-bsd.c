/* SPDX-License-Identifier: ISC */
/*
 * Processes by sysctl(3) on FreeBSD, DragonFly, NetBSD and OpenBSD.  Where a
 * system has no call for something, that is simply not known.
 */

#include "os/proc.h"

#include <sys/param.h>
#include <sys/types.h>
#include <sys/sysctl.h>
#if defined(__FreeBSD__) || defined(__DragonFly__)
#include <sys/user.h>
#endif

#include <limits.h>
#include <string.h>

#include "base/str.h"

int
os_proc_name(pid_t pgrp, char *buf, size_t size)
{
#if defined(__FreeBSD__)
	struct kinfo_proc	 kp;
	int			 mib[4] = { CTL_KERN, KERN_PROC, KERN_PROC_PID,
				    pgrp };
	const char		*name = kp.ki_comm;
#elif defined(__DragonFly__)
	struct kinfo_proc	 kp;
	int			 mib[4] = { CTL_KERN, KERN_PROC, KERN_PROC_PID,
				    pgrp };
	const char		*name = kp.kp_comm;
#elif defined(__NetBSD__)
	struct kinfo_proc2	 kp;
	int			 mib[6] = { CTL_KERN, KERN_PROC2, KERN_PROC_PID,
				    pgrp, sizeof kp, 1 };
	const char		*name = kp.p_comm;
#else
	struct kinfo_proc	 kp;
	int			 mib[6] = { CTL_KERN, KERN_PROC, KERN_PROC_PID,
				    pgrp, sizeof kp, 1 };
	const char		*name = kp.p_comm;
#endif
	size_t			 n = sizeof kp;

	*buf = '\0';
	if (sysctl(mib, sizeof mib / sizeof *mib, &kp, &n, NULL, 0) == -1 ||
	    n == 0)
		return (-1);
	strlcpy(buf, name, size);
	return (*buf == '\0' ? -1 : 0);
}

int
os_proc_cwd(pid_t pid, char *buf, size_t size)
{
	*buf = '\0';
#if defined(KERN_PROC_CWD) && defined(__FreeBSD__)
	{
		struct kinfo_file	kf;
		int			mib[4] = { CTL_KERN, KERN_PROC,
					    KERN_PROC_CWD, pid };
		size_t			n = sizeof kf;

		if (sysctl(mib, 4, &kf, &n, NULL, 0) == -1)
			return (-1);
		strlcpy(buf, kf.kf_path, size);
	}
#elif defined(KERN_PROC_CWD) && defined(__OpenBSD__)
	{
		int	mib[3] = { CTL_KERN, KERN_PROC_CWD, pid };
		size_t	n = size;

		if (sysctl(mib, 3, buf, &n, NULL, 0) == -1)
			*buf = '\0';
	}
#elif defined(KERN_PROC_CWD)
	{
		int	mib[4] = { CTL_KERN, KERN_PROC_ARGS, pid,
			    KERN_PROC_CWD };
		size_t	n = size;

		if (sysctl(mib, 4, buf, &n, NULL, 0) == -1)
			*buf = '\0';
	}
#else
	(void)pid;
	(void)size;
#endif
	return (*buf == '\0' ? -1 : 0);
}

int
os_proc_reads(pid_t pid, const char *tty)
{
	(void)pid;
	(void)tty;
	return (-1);
}

int
os_proc_exe(pid_t pid, char *buf, size_t size)
{
	*buf = '\0';
#if defined(KERN_PROC_PATHNAME) && defined(__NetBSD__)
	{
		int	mib[4] = { CTL_KERN, KERN_PROC_ARGS, pid,
			    KERN_PROC_PATHNAME };
		size_t	n = size;

		if (sysctl(mib, 4, buf, &n, NULL, 0) == -1)
			*buf = '\0';
	}
#elif defined(KERN_PROC_PATHNAME)
	{
		int	mib[4] = { CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME,
			    pid };
		size_t	n = size;

		if (sysctl(mib, 4, buf, &n, NULL, 0) == -1)
			*buf = '\0';
	}
#else
	(void)pid;
	(void)size;
#endif
	return (*buf == '\0' ? -1 : 0);
}
