// A result that arrives item by item, on demand.

/** Credit is given for a quarter of the window at a time, to save frames. */
const REPORTED = 16 * 1024;

/** @implements {AsyncIterableIterator<unknown>} */
export class ItemStream {
	/** @type {{ value: unknown, size: number }[]} */
	items = [];
	taken = 0;
	over = false;
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
		this.took(size);
		first.fulfil({ value, done: false });
	}

	/** @param {unknown} [error] */
	end(error) {
		if (this.over) return;
		this.over = true;
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
	took(size) {
		this.taken += size;
		if (this.taken < REPORTED || this.over) return;
		this.credit(this.taken);
		this.taken = 0;
	}

	/** @returns {Promise<IteratorResult<unknown>>} */
	async next() {
		const item = this.items.shift();
		if (item) {
			this.took(item.size);
			return { value: item.value, done: false };
		}
		if (this.error !== undefined) {
			const error = this.error;
			this.error = undefined;
			throw error;
		}
		if (this.over) return { value: undefined, done: true };
		return new Promise((fulfil, reject) => this.waiting.push({ fulfil, reject }));
	}

	/** Ends the stream early, as `break` in `for await` does. @param {unknown} [value] @returns {Promise<IteratorResult<unknown>>} */
	async return(value) {
		this.items = [];
		if (!this.over) {
			this.end();
			this.cancel();
		}
		this.error = undefined;
		return { value, done: true };
	}
}
