// The body of a request, as the stream that the app reads.
import { SvelteKitError } from '@sveltejs/kit/internal';
import { CREDIT, frame, HEADER, MAX_DATA } from './frame.mjs';

/** Applies the rules of kit's `getRequest` to `content-length` and size. */
export class Upload {
	size = 0;
	ended = false;
	/** Bytes that arrived since the last credit. */
	uncredited = 0;
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
				pull: () => this.send_credit(),
				cancel: () => {
					this.ended = true;
				}
			},
			{ highWaterMark: MAX_DATA, size: (chunk) => chunk.byteLength }
		);
	}

	/** @param {Buffer} payload */
	data(payload) {
		this.uncredited += payload.length;
		if (this.ended) return this.send_credit();
		this.size += payload.length;
		if (this.size > this.limit) {
			return this.fail(too_large(`request body size exceeded BODY_SIZE_LIMIT of ${this.limit}`));
		}
		// the payload is part of a larger buffer, which the app must not see
		this.controller?.enqueue(new Uint8Array(payload));
		if (Number(this.controller?.desiredSize) > 0) this.send_credit();
	}

	/** Sends credit, because the app reads more. */
	send_credit() {
		if (this.uncredited === 0) return;
		const buffer = frame(CREDIT, this.id, 4);
		buffer.writeUInt32BE(this.uncredited, HEADER);
		this.uncredited = 0;
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
