import createClient, { type Client } from 'openapi-fetch';
import { asProblem, problemOf } from './problem.ts';
import type { components, paths } from './schema.d.ts';

export type Api = Client<paths>;
export type Schemas = components['schemas'];

export interface ApiOptions {
  /** Origin of the API; empty in the browser, where pages and API share one. */
  origin?: string;
  fetch?: (request: Request) => Promise<Response>;
}

export function createApi({ origin = '', fetch }: ApiOptions = {}): Api {
  const base = origin || (typeof location === 'undefined' ? '' : location.origin);
  return createClient<paths>({ baseUrl: base, ...(fetch ? { fetch } : {}) });
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer, or an `ApiProblem`: `await take(api.GET(...))`. */
export async function take<T>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await call.catch((error: unknown) => {
    throw asProblem(error);
  });
  if (!answer.response.ok) throw problemOf(answer.response, answer.error);
  return answer.data as T;
}
