import { list } from '#lib/server/catalogue.ts';
import { categories } from '#lib/types.ts';

export async function load() {
	const groups = categories.map(async (category) => ({
		category,
		products: (await list(category)).map(({ slug, name, price, stock, summary }) => ({
			slug,
			name,
			price,
			stock,
			summary
		}))
	}));
	return { groups: await Promise.all(groups) };
}
