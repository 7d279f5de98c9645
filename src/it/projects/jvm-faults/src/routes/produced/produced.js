export const produced = { bytes: 0, ended: 0 };
