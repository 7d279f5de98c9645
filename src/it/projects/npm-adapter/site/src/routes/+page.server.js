export const prerender = true;

export const load = ({ platform }) => ({ berth: platform?.berth, defined: __BERTH__ });
