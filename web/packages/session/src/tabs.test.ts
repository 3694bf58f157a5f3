import { expect, test, vi } from 'vitest';
import { tabsOf } from './tabs.ts';

test('tabs hear each other, and one works at a time where there are locks', async () => {
  const heard: string[] = [];
  const [one, other] = [tabsOf(), tabsOf()];
  other.onMessage((message) => heard.push(message));
  one.say('signed-out');
  await vi.waitFor(() => expect(heard).toEqual(['signed-out']));

  const request = vi.fn((_name: string, task: () => unknown) => task());
  vi.stubGlobal('navigator', { locks: { request } });
  expect(await one.alone(async () => 1)).toBe(1);
  vi.stubGlobal('navigator', {});
  expect(await one.alone(async () => 2)).toBe(2);
  expect(request).toHaveBeenCalledOnce();
});
