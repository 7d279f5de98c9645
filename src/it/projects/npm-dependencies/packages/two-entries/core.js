let state = 'not set up';
export const config = (value) => {
	state = value;
};
export const read = () => state;
