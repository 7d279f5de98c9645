import { z } from 'zod';
import * as mini from 'zod/mini';

const message = (schema) => schema.safeParse(1).error.issues[0].message;

export const GET = () => Response.json([message(z.string()), message(mini.string())]);
