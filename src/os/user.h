/* SPDX-License-Identifier: ISC */
#ifndef OS_USER_H
#define OS_USER_H

#include <stdbool.h>

/*
 * About the user we run as.  The strings are static, found out once.
 */

/* $SHELL if it is usable, then the one in the password file, then /bin/sh. */
const char	*os_user_shell(void);

/* An absolute path of something executable that is not ourselves. */
bool		 os_user_shell_ok(const char *);

/* $HOME, then the password file, then "/". */
const char	*os_user_home(void);

/* Never $USER alone: the password file, then $USER, then the number. */
const char	*os_user_name(void);

/* The name of this machine; and without its domain. */
const char	*os_user_host(void);
const char	*os_user_host_short(void);

/*
 * The directory for sockets: tmpdir (if not NULL), or /tmp, with "/NAME-UID"
 * behind it.  Not made; see os_sock_check_dir().  To be freed.
 */
char		*os_user_runtime_dir(const char *name, const char *tmpdir);

/* "~" and "~user" at the start of a path resolved; to be freed, or NULL. */
char		*os_user_expand(const char *path);

#endif /* OS_USER_H */
