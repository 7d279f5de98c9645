// The app of the cases of HTTP caching: the first part of the path describes its responses as JSON in base64url.
import { Buffer } from 'node:buffer';

const states = new Map();

/** @param {Request} request */
export function cases(request) {
	const url = new URL(request.url);
	const [, , code, id] = url.pathname.split('/');
	if (code === 'state') {
		const state = states.get(id) ?? { count: 0, validated: 0, headers: {} };
		return Response.json(state, { headers: { 'cache-control': 'no-store' } });
	}
	const state = states.get(id) ?? { count: 0, validated: 0, headers: {} };
	states.set(id, state);
	state.count++;
	state.method = request.method;
	state.headers = Object.fromEntries(request.headers);
	const described = JSON.parse(Buffer.from(code, 'base64url').toString());
	const { status, fields } = described[Math.min(state.count, described.length) - 1];
	const headers = new Headers({ 'content-type': 'text/plain', 'x-rendering': String(state.count) });
	const own = new Set();
	for (let i = 0; i < fields.length; i += 2) {
		const value = fields[i + 1].replaceAll('{path}', `/case/${code}/${id}`).replaceAll('{origin}', url.origin);
		own.has(fields[i]) ? headers.append(fields[i], value) : headers.set(fields[i], value);
		own.add(fields[i]);
	}
	if (status === 304 && matches(request.headers, headers)) {
		state.validated = state.count;
		headers.delete('content-type');
		return new Response(null, { status, headers });
	}
	const empty = status === 204;
	return new Response(empty ? null : `${state.count} 0123456789`, { status: status === 304 ? 200 : status, headers });
}

/** @param {Headers} request @param {Headers} response */
function matches(request, response) {
	const tags = request.get('if-none-match');
	if (tags !== null) return response.has('etag') && tags.replaceAll('W/', '').includes(response.get('etag').replace('W/', ''));
	return request.has('if-modified-since') && request.get('if-modified-since') === response.get('last-modified');
}
