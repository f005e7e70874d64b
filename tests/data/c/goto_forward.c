// SPDX-License-Identifier: GPL-2.0-or-later
/* Forward jumps: the kernel's unwinding of half-done work. */
#include "oomrace.h"

int held[3], journal[4], calls;

static int prepare(int failing)
{
	int error = -1;

	held[0]++;
	if (failing == 0)
		goto out_first;
	held[1]++;
	if (failing == 1)
		goto out_second;
	held[2]++;
	if (failing == 2)
		goto out_third;
	error = 0;
	goto out;

out_third:
	held[2] -= 10;
out_second:
	held[1] -= 100;
out_first:
	held[0] -= 1000;
out:
	calls++;
	return error;
}

void run(void)
{
	for (int i = 0; i < 4; i++)
		journal[i] = prepare(i) * 10 + i;
}
