export const entries = () => ['nord', 'süd'].map((name) => ({ name }));

export const load = ({ params }) => ({ name: params.name });
