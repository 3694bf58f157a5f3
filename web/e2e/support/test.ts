import { type BrowserContext, type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { PersonalProxy } from './addresses.ts';
import { Api } from './api.ts';
import { type Samples, samples } from './samples.ts';
import { ready } from './system.ts';
import { Trouble } from './trouble.ts';

export { expect };

interface Fixtures {
  /** Collects what must not happen on any page; the test fails where something did. */
  trouble: Trouble;
  /** One more browser, of the same person. */
  newBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
}

interface WorkerFixtures {
  /** Somebody without an account. */
  api: Api;
  admin: Api;
  /** What is shown, where it does not matter which. */
  shop: Samples;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  baseURL: async ({}, use) => use(ready().address),
  api: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
    async ({}, use) => use(new Api(ready().address)),
    { scope: 'worker' },
  ],
  admin: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
    async ({}, use) => {
      const { address, admin } = ready();
      await use(await new Api(address).signIn(admin.email, admin.password));
    },
    { scope: 'worker' },
  ],
  shop: [async ({ api }, use) => use(await samples(api)), { scope: 'worker' }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  proxy: async ({}, use) => {
    const proxy = new PersonalProxy();
    await use({ server: await proxy.open() });
    proxy.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  trouble: async ({}, use) => {
    const trouble = new Trouble();
    await use(trouble);
    expect(trouble.found, 'what must not happen on any page').toEqual([]);
  },
  context: async ({ context, trouble }, use) => {
    await trouble.watch(context);
    await use(context);
  },
  newBrowser: async ({ browser, trouble }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options); // with this test's options, the proxy among them
      opened.push(context);
      await trouble.watch(context);
      return context;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});
