import { read } from '$app/server';
import note from './note.txt?url';

export const GET = () => read(note);
