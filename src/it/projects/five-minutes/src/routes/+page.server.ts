import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ platform }) => ({
	greeting: await platform!.services.greeter.greet('Ada')
});
