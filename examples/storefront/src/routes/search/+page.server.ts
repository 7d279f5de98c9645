import { search } from '#lib/server/catalogue.ts';

const longest = 80;

/** The page cache keeps a page for each query and language, until the catalogue changes. */
export const config = {
	cache: { ttl: 60, query: ['q'], vary: ['accept-language'], cookies: [], tags: ['catalogue'] }
};

export async function load({ url, locals, setHeaders }) {
	const query = (url.searchParams.get('q') ?? '').trim().slice(0, longest);
	// Depends on the language only, so shared caches may store it for a minute. Browsers ask again.
	setHeaders({ 'cache-control': 'public, max-age=0, s-maxage=60', vary: 'accept-language' });

	const found = await search(query);
	return {
		locale: locals.locale,
		query,
		products: found.map(({ slug, name, price, stock, summary }) => ({
			slug,
			name,
			price,
			stock,
			summary
		}))
	};
}
