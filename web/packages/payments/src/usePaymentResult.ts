import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * - `checking`: nothing final is known yet
 * - `waiting`: the payer has to authorize it somewhere else, and may still do so
 * - `late`: still nothing final; the shop will write
 */
export type Verdict = 'checking' | 'waiting' | 'late' | 'paid' | 'failed' | 'canceled';

/** Seconds before the API is asked again: 30 together. */
const PAUSES = [1, 2, 4, 8, 15];
const WAITING_PAUSE = 5;
const WAITING_TRIES = 180;
/** A payment that failed before may have succeeded since: the provider's word takes a moment to arrive. */
const FAILURES_BELIEVED = 3;

const PAID = ['succeeded', 'partially_refunded', 'refunded'];

interface Progress {
  tries: number;
  failures: number;
}

/** What a status means, after so many looks at it. */
export function verdictOf(status: string, { tries, failures }: Progress): Verdict {
  if (PAID.includes(status)) return 'paid';
  if (status === 'canceled') return 'canceled';
  if (status === 'failed' && failures >= FAILURES_BELIEVED) return 'failed';
  if (status === 'requires_action') return tries > WAITING_TRIES ? 'late' : 'waiting';
  return tries > PAUSES.length ? 'late' : 'checking';
}

function pauseAfter(verdict: Verdict, tries: number): number | null {
  if (verdict === 'waiting') return WAITING_PAUSE;
  return verdict === 'checking' ? (PAUSES[tries - 1] ?? null) : null;
}

/**
 * Asks until something final is known, or half a minute is over. `read` must stay the same function as long as it is
 * about the same payment. An error ends it; `again` starts anew.
 */
export function usePaymentResult<P extends { status: string }>(read: () => Promise<P>) {
  const [payment, setPayment] = useState<P | null>(null);
  const [verdict, setVerdict] = useState<Verdict>('checking');
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    let isWanted = true;
    const progress = { tries: 0, failures: 0 };
    setError(null);
    const ask = async () => {
      try {
        const found = await read();
        if (!isWanted) return;
        progress.tries += 1;
        progress.failures = found.status === 'failed' ? progress.failures + 1 : 0;
        const judged = verdictOf(found.status, progress);
        setPayment(found);
        setVerdict(judged);
        const pause = pauseAfter(judged, progress.tries);
        if (pause !== null) timer.current = setTimeout(ask, pause * 1000);
      } catch (problem) {
        if (isWanted) setError(problem);
      }
    };
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer.current);
    };
  }, [read, round]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  return { payment, verdict, error, again };
}
