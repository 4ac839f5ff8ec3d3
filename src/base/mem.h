/* SPDX-License-Identifier: ISC */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* Zero memory that held a secret; the compiler may not leave this out. */
void	mem_wipe(void *, size_t);

/* Compare in a time that depends only on n. */
bool	mem_equal_ct(const void *, const void *, size_t n);

#endif /* BASE_MEM_H */
