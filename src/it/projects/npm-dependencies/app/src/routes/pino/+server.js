import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';

export const GET = async () => {
	const destination = join(mkdtempSync(join(tmpdir(), 'pino-')), 'log');
	const options = { destination, sync: true, colorize: false, ignore: 'time,pid,hostname' };
	const transport = pino.transport({ target: 'pino-pretty', options });
	await once(transport, 'ready');
	pino(transport).info('high water');
	transport.end();
	await once(transport, 'close');
	return new Response(readFileSync(destination, 'utf8'));
};
