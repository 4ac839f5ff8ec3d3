/* SPDX-License-Identifier: ISC */
/* Processes by macOS' libproc. */

#include "os/proc.h"

#include <sys/param.h>
#include <sys/sysctl.h>

#include <libproc.h>
#include <string.h>

#include "base/str.h"

int
os_proc_name(pid_t pgrp, char *buf, size_t size)
{
	struct proc_bsdinfo	info;

	*buf = '\0';
	if (proc_pidinfo(pgrp, PROC_PIDTBSDINFO, 0, &info, sizeof info) !=
	    (int)sizeof info)
		return (-1);
	strlcpy(buf, *info.pbi_name != '\0' ? info.pbi_name : info.pbi_comm,
	    size);
	return (*buf == '\0' ? -1 : 0);
}

int
os_proc_cwd(pid_t pid, char *buf, size_t size)
{
	struct proc_vnodepathinfo	info;

	*buf = '\0';
	if (proc_pidinfo(pid, PROC_PIDVNODEPATHINFO, 0, &info, sizeof info) !=
	    (int)sizeof info)
		return (-1);
	strlcpy(buf, info.pvi_cdir.vip_path, size);
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
	char	path[PROC_PIDPATHINFO_MAXSIZE];

	*buf = '\0';
	if (proc_pidpath(pid, path, sizeof path) <= 0)
		return (-1);
	return (strlcpy(buf, path, size) >= size ? -1 : 0);
}
