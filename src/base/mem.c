/* SPDX-License-Identifier: ISC */
/* Memory that holds secrets. */

#include "base/mem.h"

#include <stdint.h>

#include "base/compat.h"

void
mem_wipe(void *p, size_t n)
{
	if (n != 0)
		explicit_bzero(p, n);
}

bool
mem_equal_ct(const void *a, const void *b, size_t n)
{
	const volatile uint8_t	*p = a, *q = b;
	unsigned int		 diff = 0;
	size_t			 i;

	for (i = 0; i < n; i++)
		diff |= (unsigned int)(p[i] ^ q[i]);
	return (diff == 0);
}
