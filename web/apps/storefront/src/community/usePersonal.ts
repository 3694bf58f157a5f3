import { useSessionState } from '@sharestack/session/context.tsx';
import { useEffect, useRef } from 'react';

/**
 * A served page was made for nobody. Once it is known who reads it, what it shows is asked for again, with what that
 * person has done with it and may do; until then it stays.
 */
export function usePersonal(isForNobody: boolean, refetch: () => unknown): void {
  const { status } = useSessionState();
  const isAsked = useRef(false);
  const isDue = status === 'signed-in' && isForNobody;
  useEffect(() => {
    if (!isDue) isAsked.current = false;
    else if (!isAsked.current) {
      isAsked.current = true;
      void refetch();
    }
  }, [isDue, refetch]);
}
