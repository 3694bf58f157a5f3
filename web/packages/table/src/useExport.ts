import { useEffect, useRef, useState } from 'react';
import type { TableRows } from './column.ts';

type State =
  | { kind: 'idle' | 'failed' }
  | { kind: 'reading'; count: number }
  | { kind: 'written'; count: number; isWhole: boolean };

/** Reads all of a list and writes it into a file; it ends with the page, and can be cancelled. */
export function useExport<Row>({ readAll }: TableRows<Row>, write: (rows: readonly Row[]) => void) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const all = async () => {
    if (!readAll) return;
    const controller = new AbortController();
    running.current = controller;
    setState({ kind: 'reading', count: 0 });
    try {
      const { rows, isWhole } = await readAll((count) => {
        if (!controller.signal.aborted) setState({ kind: 'reading', count });
      }, controller.signal);
      write(rows);
      setState({ kind: 'written', count: rows.length, isWhole });
    } catch {
      if (!controller.signal.aborted) setState({ kind: 'failed' });
    }
  };
  const cancel = () => {
    running.current?.abort();
    setState({ kind: 'idle' });
  };
  return { state, all, cancel };
}
