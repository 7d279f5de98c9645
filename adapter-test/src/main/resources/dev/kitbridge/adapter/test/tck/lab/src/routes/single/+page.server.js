export const actions = { default: async ({ request }) => ({ size: [...(await request.formData())].length }) };
