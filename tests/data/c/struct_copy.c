// SPDX-License-Identifier: GPL-2.0-or-later
/* Assignment copies all members, nested and array ones too. */
#include "oomrace.h"

struct mask {
	unsigned long bits[2];
};

struct task {
	int id;
	struct mask allowed;
	struct task *parent;
};

struct task tasks[3];
struct mask saved = { .bits = { 1, 2 } };
struct task *source = &tasks[0];
bool kept;

void run(void)
{
	struct task local = { .id = 7, .parent = &tasks[2] };
	struct mask before = saved;

	local.allowed = saved;
	local.allowed.bits[1] = 99;
	tasks[0] = local;
	local.id = 8;
	tasks[1] = *source;
	tasks[1].id++;
	*tasks[1].parent = tasks[1];
	tasks[0].allowed = before;
	saved = tasks[2].allowed;
	source = tasks[2].parent;
	kept = before.bits[0] == saved.bits[0];
	tasks[1] = tasks[2] = tasks[0];
	saved.bits[0] += tasks[1].allowed.bits[1];
}
