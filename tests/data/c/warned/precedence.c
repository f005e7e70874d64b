// SPDX-License-Identifier: GPL-2.0-or-later
/* How operators bind where a reader, or a parser, may slip. */
#include "oomrace.h"

struct pair {
	int low;
	int high[2];
	struct pair *other;
};

int arithmetic[8], unary[12], stars[6], nested[6];
struct pair pairs[2] = { { .low = 3, .high = { 4, 5 }, .other = &pairs[1] }, { .low = 6 } };

static int twice(int n)
{
	return(n) + n;
}

void run(void)
{
	int a = 7, b = 3, c = 2;
	int cells[4] = { 1, 2, 3, 4 };
	int *p = cells;
	struct pair *q = pairs;

	arithmetic[0] = a - b - c;
	arithmetic[1] = a - (b) - (c);
	arithmetic[2] = (a) - b * (c);
	arithmetic[3] = (a) * (b) & (c);
	arithmetic[4] = a << c + 1;
	arithmetic[5] = (a) - -b - - c;
	arithmetic[6] = (a)+(b)-+1;
	arithmetic[7] = a-1-b+ +c;
	unary[0] = -a * b;
	unary[1] = !a == !b;
	unary[2] = ~a & b;
	unary[3] = -twice(a) - -twice(b);
	unary[4] = (int)-a + b;
	unary[5] = (int)!a - 1;
	unary[6] = -(int)a * (int)~b;
	unary[7] = !(bool)a + 1;
	unary[8] = (unsigned int)-1 / (unsigned int)a > 1;
	unary[9] = -q->high[1] - !q->other->low;
	unary[10] = - -a - -+b;
	unary[11] = -a++ + !b-- - ~c++;
	stars[0] = *p++ * *q->high;
	stars[1] = -*p + !*p;
	stars[2] = ++*p;
	stars[3] = *&a * *&cells[1];
	stars[4] = (*p)++ + *(p + 1);
	stars[5] = - *++p - *cells;
	nested[0] = a ? b ? 1 : 2 : c ? 3 : 4;
	nested[1] = a == b ? 1 : a > b ? 2 : 3;
	nested[2] = nested[3] = a;
	nested[4] = (&pairs[0])->other[0].low + (*q).high[0];
	nested[5] = a < b == c > b != (a & 1);
}
