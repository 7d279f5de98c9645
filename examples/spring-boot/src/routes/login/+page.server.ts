export function load({ platform, url }) {
	const { headerName: _, ...csrf } = platform!.csrf;
	return { token: csrf, failed: url.searchParams.has('error'), signedOut: url.searchParams.has('logout') };
}
