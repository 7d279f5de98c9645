import convert from 'heic-convert';

export const GET = async () => {
	try {
		await convert({ buffer: Buffer.from('no picture'), format: 'JPEG', quality: 1 });
	} catch (error) {
		return new Response(error.message);
	}
};
