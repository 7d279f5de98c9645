// the page of /called without the call
export const load = () => ({
	rows: Array.from({ length: 5 }, (_, id) => ({ id, name: 'A chair of oak', price: 129.5 }))
});
