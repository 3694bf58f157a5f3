import {
  type FunctionUrlAnswer,
  type FunctionUrlEvent,
  type PageAnswer,
  type PageRequest,
  toAnswer,
  toRequest,
} from './render/lambda.ts';
import { renderPage } from './render/page.tsx';
import { robots, sitemap } from './render/sitemap.ts';

/** The Lambda function behind the site: public pages for anyone, without cookies. */
export async function handler(event: FunctionUrlEvent): Promise<FunctionUrlAnswer> {
  return toAnswer(await answerTo(toRequest(event)), event);
}

async function answerTo(request: PageRequest): Promise<PageAnswer> {
  const { method, path } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, headers: { allow: 'GET, HEAD', 'cache-control': 'no-store' }, body: '' };
  }
  if (path === '/robots.txt') return robots();
  if (path === '/sitemap.xml' || path.startsWith('/sitemaps/')) return sitemap(request);
  return renderPage(request);
}
