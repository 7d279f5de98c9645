// The connection to Maven's process, which answers for the adapters and the services. A question and its answer are one line of
// JSON each. The connection is persistent, because each page under `adapter:dev` needs at least one answer.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** @type {Map<string, Connection>} */
const connections = new Map();

/**
 * Asks Maven's process.
 * @param {string} maven port and secret, separated by a colon
 * @param {'platform' | 'read' | 'services'} question
 * @param {unknown} [details]
 * @returns {Promise<any>}
 */
export function ask(maven, question, details) {
	let connection = connections.get(maven);
	if (!connection || connection.closed) {
		connection = new Connection(maven);
		connections.set(maven, connection);
	}
	return connection.ask(question, details);
}

class Connection {
	/** Questions without an answer yet. @type {Map<number, { fulfil: (answer: any) => void, reject: (error: Error) => void }>} */
	open = new Map();
	last = 0;
	closed = false;

	/** @param {string} maven */
	constructor(maven) {
		const [port, secret] = maven.split(':');
		this.socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true });
		this.socket.write(secret, 'latin1');
		/** @type {Error | undefined} */
		let failure;
		this.socket.on('error', (error) => (failure = error));
		this.socket.on('close', () => this.close(failure));
		createInterface({ input: this.socket }).on('line', (line) => this.answered(JSON.parse(line)));
	}

	/** @param {string} question @param {unknown} details @returns {Promise<any>} */
	ask(question, details) {
		return new Promise((fulfil, reject) => {
			const id = ++this.last;
			this.open.set(id, { fulfil, reject });
			// an idle connection must not keep a thread of the build alive, an open question must
			this.socket.ref();
			this.socket.write(`${JSON.stringify({ id, question, details })}\n`);
		});
	}

	/** @param {{ id: number, answer?: unknown, error?: string }} message */
	answered({ id, answer, error }) {
		const asked = this.open.get(id);
		this.open.delete(id);
		if (!this.open.size) this.socket.unref();
		if (error === undefined) asked?.fulfil(answer);
		else asked?.reject(new Error(error));
	}

	/** @param {Error} [failure] */
	close(failure) {
		this.closed = true;
		const error = new Error(`Maven's process does not answer${failure ? `: ${failure.message}` : ''}`);
		for (const { reject } of this.open.values()) reject(error);
		this.open.clear();
	}
}
