console.error('the tide gauge does not answer');
process.exit(3);
