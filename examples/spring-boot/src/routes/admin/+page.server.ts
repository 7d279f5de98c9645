/** Spring Security admits administrators only to this path, and to the methods of the service. */
export async function load({ platform }) {
	const { tools } = platform!.services;
	const [loans, all] = await Promise.all([tools.loans(), tools.search('')]);
	return { loans, tools: all };
}

export const actions = {
	remove: async ({ request, platform }) => {
		const form = await request.formData();
		await platform!.services.tools.remove(Number(form.get('id')));
	}
};
