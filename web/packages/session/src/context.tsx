import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { Permission, Session, SessionState } from './session.ts';

const SessionContext = createContext<Session | null>(null);
const UNKNOWN: SessionState = { status: 'unknown' };

/** Without a session (on a server), nobody is known to be anybody. */
export function SessionProvider({ session, children }: { session: Session | null; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a session: a browser, and a SessionProvider');
  return session;
}

const never = () => () => undefined;

/** Unknown until the page is alive and the session has answered; a server's render says the same. */
export function useSessionState(): SessionState {
  const session = useContext(SessionContext);
  return useSyncExternalStore(
    session?.subscribe ?? never,
    () => session?.state ?? UNKNOWN,
    () => UNKNOWN,
  );
}

const NONE: readonly Permission[] = [];

/** What the signed-in person may do. */
export function usePermissions(): readonly Permission[] {
  const state = useSessionState();
  return state.status === 'signed-in' ? state.permissions : NONE;
}

/** Shows its children to who may do something; the API decides, this only does not offer what it would refuse. */
export function Can({ permission, children }: { permission: Permission; children: ReactNode }) {
  return usePermissions().includes(permission) ? children : null;
}
