export async function GET() {
	const response = new Response('read before');
	await response.text();
	return response;
}
