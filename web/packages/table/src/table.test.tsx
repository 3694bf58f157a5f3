import { ApiProblem } from '@sharestack/api/problem.ts';
import { LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { Column, TableRows } from './column.ts';
import { toCsv } from './csv.ts';
import { DataTable } from './DataTable.tsx';

interface Pot {
  id: string;
  name: string;
  stock: number;
}

const COLUMNS: Column<Pot>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ id, name }) => <a href={`#${id}`}>{name}</a>,
    plain: ({ name }) => name,
    isRowHeader: true,
  },
  {
    id: 'stock',
    title: 'Stock',
    cell: ({ stock }) => stock,
    plain: ({ stock }) => stock,
    align: 'right',
    optional: 'shown',
    sort: { ascending: 'stock', descending: '-stock' },
  },
  { id: 'id', title: 'Id', cell: ({ id }) => id, optional: 'hidden' },
];

const pots = (count: number): Pot[] =>
  Array.from({ length: count }, (_, index) => ({ id: `p-${index}`, name: `Pot ${index}`, stock: index }));

const list = (count: number, more: Partial<TableRows<Pot>> = {}): TableRows<Pot> => ({
  rows: pots(count),
  firstIndex: 0,
  hasMore: false,
  onMore: () => undefined,
  onEarlier: () => undefined,
  isLoadingMore: false,
  hasMoreFailed: false,
  ...more,
});

type Props = Partial<Parameters<typeof DataTable<Pot>>[0]>;

const table = (props: Props) => (
  <LocaleProvider locale="en">
    <DataTable
      name="pots"
      label="Pots"
      columns={COLUMNS}
      keyOf={({ id }) => id}
      list={undefined}
      onRetry={() => undefined}
      empty={<p>No pots yet</p>}
      {...props}
    />
  </LocaleProvider>
);

const heads = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);

function narrow() {
  const media = { matches: true, addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('matchMedia', () => media);
}

afterEach(() => vi.unstubAllGlobals());

test('of many rows only those that are seen are in the document', async () => {
  render(table({ list: list(5000) }));
  const shown = screen.getAllByRole('rowheader');
  expect(shown[0]?.textContent).toBe('Pot 0');
  expect(shown.length).toBeLessThan(60);
  expect(screen.getByRole('table', { name: 'Pots' }).getAttribute('aria-rowcount')).toBe('5001');
  expect(screen.getByRole('status').textContent).toBe('5,000 rows');
  await expectAccessible();
});

test('arrow keys go from row to row', async () => {
  render(table({ list: list(3) }));
  screen.getByRole('link', { name: 'Pot 0' }).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Pot 2');
  await userEvent.keyboard('{ArrowDown}{ArrowUp}');
  expect(document.activeElement?.textContent).toBe('Pot 1');
});

test('the server sorts: a press asks for the other order', async () => {
  const onSort = vi.fn();
  const { rerender } = render(table({ list: list(2), sort: '-stock', onSort }));
  const column = () => screen.getByRole('columnheader', { name: 'Stock' });
  expect(column().getAttribute('aria-sort')).toBe('descending');
  await userEvent.click(within(column()).getByRole('button'));
  rerender(table({ list: list(2), sort: 'stock', onSort }));
  expect(column().getAttribute('aria-sort')).toBe('ascending');
  await userEvent.click(within(column()).getByRole('button'));
  expect(onSort.mock.calls).toEqual([['stock'], ['-stock']]);
});

test('columns are chosen, and the choice stays', async () => {
  const { unmount } = render(table({ list: list(2) }));
  expect(heads()).toEqual(['Name', 'Stock']);
  await userEvent.click(screen.getByText('Columns'));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Id' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Stock' }));
  expect(heads()).toEqual(['Name', 'Id']);
  unmount();
  render(table({ list: list(2) }));
  expect(heads()).toEqual(['Name', 'Id']);
});

test('on a phone each row is a card', async () => {
  narrow();
  render(table({ list: list(2) }));
  expect(screen.queryByRole('table')).toBeNull();
  const cards = within(screen.getByRole('list', { name: 'Pots' })).getAllByRole('listitem');
  expect(cards.map(({ textContent }) => textContent)).toEqual(['Pot 0Stock0', 'Pot 1Stock1']);
  await expectAccessible();
});

test('what loads has its place, what failed can be tried again, and nothing says what to do', async () => {
  const onRetry = vi.fn();
  const { container, rerender } = render(table({}));
  expect(container.querySelector('[aria-busy]')).toBeTruthy();
  rerender(table({ error: new ApiProblem(503, 'unavailable', { correlationId: 'c-9' }), onRetry }));
  expect(screen.getByText('c-9')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalled();
  rerender(table({ list: list(0) }));
  expect(screen.getByText('No pots yet')).toBeTruthy();
});

test('more is loaded when asked for; where that fails, the rows stay', async () => {
  const onMore = vi.fn();
  const { rerender } = render(table({ list: list(2, { hasMore: true, onMore }) }));
  expect(screen.getByRole('status').textContent).toBe('2 rows, and more');
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
  expect(onMore).toHaveBeenCalledTimes(1);
  rerender(table({ list: list(2, { hasMore: true, onMore, isLoadingMore: true }) }));
  await userEvent.click(screen.getByRole('button', { name: 'Loading…' }));
  expect(onMore).toHaveBeenCalledTimes(1);
  rerender(table({ list: list(2, { hasMore: true, onMore, hasMoreFailed: true }) }));
  expect(screen.getByRole('alert').textContent).toBe('More did not load.');
  expect(screen.getAllByRole('rowheader')).toHaveLength(2);
});

test('rows that were let go of are fetched again when one comes back to them', () => {
  const onEarlier = vi.fn();
  render(table({ list: list(20, { firstIndex: 50, onEarlier }) }));
  expect(onEarlier).toHaveBeenCalled();
});

function files(): Blob[] {
  const made: Blob[] = [];
  vi.stubGlobal('URL', {
    createObjectURL: (blob: Blob) => {
      made.push(blob);
      return 'blob:1';
    },
    revokeObjectURL: () => undefined,
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  return made;
}

const linesOf = async (file: Blob | undefined) => (await file?.text())?.split('\r\n');

test('the rows are a file for spreadsheets, which says how many they are', async () => {
  const made = files();
  render(table({ list: list(1) }));
  await userEvent.click(screen.getByRole('button', { name: 'Export CSV (1 row)' }));
  expect(await linesOf(made[0])).toEqual(['Name,Stock', 'Pot 0,0']);
});

test('of a list that has more, either what is loaded is a file, or all is read first', async () => {
  const made = files();
  const readAll: TableRows<Pot>['readAll'] = async (onRead) => {
    onRead(3);
    return { rows: pots(5), isWhole: false };
  };
  render(table({ list: list(2, { hasMore: true, readAll }) }));
  await userEvent.click(screen.getByText('Export CSV'));
  await expectAccessible();
  await userEvent.click(screen.getByRole('button', { name: 'The 2 rows that are loaded' }));
  expect(await linesOf(made[0])).toHaveLength(3);
  await userEvent.click(screen.getByRole('button', { name: 'All, up to 10,000 rows' }));
  expect(await screen.findByText('The first 5 rows exported; choose filters for the others.')).toBeTruthy();
  expect(await linesOf(made[1])).toHaveLength(6);
});

test('reading all says how far it is, can be cancelled, and leaves no file where it fails', async () => {
  const made = files();
  let fail: (error: Error) => void = () => undefined;
  const readAll: TableRows<Pot>['readAll'] = (onRead) => {
    onRead(50);
    return new Promise((_, reject) => {
      fail = reject;
    });
  };
  render(table({ list: list(2, { hasMore: true, readAll }) }));
  const all = async () => userEvent.click(screen.getByRole('button', { name: 'All, up to 10,000 rows' }));
  await userEvent.click(screen.getByText('Export CSV'));
  await all();
  expect(screen.getByText('50 rows read…')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  fail(new Error('nobody waits'));
  await userEvent.click(screen.getByText('Export CSV'));
  await all();
  fail(new ApiProblem(503, 'unavailable'));
  expect(await screen.findByText('Not all of it could be read, so that there is no file.')).toBeTruthy();
  expect(made).toEqual([]);
});

test('texts of others are no formulas, and commas and quotes stay in their cell', () => {
  const rows = [
    { id: '1', name: '=HYPERLINK("x")', stock: -3 },
    { id: '2', name: 'Pot, "large"', stock: 1 },
  ];
  expect(toCsv(COLUMNS, rows)).toBe('Name,Stock\r\n"\'=HYPERLINK(""x"")",-3\r\n"Pot, ""large""",1');
});
