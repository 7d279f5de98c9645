const { readFileSync } = require('node:fs');
const { join } = require('node:path');

exports.tide = () => readFileSync(join(__dirname, '../data/tide.txt'), 'utf8').trim();
exports.help = () => readFileSync(join(__dirname, '..', 'docs', 'help.txt'), 'utf8').trim();
//# sourceMappingURL=index.js.map
