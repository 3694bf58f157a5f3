import { LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { type Filter, FilterBar } from './FilterBar.tsx';

const FILTERS: Filter[] = [
  { name: 'status', label: 'Status', kind: 'choice', options: [{ value: 'paid', label: 'Paid' }] },
  { name: 'number', label: 'Number', kind: 'text' },
  { name: 'from', label: 'From', kind: 'day' },
];

function show(values: Record<string, string | undefined> = {}, filters = FILTERS) {
  const onChange = vi.fn();
  const bar = (now: typeof values) => (
    <LocaleProvider locale="en">
      <FilterBar filters={filters} values={now} onChange={onChange} />
    </LocaleProvider>
  );
  const { rerender } = render(bar(values));
  return { onChange, go: (now: typeof values) => rerender(bar(now)) };
}

test('a choice is made at once, and what was written goes along', async () => {
  const { onChange } = show();
  await userEvent.type(screen.getByLabelText('Number'), ' AB-1 ');
  await userEvent.selectOptions(screen.getByLabelText('Status'), 'Paid');
  expect(onChange).toHaveBeenCalledWith({ status: 'paid', number: 'AB-1', from: undefined });
  await expectAccessible();
});

test('what is written is sent by Enter', async () => {
  const { onChange } = show({ status: 'paid' });
  await userEvent.type(screen.getByLabelText('Number'), 'AB-1{Enter}');
  expect(onChange).toHaveBeenCalledWith({ status: 'paid', number: 'AB-1', from: undefined });
});

test('the fields follow the address, back and forth', () => {
  const { go } = show({ number: 'AB-1' });
  expect(screen.getByDisplayValue('AB-1')).toBeTruthy();
  go({ number: 'AB-2', status: 'paid' });
  expect(screen.getByDisplayValue('AB-2')).toBeTruthy();
  expect(screen.getByDisplayValue('Paid')).toBeTruthy();
});

test('filters are cleared together; where none is set there is nothing to clear', async () => {
  const { onChange, go } = show({ from: '2026-11-01' });
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(onChange).toHaveBeenCalledWith({});
  go({});
  expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
});

test('choices alone need no button', () => {
  show({}, FILTERS.slice(0, 1));
  expect(screen.queryByRole('button')).toBeNull();
});
