export const GET = async ({ platform, url }) => {
	const most = Number(url.searchParams.get('most') ?? Infinity);
	let count = 0;
	for await (const product of platform.services.catalog.all()) {
		if (count === most) break;
		count += product.kind ? 1 : 0;
	}
	return new Response(String(count));
};
