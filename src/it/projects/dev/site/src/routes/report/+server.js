import { read } from '$app/server';
import note from './note.txt?url';

export const config = { berth: 9 };

export const GET = () => read(note);
