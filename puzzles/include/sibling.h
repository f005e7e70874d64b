/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A second thread of the application, with the same mappings, and a policy that
 * some thread may choose. A level that uses the thread sets its masks and adds
 * it to cpuset.tasks.
 */
#ifndef SIBLING_H
#define SIBLING_H 1

#include "system.h"

struct task_struct sibling = { .mm = &mm };

struct mempolicy new_policy;
const nodemask_t new_nodes;

#endif
