import type { ReactNode } from 'react';
import { Card } from './Card.tsx';
import { Loaded } from './Loaded.tsx';

interface Props<Row> {
  title: string;
  /** The way to the list of all of them, which is shown where there are any. */
  all: ReactNode;
  none: string;
  query: { data: readonly Row[] | undefined; error: Error | null; refetch: () => unknown };
  keyOf: (row: Row) => string;
  children: (row: Row) => ReactNode;
}

/** The latest few of a list that has a room of its own. */
export function ShortList<Row>({ title, all, none, query, keyOf, children }: Props<Row>) {
  return (
    <Card title={title} aside={query.data && query.data.length > 0 && all}>
      <Loaded query={query} size="h-24">
        {(rows) =>
          rows.length === 0 ? (
            <p className="text-sm text-muted">{none}</p>
          ) : (
            <ul className="divide-y divide-line text-sm">
              {rows.map((row) => (
                <li
                  key={keyOf(row)}
                  className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2 first:pt-0 last:pb-0"
                >
                  {children(row)}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
