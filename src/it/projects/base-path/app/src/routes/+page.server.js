export const load = ({ url, cookies }) => ({ path: url.pathname, port: cookies.get('port') ?? 'none' });
