import { ApiProblem } from './problem.ts';

interface Options {
  /** The part of the client: `web.storefront`. */
  app: string;
  /** Which build this is; the name of its first file says it. */
  release: string;
  send?: (body: string) => void;
}

const MOST_A_VISIT = 5;
const PATH = '/api/v1/errors/log';
/** What people add to their browser throws in our pages and is none of ours. */
const EXTENSION = /\b(?:chrome|moz|safari|safari-web|ms-browser)-extension:/;

const post = (body: string) =>
  void fetch(
    new Request(new URL(PATH, location.origin), { method: 'POST', body, headers: JSON_BODY, keepalive: true }),
  ).catch(() => undefined);

const JSON_BODY = { 'content-type': 'application/json' };

/**
 * Tells the error log of errors that nobody expected: each once, five a visit. Addresses go without their query, which can
 * hold tokens; refusals of the API are known where they were made. It never throws, and nobody waits for it.
 */
export function createErrorReporter({ app, release, send = post }: Options): (error: unknown) => void {
  const told = new Set<string>();
  return (error) => {
    if (error instanceof ApiProblem || told.size >= MOST_A_VISIT) return;
    const { type, message, stack } = described(error);
    const key = `${type} ${message} ${stack.split('\n', 3).join('\n')}`;
    if (!message || type === 'AbortError' || EXTENSION.test(stack) || told.has(key)) return;
    // Of a script of another host a browser says nothing but this.
    if (message === 'Script error.' && !stack) return;
    told.add(key);
    const url = location.origin + location.pathname;
    send(JSON.stringify({ type, message, stack, url, release, function: `web.${app}` }));
  };
}

function described(error: unknown): { type: string; message: string; stack: string } {
  if (error instanceof Error || error instanceof DOMException) {
    return {
      type: error.name.slice(0, 200) || 'Error',
      message: (error.message || error.name).slice(0, 2000),
      stack: (error.stack ?? '').slice(0, 16_000),
    };
  }
  return { type: 'Error', message: String(error ?? '').slice(0, 2000), stack: '' };
}

/** Reports what reaches the window; returns how to end it. */
export function reportUncaught(report: (error: unknown) => void): () => void {
  const onError = ({ error, message }: ErrorEvent) => report(error ?? message);
  const onRejection = ({ reason }: PromiseRejectionEvent) => report(reason);
  addEventListener('error', onError);
  addEventListener('unhandledrejection', onRejection);
  return () => {
    removeEventListener('error', onError);
    removeEventListener('unhandledrejection', onRejection);
  };
}

/** The name of the file that a module was built into: it changes with what is in it. */
export function releaseOf(moduleUrl: string): string {
  return new URL(moduleUrl).pathname.split('/').at(-1)?.slice(0, 100) ?? '';
}
