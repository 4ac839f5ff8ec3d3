/* SPDX-License-Identifier: ISC */
#ifndef OS_PROC_H
#define OS_PROC_H

#include <stddef.h>
#include <sys/types.h>

/*
 * What can be learnt about other processes; one file per system.  All return
 * 0, or -1 with an empty buf if it cannot be known.
 */

/*
 * Name of the command in the foreground of a terminal, as a user would call
 * it: "vim", "bash" (not "-bash", nor "/usr/bin/bash").
 */
int	os_proc_foreground_name(int master_fd, char *buf, size_t size);

/* Its process group, or -1. */
pid_t	os_proc_foreground_pgrp(int master_fd);

/* Current directory of a process or of what is in the foreground. */
int	os_proc_cwd(pid_t, char *buf, size_t size);
int	os_proc_foreground_cwd(int master_fd, char *buf, size_t size);

/*
 * Whether a process waits in a read from this terminal (the path of its slave
 * end): 1 yes, 0 no, -1 not known, as where the system does not tell or the
 * process runs with other rights than ours.
 */
int	os_proc_reads(pid_t, const char *tty);

/* Path of the program that a process runs. */
int	os_proc_exe(pid_t, char *buf, size_t size);

/*
 * What ps shows for us.  The first must be called at the start of main(); it
 * takes the memory of argv and, having moved them, of the environment's
 * strings.
 */
void	os_proc_title_init(int argc, char **argv);
void	os_proc_set_title(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2)));

/* For the files of each system: name of a process from its argv[0]. */
int	os_proc_name(pid_t pgrp, char *buf, size_t size);

#endif /* OS_PROC_H */
