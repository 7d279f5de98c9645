export const load = ({ params }) => ({ id: Number(params.id) });
