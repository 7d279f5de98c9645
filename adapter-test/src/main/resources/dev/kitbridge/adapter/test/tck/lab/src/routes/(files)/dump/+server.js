const bytes = Uint8Array.from({ length: 3000 }, (_, at) => (at * 31) % 256);

export const GET = () => new Response(bytes, { headers: { 'content-type': 'application/x-dump' } });
