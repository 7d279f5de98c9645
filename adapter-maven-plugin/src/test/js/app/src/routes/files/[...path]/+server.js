import { read } from '$app/server';
import manual from './manual.txt?url';

export const config = { region: 'south' };

export const GET = () => read(manual);
