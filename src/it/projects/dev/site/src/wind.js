export const wind = 'calm';
