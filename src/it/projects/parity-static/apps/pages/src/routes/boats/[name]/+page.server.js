import { boats } from '../boats.js';

export const entries = () => [...boats.keys()].map((name) => ({ name }));

export const load = ({ params }) => ({ name: params.name, kind: boats.get(params.name), built: new Date(0) });
