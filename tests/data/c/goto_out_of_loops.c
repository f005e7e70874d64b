// SPDX-License-Identifier: GPL-2.0-or-later
/* Jumps out of nested loops and blocks, and into a loop's next turn. */
#include "oomrace.h"

int grid[3][4] = { { 1, 2, 3, 4 }, { 5, 6, 7, 8 }, { 9, 10, 11, 12 } };
int found_row = -1, found_column = -1, visited, skipped, turns;

void run(void)
{
	int row, column = 0;

	for (row = 0; row < 3; row++) {
		for (column = 0; column < 4; column++) {
			int value = grid[row][column];

			visited++;
			if (value == 2)
				goto next_row;
			while (value > 6) {
				value -= 3;
				if (value == 5)
					goto found;
			}
		}
		continue;
next_row:
		skipped++;
	}
found:
	found_row = row;
	found_column = column;
	do {
		if (++turns == 3)
			goto out;
		if (turns % 2)
			goto again;
		visited += 100;
again:
		;
	} while (turns < 5);
	turns = -1;
out:
	grid[0][0] = turns;
}
