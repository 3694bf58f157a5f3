import { QueryClient, QueryClientProvider, useInfiniteQuery } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { cursorPages, readPages } from './pages.ts';

test('ten pages are held, and one can go back to those that were left', async () => {
  const asked: (string | null)[] = [];
  const options = cursorPages({
    queryKey: ['numbers'],
    fetchPage: async (cursor) => {
      asked.push(cursor);
      const page = Number(cursor ?? 0);
      return { items: [page * 2, page * 2 + 1], next_cursor: page < 12 ? String(page + 1) : null };
    },
  });
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useInfiniteQuery(options), { wrapper });
  await waitFor(() => expect(result.current.data?.pages).toHaveLength(1));
  expect(result.current.hasPreviousPage).toBe(false);
  for (let page = 1; page <= 12; page += 1) await result.current.fetchNextPage();
  await waitFor(() => expect(result.current.hasNextPage).toBe(false));
  expect(result.current.data?.pages.map(({ index }) => index)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  asked.length = 0;
  await result.current.fetchPreviousPage();
  await waitFor(() => expect(result.current.data?.pages[0]?.items).toEqual([4, 5]));
  expect(asked).toEqual(['2']);
});

const five = async (cursor: string | null) => {
  const page = Number(cursor ?? 0);
  return { items: [page * 2, page * 2 + 1], next_cursor: page < 4 ? String(page + 1) : null };
};

test('all pages are read one behind the other, up to as many rows as one wants', async () => {
  const counts: number[] = [];
  const { signal } = new AbortController();
  expect(await readPages(five, 100, (count) => counts.push(count), signal)).toEqual({
    rows: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    isWhole: true,
  });
  expect(counts).toEqual([2, 4, 6, 8, 10]);
  expect(await readPages(five, 3, () => undefined, signal)).toEqual({ rows: [0, 1, 2], isWhole: false });
  expect(await readPages(five, 10, () => undefined, signal)).toMatchObject({ isWhole: true });
});

test('a list that leads nowhere is not read for ever, nor said to be whole', async () => {
  const fetchPage = vi.fn(async (cursor: string | null) => ({ items: cursor ? [] : [1], next_cursor: 'again' }));
  const read = await readPages(fetchPage, 100, () => {}, new AbortController().signal);
  expect(read).toEqual({ rows: [1], isWhole: false });
  expect(fetchPage).toHaveBeenCalledTimes(3);
});

test('what nobody waits for any more is not read to its end', async () => {
  const controller = new AbortController();
  let count = 0;
  const read = readPages(five, 100, () => controller.abort(new Error('gone')), controller.signal).finally(() => {
    count += 1;
  });
  await expect(read).rejects.toThrow('gone');
  expect(count).toBe(1);
});
