import type { NewOrder } from '#lib/types.ts';
import data from '../../main/resources/storefront/orders.json' with { type: 'json' };

/** Sample orders, which every server process has. */
export const samples = new Map((data as (NewOrder & { id: string; placed: string })[]).map((order) => [order.id, order]));
