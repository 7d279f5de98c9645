/** @param {{ word: string }} options */
export default ({ word }) => ({ name: 'ferry-tide', config: () => ({ define: { __TIDE__: JSON.stringify(word) } }) });
