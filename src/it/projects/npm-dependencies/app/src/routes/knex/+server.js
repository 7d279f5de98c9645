import knex from 'knex';

export const GET = () => new Response(knex({ client: 'pg' })('tides').where({ station: 1 }).toString());
