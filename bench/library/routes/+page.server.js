import { error } from '@sveltejs/kit';

/** Calls the service; in adapter-node, which has no services, the REST controller. */
export async function load({ fetch, platform, url }) {
	const query = url.searchParams.get('q') ?? '';
	if (platform?.services) return { query, tools: await platform.services.tools.search(query) };
	const response = await fetch(`${process.env.SPRING}/api/tools?${new URLSearchParams({ q: query })}`);
	if (!response.ok) error(response.status, 'The list of tools is not available');
	return { query, tools: await response.json() };
}
