import { read } from '$app/server';
import anchor from '../../lib/anchor.svg?url';

export const GET = () => read(anchor);
