// SPDX-License-Identifier: GPL-2.0-or-later
/* Wrapping arithmetic of both unsigned widths in well-known mixes. */
#include "oomrace.h"

unsigned int words[4] = { 0xdeadbeef, 7, 0, 0x80000001 };
unsigned int adler, rotated, crc = 0xffffffff;
unsigned long fnv = 0xcbf29ce484222325, lcg = 42;
int ones;

static unsigned int rotate(unsigned int value, int by)
{
	return value << by | value >> (32 - by);
}

static int weight(unsigned long value)
{
	int count = 0;

	for (; value; value &= value - 1)
		count++;
	return count;
}

void run(void)
{
	unsigned int a = 1, b = 0;

	for (int i = 0; i < 4; i++) {
		for (int byte = 0; byte < 4; byte++) {
			unsigned int octet = words[i] >> 8 * byte & 0xff;

			fnv = (fnv ^ octet) * 0x100000001b3;
			a = (a + octet) % 65521;
			b = (b + a) % 65521;
		}
		rotated = rotate(rotated ^ words[i], 7 + i);
		lcg = lcg * 6364136223846793005 + 1442695040888963407;
		crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 ^ words[i] : words[i]);
	}
	adler = b << 16 | a;
	ones = weight(fnv) * 100 + weight(lcg >> 32);
}
