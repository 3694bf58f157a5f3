import { expect, test, vi } from 'vitest';
import { createErrorReporter, releaseOf, reportUncaught } from './clientErrors.ts';
import { ApiProblem } from './problem.ts';

function reporter() {
  const sent: Record<string, string>[] = [];
  const report = createErrorReporter({
    app: 'storefront',
    release: 'index-1.js',
    send: (body) => void sent.push(JSON.parse(body)),
  });
  return { sent, report };
}

test('an error is told with its place, and without the query of the page', () => {
  history.replaceState(null, '', '/orders/1?token=secret');
  const { sent, report } = reporter();
  report(new TypeError('items is undefined'));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    type: 'TypeError',
    message: 'items is undefined',
    function: 'web.storefront',
    release: 'index-1.js',
  });
  expect(sent[0]?.url).toMatch(/\/orders\/1$/);
  expect(JSON.stringify(sent)).not.toContain('secret');
  history.replaceState(null, '', '/');
});

test('the same error is told once, and five in a visit', () => {
  const { sent, report } = reporter();
  const same = new Error('again');
  for (let time = 0; time < 3; time += 1) report(same);
  expect(sent).toHaveLength(1);
  for (let number = 0; number < 9; number += 1) report(`error ${number}`);
  expect(sent).toHaveLength(5);
});

test('refusals of the API, ended calls and what extensions do are no errors of ours', () => {
  const { sent, report } = reporter();
  const foreign = new Error('boom');
  foreign.stack = 'Error: boom\n    at chrome-extension://abc/inject.js:1:1';
  for (const error of [
    new ApiProblem(500, 'x'),
    new DOMException('gone', 'AbortError'),
    foreign,
    'Script error.',
    null,
  ]) {
    report(error);
  }
  expect(sent).toEqual([]);
});

test('what reaches the window is told until it is ended', () => {
  const { sent, report } = reporter();
  const removed = vi.spyOn(window, 'removeEventListener');
  const end = reportUncaught(report);
  dispatchEvent(new ErrorEvent('error', { error: new RangeError('too far'), message: 'too far' }));
  dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new Error('rejected') }));
  expect(sent.map(({ message }) => message)).toEqual(['too far', 'rejected']);
  end();
  expect(removed.mock.calls.map(([name]) => name)).toEqual(['error', 'unhandledrejection']);
});

test('a report goes to the error log, and its failure is nobody’s', async () => {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request);
    return Promise.reject(new TypeError('offline'));
  });
  createErrorReporter({ app: 'admin', release: '' })(new Error('once'));
  await Promise.resolve();
  expect(asked.map(({ method, url }) => [method, new URL(url).pathname])).toEqual([['POST', '/api/v1/errors/log']]);
});

test('a build is known by the name of its file', () => {
  expect(releaseOf('https://shop.example/assets/index-Ab12.js?x=1')).toBe('index-Ab12.js');
});
