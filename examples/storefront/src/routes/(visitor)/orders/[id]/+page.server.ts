import { error } from '@sveltejs/kit';
import { order } from '#lib/server/catalogue.ts';

export async function load({ params }) {
	const found = await order(params.id);
	if (!found) error(404, { message: 'We know no such order', hint: 'Is the link complete?' });
	return { order: found };
}
