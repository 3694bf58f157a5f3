import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RealtimeProvider, useChanges } from './context.tsx';
import { type Look, Polling } from './polling.ts';
import type { Change, Topic } from './realtime.ts';

let isHidden = false;
let polling: Polling;

beforeEach(() => {
  vi.useFakeTimers();
  isHidden = false;
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
});

afterEach(() => {
  polling.close();
  vi.useRealTimers();
});

function start(look: Look) {
  polling = new Polling({ look, random: () => 0.5 });
  const heard: Change[] = [];
  return { heard, listen: (change: Change) => void heard.push(change) };
}

function show(visible: boolean) {
  isHidden = !visible;
  document.dispatchEvent(new Event('visibilitychange'));
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

test('what is newer is heard once, and what was there at the start is not', async () => {
  let versions: Record<string, string> = { a: '1', b: '1' };
  const { heard, listen } = start(async () => versions);
  polling.subscribe('admin:orders', listen);
  await pass(29);
  expect(heard).toEqual([]);
  versions = { a: '2', b: '1', c: '1' };
  await pass(2);
  expect(heard).toEqual([
    { topic: 'admin:orders', id: 'a', version: '2' },
    { topic: 'admin:orders', id: 'c', version: '1' },
  ]);
  await pass(60);
  expect(heard).toHaveLength(2);
});

test('a payment that is waited for is looked at every five seconds', async () => {
  const look = vi.fn(async () => ({}));
  const { listen } = start(look);
  polling.subscribe('payment:p-1', listen);
  await pass(21);
  expect(look).toHaveBeenCalledTimes(5);
});

test('nothing is asked while the page is hidden, and at once when it is seen again', async () => {
  const look = vi.fn(async () => ({}));
  const { listen } = start(look);
  polling.subscribe('order:o-1', listen);
  await pass(1);
  show(false);
  await pass(600);
  expect(look).toHaveBeenCalledTimes(1);
  show(true);
  await pass(0);
  expect(look).toHaveBeenCalledTimes(2);
  await pass(31);
  expect(look).toHaveBeenCalledTimes(3);
});

test('an API that does not answer is asked ever more rarely, and as before once it does', async () => {
  let isDown = true;
  const look = vi.fn(async (): Promise<Record<string, string>> => {
    if (isDown) throw new Error('down');
    return {};
  });
  const { listen } = start(look);
  polling.subscribe('order:o-1', listen);
  await pass(61);
  expect(look).toHaveBeenCalledTimes(2);
  await pass(121);
  expect(look).toHaveBeenCalledTimes(3);
  await pass(3600);
  expect(look.mock.calls.length).toBeLessThan(17);
  isDown = false;
  await pass(301);
  const before = look.mock.calls.length;
  await pass(60);
  expect(look.mock.calls.length - before).toBe(2);
});

test('two listeners share the looks; the last that leaves ends them', async () => {
  let versions: Record<string, string> = {};
  const look = vi.fn(async () => versions);
  const { heard, listen } = start(look);
  const leave = polling.subscribe('admin:counters', listen);
  const leaveToo = polling.subscribe('admin:counters', (change) => void heard.push(change));
  await pass(1);
  versions = { orders: '4' };
  await pass(30);
  expect(heard).toHaveLength(2);
  leave();
  leaveToo();
  await pass(300);
  expect(look).toHaveBeenCalledTimes(2);
});

test('a component hears of its topic as long as it is there', async () => {
  let versions: Record<string, string> = { 'o-1': '1' };
  const { heard, listen } = start(async () => versions);
  function Order({ topic }: { topic: Topic | null }) {
    useChanges(topic, listen);
    return null;
  }
  const page = (topic: Topic | null) => (
    <RealtimeProvider realtime={polling}>
      <Order topic={topic} />
    </RealtimeProvider>
  );
  const { rerender, unmount } = render(page(null));
  rerender(page('order:o-1'));
  await act(() => pass(1));
  versions = { 'o-1': '2' };
  await act(() => pass(30));
  expect(heard).toEqual([{ topic: 'order:o-1', id: 'o-1', version: '2' }]);
  unmount();
  versions = { 'o-1': '3' };
  await pass(60);
  expect(heard).toHaveLength(1);
});
