import { error } from '@sveltejs/kit';
import { spring } from '#lib/spring.ts';
import type { ToolView } from '../platform.js';

/** Asks the REST controller, on the server as well as in the browser. */
export async function load({ fetch, url }) {
	const query = url.searchParams.get('q') ?? '';
	const response = await fetch(spring(`api/tools?${new URLSearchParams({ q: query })}`));
	if (!response.ok) error(response.status, 'The list of tools is not available');
	const tools: ToolView[] = await response.json();
	return { query, tools };
}
