export const load = async ({ platform, url }) => ({
	products: await platform.services.catalog.search(url.searchParams.get('q') ?? '', 3)
});
