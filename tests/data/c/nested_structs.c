// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs in structs in arrays: members named through three levels. */
#include "oomrace.h"

struct point {
	int x;
	int y;
};

struct box {
	struct point low;
	struct point high;
};

struct scene {
	struct box boxes[2];
	struct {
		int count;
		bool visible;
	} state;
	struct point *focus;
};

struct scene scenes[2];
struct scene *shown = &scenes[1];
int area, *edge;

static int width(const struct box *box)
{
	return box->high.x - box->low.x;
}

void run(void)
{
	struct box *box = &shown->boxes[1];

	box->high.x = 9;
	box->low.x = 2;
	shown->boxes[1].high.y = 5;
	scenes[0].boxes[0].low.y = -4;
	scenes[0].focus = &shown->boxes[1].high;
	scenes[0].focus->x += 1;
	shown->state.count++;
	(*shown).state.visible = shown->state.count > 0;
	area = width(box) * (box->high.y - box->low.y);
	edge = &scenes[0].boxes[0].low.y;
	*edge *= 2;
}
