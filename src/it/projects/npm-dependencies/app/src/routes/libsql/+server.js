import Database from 'libsql';

export const GET = () => {
	const database = new Database(':memory:');
	return Response.json(database.prepare('select 6 * 7 as answer').get().answer);
};
