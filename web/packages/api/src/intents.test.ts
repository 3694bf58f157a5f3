import { expect, test } from 'vitest';
import { Intents } from './intents.ts';
import { ApiProblem } from './problem.ts';

/** A thing of the API's: each call waits until it is answered. */
function thing() {
  const calls: { wanted: boolean; answer: () => void; refuse: () => void }[] = [];
  const shown: boolean[] = [];
  const refusals: string[] = [];
  const intents = new Intents();
  const want = (now: boolean, wanted: boolean) =>
    intents.want({
      key: 'post like',
      now,
      wanted,
      call: (next) =>
        new Promise<void>((answer, refuse) => {
          calls.push({ wanted: next, answer, refuse: () => refuse(new ApiProblem(403, 'suspended')) });
        }),
      show: (value) => shown.push(value),
      onRefused: ({ code }) => refusals.push(code),
    });
  return { calls, shown, refusals, want };
}

const soon = () => new Promise((resolve) => setTimeout(resolve));

test('fifty presses end in the last one, by two calls', async () => {
  const { calls, shown, want } = thing();
  for (let press = 0; press < 50; press += 1) void want(press % 2 === 1, press % 2 === 0);
  expect(calls.map(({ wanted }) => wanted)).toEqual([true]);
  calls[0]?.answer();
  await soon();
  expect(calls.map(({ wanted }) => wanted)).toEqual([true, false]);
  calls[1]?.answer();
  await soon();
  expect(calls).toHaveLength(2);
  expect(shown.at(-1)).toBe(false);
});

test('a refusal shows what the API has, and the next press is tried anew', async () => {
  const { calls, shown, refusals, want } = thing();
  const done = want(false, true);
  calls[0]?.refuse();
  await done;
  expect(shown).toEqual([true, false]);
  expect(refusals).toEqual(['suspended']);
  void want(false, true);
  expect(calls).toHaveLength(2);
});

test('a refusal of what is not wanted any more says nothing', async () => {
  const { calls, refusals, want } = thing();
  const done = want(false, true);
  void want(true, false);
  calls[0]?.refuse();
  await done;
  expect(refusals).toEqual([]);
  expect(calls).toHaveLength(1);
});
