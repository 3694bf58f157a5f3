import { createApi } from '@sharestack/api/client.ts';
import { FIRST_FACTS, readSiteFacts } from '@sharestack/api/siteFacts.ts';
import { useSession, useSessionState } from '@sharestack/session/context.tsx';
import { useEffect, useState } from 'react';

/** What the API says of the shop to who is signed in; until then, what a new shop begins with. */
export function useFacts() {
  const session = useSession();
  const isSignedIn = useSessionState().status === 'signed-in';
  const [facts, setFacts] = useState(FIRST_FACTS);
  useEffect(() => {
    // Without an answer the first ones stay.
    if (isSignedIn) readSiteFacts(createApi({ fetch: session.fetch })).then(setFacts, () => undefined);
  }, [session, isSignedIn]);
  return facts;
}
