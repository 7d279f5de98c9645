import { defineEnvVars } from '@sveltejs/kit/env';

export const variables = defineEnvVars({
	PUBLIC_DEPOT_NAME: { public: true, schema: (value) => value ?? 'nameless' },
	DEPOT_REGION: { schema: (value) => value ?? 'nowhere' }
});
