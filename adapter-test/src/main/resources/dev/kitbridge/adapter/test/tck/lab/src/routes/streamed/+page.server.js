const later = (value, ms) => new Promise((fulfil) => setTimeout(() => fulfil(value), ms));

export const load = () => ({ now: 'at once', soon: later('soon', 20), late: later('late', 60) });
