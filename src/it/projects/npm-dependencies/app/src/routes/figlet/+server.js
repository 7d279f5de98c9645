import figlet from 'figlet';

export const GET = () => new Response(figlet.textSync('Tide', { font: 'Slant' }));
