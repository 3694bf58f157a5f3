import type { BrowserContext, Page } from '@playwright/test';

const OURS = /^(http:\/\/127\.0\.0\.1:\d+\/|data:|blob:)/;

/**
 * What must not happen on any page, whatever a test is about: an error in the console or in a script, a breach of the
 * content security policy, an answer of 5xx, a cookie in an answer that a cache may keep, a request to another host.
 */
export class Trouble {
  readonly #seen: string[] = [];
  readonly #expected: RegExp[] = [];

  /** A test that breaks something says what the pages will then say. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  get found(): string[] {
    return this.#seen.filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
  }

  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding('reportViolation', (_source, line: string) => this.#seen.push(line));
    await context.addInitScript(() => {
      const { reportViolation } = window as unknown as { reportViolation: (line: string) => void };
      document.addEventListener('securitypolicyviolation', (event) =>
        reportViolation(`policy: ${event.violatedDirective} ${event.blockedURI} at ${location.pathname}`),
      );
    });
    context.on('page', (page) => this.#watchPage(page));
  }

  #watchPage(page: Page): void {
    page.on('pageerror', (error) => this.#seen.push(`script: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      // What the browser says of answers of 4xx, which are a part of the conversation.
      const isAnswer = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
      if (message.type() === 'error' && !isAnswer) this.#seen.push(`console: ${message.text()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) this.#seen.push(`answer: ${response.status()} ${response.url()}`);
    });
    page.on('response', async (response) => {
      // Not there any more where the page was left at once.
      const headers = await response.allHeaders().catch((): Record<string, string> => ({}));
      const isKept = /max-age=[1-9]/.test(headers['cache-control'] ?? '');
      if (headers['set-cookie'] && isKept) this.#seen.push(`cookie in a cache: ${response.url()}`);
    });
    page.on('request', (request) => {
      if (!OURS.test(request.url())) this.#seen.push(`other host: ${request.url()}`);
      if (request.url().endsWith('/errors/csp')) this.#seen.push(`policy: reported from ${page.url()}`);
      if (request.url().endsWith('/errors/log')) this.#seen.push(`error log: ${request.postData()}`);
    });
  }
}
