import { JSDOM } from 'jsdom';

export const GET = () => new Response(new JSDOM('<p>Tide <b>table</b></p>').window.document.querySelector('p').textContent);
