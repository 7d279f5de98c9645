/** Everything that the app gets to see of a request. */
export async function fallback({ request, params, url, getClientAddress, isDataRequest }) {
	const body = Buffer.from(await request.arrayBuffer());
	return Response.json({
		method: request.method,
		url: url.href,
		requested: request.url,
		params,
		isDataRequest,
		address: address(getClientAddress),
		headers: [...request.headers],
		length: body.length,
		body: body.subarray(0, 100).toString('latin1')
	});
}

function address(getClientAddress) {
	try {
		const found = getClientAddress();
		return found === '::1' || found === '::ffff:127.0.0.1' ? '127.0.0.1' : found;
	} catch {
		return 'unknown';
	}
}
