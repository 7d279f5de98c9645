export const actions = { default: async () => ({ done: true }) };
