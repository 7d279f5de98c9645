exports.named = 'named';
module.exports.same = () => module.exports === exports;
