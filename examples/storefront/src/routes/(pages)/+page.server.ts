import { list } from '#lib/server/catalogue.ts';

const chosen = ['number-four-smoother', 'dovetail-saw', 'bench-chisel-set', 'bradawl'];

export async function load() {
	const products = await list();
	return {
		total: products.length,
		featured: products
			.filter(({ slug }) => chosen.includes(slug))
			.map(({ slug, name, price, stock, summary }) => ({ slug, name, price, stock, summary }))
	};
}
