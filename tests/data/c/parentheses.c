// SPDX-License-Identifier: GPL-2.0-or-later
/* Operands in parentheses before operators that could belong to the operand of a cast. */
#include "oomrace.h"

struct pair {
	int left, *right;
};

int a = 12, b = 5, c = 3, row[3] = { 4, 6, 9 }, *p = &b, **q = &p;
struct pair pair = { 8, &c };
int results[40];

static int f(void)
{
	return 21;
}

static int g(int x)
{
	return (x) + (x) - (2);
}

static int h(int x, int y)
{
	return (x) - (y);
}

void run(void)
{
	struct pair *of = &pair;

	results[0] = (f()) & 15;
	results[1] = (f()) - 1;
	results[2] = (a * (b)) - c;
	results[3] = !(f()) - 1;
	results[4] = (row[0] * (b)) - c;
	results[5] = (a) - b * c;
	results[6] = (a) * (b) - (c) * (a) + (b);
	results[7] = (a) & b * c;
	results[8] = (a) + b + c;
	results[9] = (g(a)) * c;
	results[10] = (g(a * b)) - (h(a, (b) - c));
	results[11] = (h((a) - b, (b) - (c))) & (a);
	results[12] = (a * (b * (c))) - (a * (g(b))) + c;
	results[13] = (a * *p) - c;
	results[14] = (a * **q) - (*p);
	results[15] = (row[a * (b) - 58]) - b;
	results[16] = (*row) - *(row + 1);
	results[17] = (of->left) - (pair.left * (b));
	results[18] = (*of->right) * -(c);
	results[19] = (-(a) - -(b) - ~(c)) & (a);
	results[20] = ((a)) - ((b)) * ((c));
	results[21] = (a) ? (b) - c : (c) - b;
	results[22] = (a) - b ? (b) : (c);
	results[23] = (a) && (b) - 5 ? 1 : (c) * 2;
	results[24] = (a) < (b) - c;
	results[25] = (a) << ((c) - 1);
	results[26] = (results[25]) - (results[0]) - 1;
	results[27] = (f() - 1) * c;
	results[28] = (f)() - (g)(2) * (1);
	results[29] = (int)(a) - b;
	results[30] = (int)-(a) + (b);
	results[31] = (long)(a) * (unsigned int)(b) - (c);
	results[32] = (a) - (int)(b) - (c);
	results[33] = (READ_ONCE(a)) - (1);
	results[34] = (a % (b)) - (a / (b));
	results[35] = (*&a) & (*p);
	(results[36]) = (a) - 1;
	*(&results[37]) = (b) - 1;
	(results)[38] = (row)[1] - (row)[0];
	(results[39])++;
	if ((a) - b)
		(b) -= (c) - 1;
	while ((b) - 1)
		(b)--;
	for ((c) = 3; (c) - 1; (c)--)
		(g(c));
	switch ((b) - (c)) {
	case (3) - (3):
		(a)++;
	}
	return;
}
