export const prerender = false;

export const load = () => ({ hours: Array.from({ length: 24 }, (_, hour) => ({ hour, level: Math.sin(hour) })) });
