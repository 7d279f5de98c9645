import { read } from '$app/server';
import report from './report.pdf?url&no-inline';

export const GET = () => read(report);
