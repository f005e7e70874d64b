// SPDX-License-Identifier: GPL-2.0-or-later
/* for with each part missing, several declarations, and in nests. */
#include "oomrace.h"

int sum, product = 1, missing, both, triangle, backwards, last;
unsigned int halves;

void run(void)
{
	int i = 0;

	for (int j = 1; j <= 4; j++)
		product *= j;
	for (i = 10; i > 0; i -= 3)
		sum += i;
	last = i;
	for (; i < 5; )
		i++;
	for (;;) {
		if (++missing == 6)
			break;
		if (missing % 2)
			continue;
		both += missing;
	}
	for (int low = 0, high = 9; low < high; low++) {
		high -= 2;
		both += low * high;
	}
	for (int row = 0; row < 4; row++)
		for (int column = 0; column <= row; column++)
			if (column == 2)
				break;
			else
				triangle += row + column;
	for (unsigned int n = 1u << 20; n; n >>= 1)
		halves++;
	for (int n = 3; n >= 0; --n)
		backwards = backwards * 10 + n;
	for (int n = 0; n < 3; n++) {
		int n = 7;

		last += n;
	}
}
