import { ApiProblem } from '@sharestack/api/problem.ts';
import { LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { BulkBar, type BulkResult } from './BulkBar.tsx';
import { EditForm } from './EditForm.tsx';
import type { Field, Values } from './field.ts';
import { minorUnits, written } from './fieldValues.ts';
import { NoticeProvider } from './Notices.tsx';
import { readSearch } from './readSearch.ts';
import { SavedViews } from './SavedViews.tsx';
import { useAction } from './useAction.ts';
import { useSelection } from './useSelection.tsx';

async function show(content: () => ReactNode) {
  const root = createRootRoute({ component: content });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ['/'] }) });
  const client = new QueryClient({ defaultOptions: { mutations: { networkMode: 'always' } } });
  render(
    <LocaleProvider locale="en">
      <SiteProvider site={{ name: 'Shop', email: 'shop@shop.example', origin: 'https://shop.example' }}>
        <QueryClientProvider client={client}>
          <NoticeProvider>
            <RouterProvider router={router as never} />
          </NoticeProvider>
        </QueryClientProvider>
      </SiteProvider>
    </LocaleProvider>,
  );
  await waitFor(() => expect(document.body.textContent).not.toBe(''));
}

const FIELDS: Field[] = [
  { name: 'code', label: 'Code', kind: 'text', required: true, maxLength: 8 },
  { name: 'amount', label: 'Amount', kind: 'amount', currency: 'EUR', min: 1, max: 99_999 },
  { name: 'yen', label: 'Yen', kind: 'amount', currency: 'JPY', min: 1 },
  { name: 'uses', label: 'Uses', kind: 'whole', max: 10 },
  { name: 'kind', label: 'Kind', kind: 'choice', options: [{ value: 'a', label: 'Kind A' }] },
  { name: 'ends', label: 'Ends', kind: 'moment' },
  { name: 'tags', label: 'Tags', kind: 'list', maxLength: 5 },
  { name: 'on', label: 'On', kind: 'check' },
];

test('a form sends what is written as what it means, and says what it cannot read', async () => {
  const send = vi.fn(async (values: Values) => values);
  await show(() => <EditForm label="Coupon" fields={FIELDS} initial={{ on: true }} send={send} onSaved={() => {}} />);
  const type = (label: RegExp, text: string) => userEvent.type(screen.getByLabelText(label), text);
  await type(/^Amount/, '1.999');
  await type(/^Yen/, '0');
  await type(/^Uses/, '12');
  await type(/^Tags/, 'red, much too long');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  for (const problem of [
    'Please fill this in.',
    'Please write an amount, such as 19.99.',
    'It cannot be less than 1.',
    'It cannot be more than 10.',
    'At most 5 characters.',
  ]) {
    expect(screen.getByText(problem)).toBeTruthy();
  }
  expect(document.activeElement).toBe(screen.getByLabelText('Code'));
  await expectAccessible();
  for (const label of [/^Amount/, /^Yen/, /^Uses/, /^Tags/]) await userEvent.clear(screen.getByLabelText(label));
  await type(/^Code/, '  SPRING ');
  await type(/^Amount/, '234.5');
  await type(/^Yen/, '500');
  await type(/^Uses/, '3');
  await type(/^Tags/, 'red{Enter}blue{Enter}red');
  await type(/^Ends/, '2026-12-24T18:00');
  await userEvent.selectOptions(screen.getByLabelText(/^Kind/), 'Kind A');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(send).toHaveBeenCalledTimes(1));
  expect(send.mock.calls[0]?.[0]).toEqual({
    code: 'SPRING',
    amount: 23_450,
    yen: 500,
    uses: 3,
    kind: 'a',
    ends: new Date('2026-12-24T18:00').toISOString(),
    tags: ['red', 'blue'],
    on: true,
  });
});

test('amounts are whole minor units of their currency, there and back', () => {
  expect(minorUnits('19.99', 'USD')).toBe(1999);
  expect(minorUnits('1,000', 'JPY')).toBe(1000);
  expect(minorUnits('1.5', 'JPY')).toBeNull();
  expect(minorUnits('0.1', 'BHD')).toBe(100);
  expect(minorUnits('-3', 'USD')).toBe(-300);
  expect(minorUnits('ten', 'USD')).toBeNull();
  expect(written({ name: 'a', label: 'A', kind: 'amount', currency: 'USD' }, 5)).toBe('0.05');
  expect(written({ name: 'a', label: 'A', kind: 'moment' }, 'nonsense')).toBe('');
});

test('the answer is said beside its field, or above the button, and one press sends once', async () => {
  let answer: (value: unknown) => void = () => {};
  const keys: string[] = [];
  const send = vi.fn(async (_: Values, { key }: { key: string }) => {
    keys.push(key);
    if (keys.length === 1) {
      throw new ApiProblem(422, 'validation_failed', { fields: [{ field: 'body.code', message: 'taken' }] });
    }
    if (keys.length === 2) throw new ApiProblem(0, 'offline');
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  const saved = vi.fn();
  await show(() => (
    <EditForm label="Coupon" fields={FIELDS.slice(0, 1)} initial={{ code: 'A' }} send={send} onSaved={saved} />
  ));
  const save = screen.getByRole('button', { name: 'Save' });
  await userEvent.click(save);
  expect(await screen.findByText('taken')).toBeTruthy();
  await userEvent.click(save);
  expect(await screen.findByText(/The network is down/)).toBeTruthy();
  await userEvent.click(save);
  await userEvent.click(save);
  expect(send).toHaveBeenCalledTimes(3);
  answer({});
  await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
  expect(new Set(keys).size).toBe(1);
});

test('of a conflict both sides are shown; what is there can be taken', async () => {
  const send = vi.fn(async () => {
    throw new ApiProblem(409, 'version_conflict');
  });
  await show(() => (
    <EditForm
      label="Coupon"
      fields={[FIELDS[0] as Field, FIELDS[7] as Field]}
      initial={{ code: 'OLD', on: false }}
      version={1}
      send={send}
      reload={async () => ({ values: { code: 'THEIRS', on: true }, version: 2 })}
      onSaved={() => {}}
    />
  ));
  await userEvent.clear(screen.getByLabelText('Code'));
  await userEvent.type(screen.getByLabelText('Code'), 'MINE');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Somebody else changed this' }));
  expect(dialog.getByRole('row', { name: 'Code MINE THEIRS' })).toBeTruthy();
  expect(dialog.getByRole('row', { name: 'On no yes' })).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Take what is there' }));
  expect((screen.getByLabelText('Code') as HTMLInputElement).value).toBe('THEIRS');
  expect((screen.getByLabelText('On') as HTMLInputElement).checked).toBe(true);
});

interface Item {
  id: string;
  name: string;
}
const ITEMS: Item[] = ['a', 'b', 'c'].map((id) => ({ id, name: `Item ${id}` }));
const keyOf = ({ id }: Item) => id;
const nameOf = ({ name }: Item) => name;

function List({ run }: { run: (rows: readonly Item[], key: string) => Promise<BulkResult[]> }) {
  const selection = useSelection(keyOf, nameOf);
  return (
    <>
      {ITEMS.map((item) => (
        <div key={item.id}>{selection.column.cell(item)}</div>
      ))}
      <BulkBar
        selection={selection}
        loaded={ITEMS}
        keyOf={keyOf}
        nameOf={nameOf}
        changes={[['items']]}
        actions={[{ name: 'hide', label: 'Hide', preview: ({ id }) => (id === 'c' ? null : 'hidden'), run }]}
      />
    </>
  );
}

test('nothing is done to many before its preview was seen; what is refused stays chosen', async () => {
  const run = vi.fn(async (rows: readonly Item[]): Promise<BulkResult[]> => {
    if (run.mock.calls.length === 1) throw new ApiProblem(500, 'unknown', { correlationId: 'c-9' });
    return rows.map(({ id }) =>
      id === 'b'
        ? { id, outcome: 'refused', code: 'version_conflict' }
        : { id, outcome: id === 'c' ? 'unchanged' : 'done' },
    );
  });
  await show(() => <List run={run} />);
  expect(screen.queryByRole('button', { name: 'Hide' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Choose all 3 that are loaded' }));
  await userEvent.click(screen.getByRole('button', { name: 'Hide' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Hide' }));
  expect(dialog.getByText('2 items will change:')).toBeTruthy();
  expect(dialog.getByText('1 item as wanted already')).toBeTruthy();
  expect(run).not.toHaveBeenCalled();
  await userEvent.click(dialog.getByRole('button', { name: 'Hide' }));
  expect(await dialog.findByText('c-9')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Hide' }));
  expect(await dialog.findByText('1 item done · 1 item as wanted already · 1 item refused')).toBeTruthy();
  expect(dialog.getByText(/Somebody else changed this/)).toBeTruthy();
  await expectAccessible();
  await userEvent.click(dialog.getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
  expect(screen.getByText(/^1 chosen/)).toBeTruthy();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Choose Item b' }));
  expect(screen.queryByText(/chosen/)).toBeNull();
});

function Button({ act, undo }: { act: (key: string) => Promise<void>; undo?: () => void }) {
  const { run } = useAction<void>({ act: (_, key) => act(key), done: 'Done', ...(undo ? { undo } : {}) });
  return (
    <button type="button" onClick={() => run()}>
      Go
    </button>
  );
}

test('what is done is told, and can be taken back; the next time it is wanted anew', async () => {
  const keys: string[] = [];
  const undo = vi.fn();
  await show(() => (
    <Button
      act={async (key) => {
        keys.push(key);
      }}
      undo={undo}
    />
  ));
  await userEvent.click(screen.getByRole('button', { name: 'Go' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(undo).toHaveBeenCalledTimes(1);
  expect(screen.queryByText('Done')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Go' }));
  expect(await screen.findByText('Done')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByText('Done')).toBeNull();
  expect(new Set(keys).size).toBe(2);
});

test.each([
  [new ApiProblem(429, 'too_many_requests', { retryAfter: 7 }), 'Too many requests. Try again in 7 seconds.'],
  [new ApiProblem(403, 'missing_permission'), 'You may not do this any more.'],
  [new ApiProblem(409, 'odd', { said: { detail: 'It is odd' } }), 'It is odd'],
  [new ApiProblem(502, 'unknown'), 'That did not work. Please try again in a moment.'],
])('a refusal is said in words (%s)', async (problem, words) => {
  await show(() => (
    <Button
      act={async () => {
        throw problem;
      }}
    />
  ));
  await userEvent.click(screen.getByRole('button', { name: 'Go' }));
  expect(await screen.findByText(words)).toBeTruthy();
});

test('a view is saved by name, opened and deleted', async () => {
  localStorage.clear();
  const onOpen = vi.fn();
  await show(() => <SavedViews list="orders" search={{ status: 'paid', email: undefined }} onOpen={onOpen} />);
  await userEvent.click(screen.getByText('Views'));
  expect(screen.getByText(/No view is saved yet/)).toBeTruthy();
  await userEvent.type(screen.getByLabelText('Name of the view'), 'To ship{Enter}');
  await userEvent.click(await screen.findByRole('button', { name: 'To ship' }));
  expect(onOpen).toHaveBeenCalledWith({ status: 'paid' });
  await userEvent.click(screen.getByRole('button', { name: 'Delete the view To ship' }));
  expect(JSON.parse(localStorage.getItem('views.orders') ?? '')).toEqual([]);
  localStorage.setItem('views.orders', '{"broken"');
});

test('an address chooses what a list knows, and nothing else', () => {
  const shape = {
    status: ['open', 'closed'],
    on: ['true', 'false'],
    q: 'text',
    id: 'id',
    day: 'day',
    page: 'whole',
  } as const;
  expect(readSearch({ status: 'lost', on: true, q: 12, id: 'x', day: '2026-13-01', page: 3 }, shape)).toEqual({
    on: 'true',
    q: '12',
    page: '3',
  });
});
