export const actions = {
	default: async ({ request, platform }) => {
		const name = (await request.formData()).get('name');
		return { greeting: await platform.services.greetings.of(name) };
	}
};
