module.exports = 'a tool of the build';
