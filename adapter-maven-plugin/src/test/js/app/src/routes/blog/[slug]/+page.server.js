export const prerender = 'auto';
export const config = { region: 'north', limits: { seconds: 20 } };

/** @type {() => { slug: string }[]} */
export const entries = () => [{ slug: 'first' }];

/** @param {{ params: { slug: string } }} event */
export const load = ({ params }) => ({ title: `Entry ${params.slug}` });
