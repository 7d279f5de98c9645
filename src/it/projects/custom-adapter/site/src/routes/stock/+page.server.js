export const prerender = false;
export const config = { memory: 512 };

export function load({ platform }) {
	return { trace: globalThis.depotTrace.join(', '), berth: platform?.berth ?? 'none' };
}

export const actions = { default: async () => ({ counted: true }) };
