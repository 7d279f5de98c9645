import PDFDocument from 'pdfkit';

export const GET = async () => {
	const document = new PDFDocument({ info: { CreationDate: new Date(0) } });
	document.font('Times-Roman').text('Tides');
	document.end();
	let bytes = 0;
	for await (const chunk of document) bytes += chunk.length;
	return Response.json(bytes);
};
