import type { Product } from '#lib/types.ts';
import data from '../../main/resources/storefront/products.json' with { type: 'json' };

/** The file that also fills the database of the Java services. */
export const products = data as Product[];
