export function load({ platform }) {
	const { principal, csrf } = platform!;
	return {
		user: principal && { name: principal.name, admin: principal.authorities.includes('ROLE_ADMIN') },
		// Visitors who have not signed in need no token, and so no session.
		csrf: principal && csrf
	};
}
