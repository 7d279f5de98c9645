// one for the entry and the pages
export const counter = { entered: 0 };
