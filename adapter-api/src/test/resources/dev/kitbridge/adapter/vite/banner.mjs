export default ({ word }) => ({ name: word });
