export const GET = ({ request }) => Response.json({ agent: request.headers.get('user-agent'), time: Date.now() });
