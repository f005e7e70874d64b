// SPDX-License-Identifier: GPL-2.0-or-later
/* Division goes towards zero; the rest has the sign of its left side. */
#include "oomrace.h"

int quotient[4], rest[4];
long long_quotient, long_remainder;
unsigned int unsigned_quotient, unsigned_remainder;
unsigned long huge_quotient, huge_remainder;
int mixed;

void run(void)
{
	int dividends[4] = { 17, -17, 17, -17 };
	int divisors[4] = { 5, 5, -5, -5 };

	for (int i = 0; i < 4; i++) {
		quotient[i] = dividends[i] / divisors[i];
		rest[i] = dividends[i] % divisors[i];
	}
	long_quotient = -9000000000l / 7;
	long_remainder = -9000000000l % 7;
	unsigned_quotient = -17 / 5u;
	unsigned_remainder = -17 % 5u;
	huge_quotient = -17 / 5ul;
	huge_remainder = -17 % 5ul;
	mixed = -100 / 7 * 7 % 10;
	mixed *= 100 / (dividends[1] + 10);
}
