import sharp from 'sharp';

export async function GET() {
	const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: '#036' } });
	const { data, info } = await picture.resize(20).png().toBuffer({ resolveWithObject: true });
	const { format, width, height } = await sharp(data).metadata();
	return Response.json({ size: info.size === data.length, format, width, height });
}
