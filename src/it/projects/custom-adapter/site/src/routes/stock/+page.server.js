export const prerender = false;
export const config = { memory: 512 };

export function load({ platform }) {
	const runtime = process.versions.bun ? `Bun ${process.versions.bun}` : 'Node';
	return { trace: globalThis.depotTrace.join(', '), berth: platform?.berth ?? 'none', runtime };
}

export const actions = { default: async () => ({ counted: true }) };
