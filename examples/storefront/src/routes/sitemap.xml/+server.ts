import { list } from '#lib/server/catalogue.ts';
import { shop } from '#lib/shop.ts';

export const prerender = true;

export async function GET() {
	const products = await list();
	const paths = ['/', '/about', '/products', ...products.map(({ slug }) => `/products/${slug}`)];
	const urls = paths.map((path) => `\t<url><loc>${shop.url}${path}</loc></url>`);
	const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`;
	return new Response(xml, { headers: { 'content-type': 'application/xml' } });
}
