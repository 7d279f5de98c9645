export function load({ platform }) {
	const principal = platform?.principal ?? null;
	return { user: principal && { name: principal.name, admin: false }, csrf: principal && platform.csrf };
}
