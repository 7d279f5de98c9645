/** @param {{ params: { name: string } }} event */
export const load = ({ params }) => ({ name: params.name });
