import type { CartLine, PricedLine, Product } from '#lib/types.ts';

/** Drops lines of products that are no longer in the catalogue. */
export function priced(lines: CartLine[], products: Product[]): PricedLine[] {
	return lines.flatMap(({ slug, quantity }) => {
		const product = products.find((candidate) => candidate.slug === slug);
		if (!product) return [];
		const { name, price } = product;
		return [{ slug, quantity, name, price, total: price * quantity }];
	});
}

export function totalOf(lines: PricedLine[]) {
	return lines.reduce((sum, line) => sum + line.total, 0);
}
