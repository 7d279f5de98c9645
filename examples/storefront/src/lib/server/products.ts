import type { Product } from '#lib/types.ts';
import data from '../../main/resources/storefront/products.json' with { type: 'json' };

/** The same file that fills the services' database. */
export const products = data as Product[];
