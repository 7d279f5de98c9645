import { fail, redirect } from '@sveltejs/kit';
import { list, reprice } from '#lib/server/catalogue.ts';

const highest = 10_000_00;

export async function load({ locals }) {
	if (!locals.customer) redirect(303, '/account');
	return { products: (await list()).map(({ slug, name, price }) => ({ slug, name, price })) };
}

export const actions = {
	default: async ({ request, locals, platform }) => {
		if (!locals.customer) redirect(303, '/account');
		const form = await request.formData();
		const slug = String(form.get('slug'));
		const price = Math.round(Number(form.get('price')) * 100);
		if (!(price > 0 && price <= highest)) return fail(422, { problem: 'Please enter a price.' });
		if (!(await reprice(slug, price))) return fail(422, { problem: 'This tool is not in the shop.' });

		// From here on, no visitor gets a page with the old price, whichever server answers.
		const told = await platform?.cache?.revalidate({ tags: ['catalogue', `product:${slug}`] });
		return { changed: slug, late: told?.unreached.length ?? 0 };
	}
};
