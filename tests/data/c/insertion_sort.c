// SPDX-License-Identifier: GPL-2.0-or-later
/* A sort in place over an array of structs, then a binary search. */
#include "oomrace.h"

struct entry {
	int key;
	int place;
};

struct entry entries[7] = {
	{ 31, 0 }, { -4, 1 }, { 15, 2 }, { 9, 3 }, { 26, 4 }, { -5, 5 }, { 15, 6 },
};
int moves, found[3];

static void sort(struct entry *from, int length)
{
	for (int i = 1; i < length; i++) {
		struct entry moving = from[i];
		int j = i;

		while (j > 0 && from[j - 1].key > moving.key) {
			from[j] = from[j - 1];
			j--;
			moves++;
		}
		from[j] = moving;
	}
}

static int search(int key)
{
	int low = 0, high = 7;

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (entries[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < 7 && entries[low].key == key ? low : -1;
}

void run(void)
{
	sort(entries, 7);
	found[0] = search(15);
	found[1] = search(31);
	found[2] = search(10);
}
