// SPDX-License-Identifier: GPL-2.0-or-later
/* Each op= on locals, globals, members, elements and through pointers. */
#include "oomrace.h"

struct account {
	long balance;
	unsigned int flags;
};

int values[4] = { 100, 200, 300, 400 };
struct account account = { .balance = 5, .flags = 0xff };
struct account *owner = &account;
unsigned long shared = 0x10;
int local_result, narrowed;

void run(void)
{
	int local = 10;
	int *pointer = &values[2];

	local += 5;
	local -= 3;
	local *= 7;
	local /= 2;
	local %= 29;
	local_result = local;
	shared <<= 4;
	shared |= 3;
	shared ^= 0x101;
	shared &= ~1ul;
	shared >>= 1;
	values[1] += values[0];
	values[3] %= 70;
	*pointer *= -2;
	*(pointer - 2) -= 1;
	account.balance -= 50;
	owner->balance *= 1000000000000;
	owner->flags <<= 26;
	owner->flags /= 3;
	narrowed = 1000;
	narrowed += 4294967296l;
	narrowed = local += 1;
}
