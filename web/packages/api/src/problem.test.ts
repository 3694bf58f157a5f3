import { expect, test, vi } from 'vitest';
import { ApiProblem, asProblem, drawnProblem } from './problem.ts';

test('a fault of the page goes to the error log where it is shown, and not while it is only drawn', () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  const fault = new TypeError('undefined is not a function');
  expect(drawnProblem(fault)).toMatchObject({ status: 500, code: 'unknown' });
  expect(report).not.toHaveBeenCalled();
  expect(asProblem(fault)).toMatchObject({ status: 500, code: 'unknown' });
  expect(report).toHaveBeenCalledExactlyOnceWith(fault);
});

test('what the API said, and what did not come, is no fault', () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  const said = new ApiProblem(409, 'version_conflict');
  expect(asProblem(said)).toBe(said);
  const missing = new TypeError('Failed to fetch dynamically imported module: /assets/a.js');
  expect(drawnProblem(missing)).toMatchObject({ status: 0, code: 'offline' });
  expect(report).not.toHaveBeenCalled();
});
