export const trailingSlash = 'ignore';
