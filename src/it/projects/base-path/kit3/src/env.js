import { defineEnvVars } from '@sveltejs/kit/env';

export const variables = defineEnvVars({ PUBLIC_BERTH: { public: true, schema: (value) => value ?? 'none' } });
