export const prerender = false;

export const GET = ({ platform }) => Response.json(platform);
