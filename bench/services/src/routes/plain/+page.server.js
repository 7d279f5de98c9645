// the same page as /called, without a call
export const load = () => ({
	rows: Array.from({ length: 5 }, (_, id) => ({ id, name: 'A chair of oak', price: 129.5 }))
});
