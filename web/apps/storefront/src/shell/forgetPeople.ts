import type { Session } from '@sharestack/session/session.ts';
import type { QueryClient } from '@tanstack/react-query';

/**
 * What one person was shown is not for the next: all answers of the API go when somebody leaves, or becomes somebody
 * else. A session that ended by itself keeps them, because whoever was at the page may sign in again and go on; what
 * failed meanwhile is then asked for anew.
 */
export function forgetPeople(session: Session, queryClient: QueryClient): void {
  let person: string | null = null;
  let wasExpired = false;
  session.subscribe(() => {
    const { state } = session;
    const isExpired = state.status === 'anonymous' && state.isExpired === true;
    const isBack = wasExpired && !isExpired;
    wasExpired = isExpired;
    if (state.status === 'unknown' || isExpired) return;
    const now = state.status === 'signed-in' ? state.user?.id : null;
    if (now === person && isBack) void queryClient.invalidateQueries();
    if (now === undefined || now === person) return;
    if (person !== null) queryClient.clear();
    person = now;
  });
}
