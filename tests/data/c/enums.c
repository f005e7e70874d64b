// SPDX-License-Identifier: GPL-2.0-or-later
/* Constants are int; an enum without negatives is stored as unsigned int. */
#include "oomrace.h"

enum zone_type { ZONE_DMA, ZONE_NORMAL, ZONE_HIGH = 7, ZONE_MOVABLE, MAX_ZONES };
enum { ORDER = 3, FLAG = 1 << ORDER, BOTH = FLAG | ORDER, SAME = ZONE_HIGH };

enum zone_type zone = ZONE_HIGH;
enum zone_type wrapped;
int sizes[MAX_ZONES];
long widened, constant_widened;
int after, flags = BOTH, same;
bool is_high;

static enum zone_type next_zone(enum zone_type zone)
{
	return zone == ZONE_MOVABLE ? ZONE_DMA : zone + 1;
}

void run(void)
{
	is_high = zone == ZONE_HIGH;
	zone = next_zone(zone);
	sizes[zone] = ZONE_NORMAL - ZONE_MOVABLE;
	after = next_zone(next_zone(zone));
	wrapped = ZONE_DMA;
	wrapped--;
	widened = wrapped;
	constant_widened = ZONE_DMA - 1;
	same = SAME + MAX_ZONES;
}
