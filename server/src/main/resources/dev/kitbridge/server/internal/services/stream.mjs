// A result that is a stream: its items arrive on demand.

/** Bytes for which one credit is sent: a quarter of the window, to save frames. */
const CREDIT_SIZE = 16 * 1024;

/** @implements {AsyncIterableIterator<unknown>} */
export class ItemStream {
	/** @type {{ value: unknown, size: number }[]} */
	items = [];
	/** Bytes that were read since the last credit. */
	read = 0;
	ended = false;
	/** @type {unknown} */
	error = undefined;
	/** Readers that wait for an item. @type {{ fulfil: (result: IteratorResult<unknown>) => void, reject: (error: unknown) => void }[]} */
	waiting = [];

	/** @param {(bytes: number) => void} credit @param {() => void} cancel */
	constructor(credit, cancel) {
		this.credit = credit;
		this.cancel = cancel;
	}

	[Symbol.asyncIterator]() {
		return this;
	}

	/** @param {unknown} value @param {number} size in bytes */
	add(value, size) {
		const first = this.waiting.shift();
		if (!first) return void this.items.push({ value, size });
		this.consumed(size);
		first.fulfil({ value, done: false });
	}

	/** @param {unknown} [error] */
	end(error) {
		if (this.ended) return;
		this.ended = true;
		this.error = error;
		for (const { fulfil, reject } of this.waiting.splice(0)) {
			if (this.error === undefined) {
				fulfil({ value: undefined, done: true });
			} else {
				reject(this.error);
				this.error = undefined;
			}
		}
	}

	/** @param {number} size */
	consumed(size) {
		this.read += size;
		if (this.read < CREDIT_SIZE || this.ended) return;
		this.credit(this.read);
		this.read = 0;
	}

	/** @returns {Promise<IteratorResult<unknown>>} */
	async next() {
		const item = this.items.shift();
		if (item) {
			this.consumed(item.size);
			return { value: item.value, done: false };
		}
		if (this.error !== undefined) {
			const error = this.error;
			this.error = undefined;
			throw error;
		}
		if (this.ended) return { value: undefined, done: true };
		return new Promise((fulfil, reject) => this.waiting.push({ fulfil, reject }));
	}

	/** Ends the stream early; `break` in `for await` calls it. @param {unknown} [value] @returns {Promise<IteratorResult<unknown>>} */
	async return(value) {
		this.items = [];
		if (!this.ended) {
			this.end();
			this.cancel();
		}
		this.error = undefined;
		return { value, done: true };
	}
}
