const names = ['plain', 'größe', 'a b', '100%', 'かもめ', 'semi;colon', 'at@home'];

export const entries = () => names.map((name) => ({ name }));

export const load = ({ params }) => ({ name: params.name });
