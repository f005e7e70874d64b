/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The system that levels are played on: a task with one mapping, the cpuset
 * that it lives in, and the shell of the administrator who writes new_mems to
 * that cpuset. A level sets the masks and says which policies are in use.
 */
#ifndef SYSTEM_H
#define SYSTEM_H 1

#include "cpuset.h"
#include "interrupt.h"

struct mempolicy task_policy;
struct mempolicy vma_policy;

struct vm_area_struct vma;
struct mm_struct mm = { .mmap = &vma };

struct task_struct task = { .mm = &mm };
struct task_struct shell;

struct cpuset cpuset = { .tasks = { &task } };
const nodemask_t new_mems;

#endif
