import type { Client } from 'openapi-fetch';
import { ApiProblem, OFFLINE, problemOf } from './problem.ts';
import type { components, paths } from './schema.d.ts';

/** Calls typed by the OpenAPI document (openapi-fetch's types; its run time is larger than these lines). */
export type Api = Pick<Client<paths>, 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;
export type Schemas = components['schemas'];

export interface ApiOptions {
  /** Origin of the API; empty in the browser, where pages and API share one. */
  origin?: string;
  fetch?: (request: Request) => Promise<Response>;
}

type Values = Record<string, unknown>;

interface Init {
  params?: { path?: Values; query?: Values; header?: Values };
  headers?: Values;
  body?: unknown;
  signal?: AbortSignal;
}

export function createApi({ origin = '', fetch = (request) => globalThis.fetch(request) }: ApiOptions = {}): Api {
  const base = origin || (typeof location === 'undefined' ? '' : location.origin);
  const call =
    (method: string) =>
    async (path: string, init: Init = {}): Promise<Answer<unknown>> => {
      const response = await fetch(requestOf(method, base + path, init));
      const isJson = response.headers.get('content-type')?.includes('json');
      const text = isJson ? await response.text() : ''; // 204 has no body, whatever type it is said to have
      const said: unknown = text ? JSON.parse(text) : undefined;
      return response.ok ? { data: said, response } : { error: said, response };
    };
  const [GET, POST, PUT, PATCH, DELETE] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(call);
  return { GET, POST, PUT, PATCH, DELETE } as unknown as Api;
}

const given = (values: Values | undefined) =>
  Object.entries(values ?? {}).filter(([, value]) => value !== undefined && value !== null);

function requestOf(method: string, template: string, { params, headers, body, signal }: Init): Request {
  const address = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params?.path?.[name])));
  const query = new URLSearchParams(given(params?.query).map(([name, value]) => [name, String(value)])).toString();
  const all = [...given(params?.header), ...given(headers)].map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  // A text goes as it is, with the type that its call names.
  const isText = typeof body === 'string';
  if (body !== undefined && !isText) all.push(['content-type', 'application/json']);
  return new Request(query ? `${address}?${query}` : address, {
    method,
    headers: all,
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer, or an `ApiProblem`: `await take(api.GET(...))`. */
export async function take<T>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await call.catch((error: unknown) => {
    throw error instanceof ApiProblem ? error : new ApiProblem(0, OFFLINE);
  });
  if (!answer.response.ok) throw problemOf(answer.response, answer.error);
  return answer.data as T;
}
