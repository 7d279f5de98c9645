// The body of a request.
import { SvelteKitError } from '@sveltejs/kit/internal';
import { CREDIT, frame, HEADER, PIECE } from './frame.mjs';

/** A request's body; kit's `getRequest` has the same rules. */
export class Upload {
	size = 0;
	ended = false;
	/** Bytes that the app has taken since the other side was told. */
	taken = 0;
	/** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
	controller;

	/** @param {Link} link @param {number} id @param {string[]} fields @param {number} limit */
	constructor(link, id, fields, limit) {
		this.link = link;
		this.id = id;
		this.limit = limit;
		this.length = NaN;
		for (let i = 0; i < fields.length; i += 2) {
			if (fields[i].toLowerCase() === 'content-length') this.length = Number(fields[i + 1]);
		}
		this.stream = new ReadableStream(
			{
				start: (controller) => {
					this.controller = controller;
					if (this.length > limit) {
						this.fail(too_large(`Content-length of ${this.length} exceeds limit of ${limit} bytes.`));
					}
				},
				pull: () => this.pulled(),
				cancel: () => {
					this.ended = true;
				}
			},
			{ highWaterMark: PIECE, size: (chunk) => chunk.byteLength }
		);
	}

	/** @param {Buffer} payload */
	data(payload) {
		this.taken += payload.length;
		if (this.ended) return this.pulled();
		this.size += payload.length;
		if (this.size > this.limit) {
			return this.fail(too_large(`request body size exceeded BODY_SIZE_LIMIT of ${this.limit}`));
		}
		// the payload is part of a larger buffer, which the app must not see
		this.controller?.enqueue(new Uint8Array(payload));
		if (Number(this.controller?.desiredSize) > 0) this.pulled();
	}

	/** The app wants more. */
	pulled() {
		if (this.taken === 0) return;
		const buffer = frame(CREDIT, this.id, 4);
		buffer.writeUInt32BE(this.taken, HEADER);
		this.taken = 0;
		this.link.write(buffer);
	}

	end() {
		if (this.ended) return;
		this.ended = true;
		this.controller?.close();
	}

	/** @param {Error} error */
	fail(error) {
		if (this.ended) return;
		this.ended = true;
		this.controller?.error(error);
	}
}

/** @param {string} message */
function too_large(message) {
	return new SvelteKitError(413, 'Payload Too Large', message);
}
