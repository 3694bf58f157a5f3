import { asProblem } from '@sharestack/api/problem.ts';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';

const SignInAgain = lazy(() => import('./SignInAgain.tsx').then((module) => ({ default: module.SignInAgain })));

/**
 * Sends what was written, once at a time. A session that has ended is no failure: one signs in on the spot, and the same
 * thing is sent again.
 */
export function useSending<T>(send: () => Promise<T>, onSent: (answer: T) => void) {
  const isBusy = useRef(false);
  const [isSending, setSending] = useState(false);
  const [isSignedOut, setSignedOut] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(send);
  latest.current = send;
  const submit = async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    setSending(true);
    setError(null);
    try {
      onSent(await latest.current());
    } catch (refusal) {
      if (asProblem(refusal).status === 401) setSignedOut(true);
      else setError(refusal);
    } finally {
      isBusy.current = false;
      setSending(false);
    }
  };
  const dialog: ReactNode = isSignedOut && (
    <Suspense>
      <SignInAgain
        onClose={() => setSignedOut(false)}
        onDone={() => {
          setSignedOut(false);
          void submit();
        }}
      />
    </Suspense>
  );
  return { submit, isSending, error, dialog };
}
