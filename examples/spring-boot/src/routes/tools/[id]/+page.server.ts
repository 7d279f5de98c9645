import { error, fail, isHttpError } from '@sveltejs/kit';
import { violationsOf } from '#lib/server/violations.ts';

/** What an image may weigh: as the constraint of the service. */
const largestPhoto = 400_000;

function idOf({ id }: { id: string }) {
	const number = Number(id);
	if (!Number.isSafeInteger(number)) error(404, 'There is no such tool');
	return number;
}

export async function load({ params, platform }) {
	const tool = await platform!.services.tools.byId(idOf(params));
	if (!tool) error(404, 'There is no such tool');
	return { tool };
}

export const actions = {
	borrow: async ({ params, platform }) => {
		try {
			await platform!.services.tools.borrow(idOf(params));
		} catch (reason) {
			if (!isHttpError(reason, 409)) throw reason;
			return fail(409, { problem: reason.body.message });
		}
	},

	giveBack: async ({ params, platform }) => {
		await platform!.services.tools.giveBack(idOf(params));
	},

	photo: async ({ params, platform, request }) => {
		const photo = (await request.formData()).get('photo');
		if (!(photo instanceof File)) return fail(422, { photo: 'must be a file' });
		if (photo.size > largestPhoto) return fail(422, { photo: 'must be smaller than 400 kB' });
		try {
			await platform!.services.tools.setPhoto(idOf(params), photo.type, await photo.bytes());
		} catch (reason) {
			const { contentType, content } = violationsOf(reason);
			return fail(422, { photo: contentType ?? content });
		}
	}
};
