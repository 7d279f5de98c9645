export const load = ({ platform }) => ({ archive: platform?.archive });
