/* SPDX-License-Identifier: ISC */

/* args.h - the flags and arguments of one command. */

#ifndef CMD_ARGS_H
#define CMD_ARGS_H

#include "cmd/cmd.h"

#define ARGS_MAX	1000	/* arguments of one command */

/* An argument: a string, or commands that were in braces. */
struct args_value {
	char		*string;	/* of braces: made when asked for */
	struct cmd_list	*commands;	/* NULL: a string */
	bool		 given;		/* false: optional value left out */
};

struct args	*args_new(void);
void		 args_free(struct args *);
struct args	*args_copy(const struct args *);

/*
 * Take the flags of argv by a getopt template.  Values move into the result
 * (and are left empty).  NULL and *cause on error.
 */
struct args	*args_parse(const struct cmd_entry *, struct args_value *argv,
		    int argc, char **cause);
void		 args_values_free(struct args_value *, int n);

int		 args_has(const struct args *, int flag);	/* how often */
const char	*args_get(const struct args *, int flag);	/* last value */
/* Values of a flag given several times: 0 .. n-1, NULL beyond. */
const char	*args_get_nth(const struct args *, int flag, int n);
void		 args_set(struct args *, int flag, const char *value);

int		 args_count(const struct args *);
const char	*args_string(const struct args *, int idx);	/* NULL beyond */
struct cmd_list	*args_commands(const struct args *, int idx);	/* or NULL */
void		 args_push(struct args *, const char *);
/* A NULL-terminated copy of the arguments from idx on. */
char		**args_vector(const struct args *, int from, int *argc);
void		 args_vector_free(char **, int argc);
/* The arguments from idx on with blanks between. */
char		*args_join(const struct args *, int from);

/* Canonical text of flags and arguments, without the name. */
char		*args_print(const struct args *);
char		*args_escape(const char *);		/* one word */

/* A number; *cause "too small" etc. */
long long	 args_number(const struct args *, int flag, long long min,
		    long long max, char **cause);
/* "50%" of cur or a number. */
long long	 args_percent(const char *, long long min, long long max,
		    long long cur, char **cause);

#endif
