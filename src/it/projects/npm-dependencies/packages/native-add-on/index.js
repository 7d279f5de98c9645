module.exports = () => require('./tide.node');
