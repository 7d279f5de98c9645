export const prerender = true;

// every byte there is: nothing on the way may take it for text
export function GET() {
	return new Response(Uint8Array.from({ length: 256 }, (_, i) => i), {
		headers: { 'content-type': 'application/octet-stream' }
	});
}
