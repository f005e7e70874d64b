// SPDX-License-Identifier: GPL-2.0-or-later
/* The type of a literal follows from its form: each line would differ. */
#include "oomrace.h"

long decimal, hex, octal, suffixed, minus_hex, minus_decimal;
unsigned long all, upper, mixed_suffix;
int nine = 0x9, eight = 010, zero = 00;
unsigned int capital = 0XABCDEFU;
bool decimal_is_signed, hex_is_unsigned, wide_is_long;

void run(void)
{
	decimal = 2147483648;
	hex = 0xffffffff;
	octal = 0777;
	suffixed = 10L * 4000000000U;
	minus_hex = -0x80000000;
	minus_decimal = -2147483648;
	all = 0xffffffffffffffff;
	upper = 18446744073709551615UL;
	mixed_suffix = 1lu + 2Lu + 3ul + 4uL;
	decimal_is_signed = -2147483648 < 0;
	hex_is_unsigned = -0x80000000 > 0;
	wide_is_long = -4294967296 < 0;
}
