import { type Api, createApi } from '@sharestack/api/client.ts';
import { settings } from './settings.ts';

const DEADLINE_MS = 1500;

export interface ServerApi {
  api: Api;
  /** Of all answers that were used: purging one of them purges the page. Every page names the shop. */
  tags: Set<string>;
}

/** The API as the render function calls it: with the origin's secret, the visitor's address and a deadline. */
export function serverApi(forwardedFor: string): ServerApi {
  const tags = new Set<string>(['web', 'site']);
  const api = createApi({
    origin: settings.apiOrigin,
    fetch: async (request) => {
      request.headers.set('x-origin-secret', settings.originSecret);
      if (forwardedFor) request.headers.set('x-forwarded-for', forwardedFor);
      const answer = await fetch(request, { signal: AbortSignal.timeout(DEADLINE_MS) });
      for (const tag of answer.headers.get('cache-tag')?.split(',') ?? []) if (tag.trim()) tags.add(tag.trim());
      return answer;
    },
  });
  return { api, tags };
}
