import { defineEnvVars } from '@sveltejs/kit/env';

export const variables = defineEnvVars({
	PUBLIC_HARBOUR: { public: true },
	PUBLIC_DEPTH: { public: true, schema: (value) => Number(value) },
	LOCK_CODE: {}
});
