import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = object | ((call: Call) => Response | object | Promise<Response | object>);

/** Answers by `GET /path`; paths are without `/api/v1`, and `*` stands for one part of them. */
export type Answers = Record<string, Answer>;

export function problem(
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ code, status, correlation_id: 'c-1', ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

const matches = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^/]+')}$`).test(path);

/** Puts an API behind `fetch`; what it was asked is in the list that is returned. */
export function stubApi(answers: Answers): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const text = await request.clone().text();
    const isJson = request.headers.get('content-type')?.includes('json');
    const call: Call = {
      method: request.method,
      path: url.pathname.replace('/api/v1', ''),
      query: url.searchParams,
      headers: request.headers,
      body: text && isJson ? JSON.parse(text) : text || undefined,
    };
    calls.push(call);
    const key = Object.keys(answers).find((one) => {
      const [method, path = ''] = one.split(' ');
      return method === call.method && matches(path, call.path);
    });
    const answer = key === undefined ? problem(404, 'not_found') : (answers[key] as Answer);
    const said = typeof answer === 'function' ? await answer(call) : answer;
    if (said instanceof Response) {
      // As gateways may: a type, and nothing of it.
      if (said.status === 204) said.headers.set('content-type', 'application/json');
      return said;
    }
    return new Response(JSON.stringify(said), {
      headers: { 'content-type': 'application/json', 'cache-tag': 'catalog' },
    });
  });
  return calls;
}
