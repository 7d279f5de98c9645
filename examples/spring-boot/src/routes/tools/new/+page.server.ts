import { fail, redirect } from '@sveltejs/kit';
import { violationsOf } from '#lib/server/violations.ts';

export const actions = {
	default: async ({ request, platform }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '').trim();
		const tool = {
			name: text('name'),
			category: text('category'),
			// A text that is not a number is rejected as 0 is.
			deposit: Math.trunc(Number(text('deposit'))) || 0,
			description: text('description')
		};

		let id: number | bigint;
		try {
			id = await platform!.services.tools.add(tool);
		} catch (reason) {
			return fail(422, { tool, errors: violationsOf(reason) });
		}
		redirect(303, `/tools/${id}`);
	}
};
