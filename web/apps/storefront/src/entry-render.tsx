import { type FunctionUrlAnswer, type FunctionUrlEvent, toAnswer, toRequest } from './render/lambda.ts';
import { renderPage } from './render/page.tsx';

/** The Lambda function behind the site: public pages as HTML, for anyone, without cookies. */
export async function handler(event: FunctionUrlEvent): Promise<FunctionUrlAnswer> {
  return toAnswer(await renderPage(toRequest(event)), event);
}
