/** @param {{ word: string }} options */
export default ({ word }) => ({ name: 'quay-tide', config: () => ({ define: { __TIDE__: JSON.stringify(word) } }) });
