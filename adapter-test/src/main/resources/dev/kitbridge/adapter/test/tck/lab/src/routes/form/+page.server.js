import { error, fail, redirect } from '@sveltejs/kit';

async function entries(request) {
	const form = await request.formData();
	return Promise.all(
		[...form].map(async ([name, value]) =>
			typeof value === 'string' ? `${name}=${value}` : `${name}=${value.name} ${value.type} ${(await value.arrayBuffer()).byteLength}`
		)
	);
}

export const actions = {
	plain: async ({ request, cookies }) => {
		cookies.set('posted', 'yes', { path: '/' });
		return { entries: await entries(request) };
	},
	fail: async ({ request }) => fail(422, { entries: await entries(request) }),
	redirect: () => redirect(303, 'form?done'),
	error: () => error(418, 'No coffee'),
	throw: () => {
		throw new Error('The form tore');
	},
	unread: () => ({ entries: [] })
};
