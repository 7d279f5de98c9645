// drivers are loaded when they are asked for
exports.connect = function (driver) {
	if (driver === 'missing') return require('missing-driver');
	if (driver === 'deep') return require('@missing/driver/deep');
	return 'built in';
};
exports.later = (driver) => (driver === 'missing' ? import('missing-driver') : Promise.resolve('built in'));
