let rendered = 0;

export const load = () => ({ text: `rendered ${++rendered}` });
