// Answers 200 in place of 304, so that the suite has something to find.
import { ServerResponse } from 'node:http';

const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (status, ...rest) {
	return writeHead.call(this, status === 304 ? 200 : status, ...rest);
};
