import { named } from 'common-named';
import { state } from 'two-entries';

export const GET = () => new Response(`${named}, ${typeof state()}`);
