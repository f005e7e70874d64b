// SPDX-License-Identifier: GPL-2.0-or-later
/* while and do: conditions with side effects, break, continue. */
#include "oomrace.h"

int countdown = 5, turns, gcd, skipped, once, collatz, never;
int stack[4] = { 8, 6, 7, 5 };

void run(void)
{
	int a = 252, b = 105, n = 27, depth = 4;

	while (countdown-- > 0)
		turns++;
	while (b) {
		int rest = a % b;

		a = b;
		b = rest;
	}
	gcd = a;
	do
		once++;
	while (once < 0);
	do {
		if (n % 2) {
			n = 3 * n + 1;
			continue;
		}
		n /= 2;
		if (n == 1)
			break;
	} while (++collatz < 200);
	while (depth) {
		if (stack[--depth] == 7)
			continue;
		skipped = skipped * 10 + stack[depth];
	}
	while (never)
		never++;
	while (true) {
		if (turns++ > 8)
			break;
	}
}
