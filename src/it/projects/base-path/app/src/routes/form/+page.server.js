import { resolve } from '$app/paths';
import { redirect } from '@sveltejs/kit';

/** @type {import('./$types').Actions} */
export const actions = {
	default: async ({ request, cookies }) => {
		const data = await request.formData();
		cookies.set('port', String(data.get('port')), { path: resolve('/'), secure: false });
		redirect(303, resolve('/ships/[name]/log', { name: String(data.get('port')) }));
	}
};
