import tide from 'native-add-on';

export const GET = () => new Response(tide());
