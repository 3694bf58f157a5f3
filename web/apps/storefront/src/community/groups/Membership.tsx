import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { lazy, Suspense } from 'react';
import { SignInLink } from '../components/SignInLink.tsx';
import type { Group } from './queries.ts';
import { groupsTexts } from './texts.ts';

const MembershipSteps = lazy(() =>
  import('./MembershipSteps.tsx').then((module) => ({ default: module.MembershipSteps })),
);

/** Where the reader stands in the group, and the next step from there. */
export function Membership({ group }: { group: Group }) {
  const t = useTexts(groupsTexts);
  const { status } = useSessionState();
  const place = <div className="mt-4 h-11" />;
  if (!group.viewer) return status === 'anonymous' ? <SignInLink>{t.signIn}</SignInLink> : place;
  return (
    <Suspense fallback={place}>
      <MembershipSteps group={group} viewer={group.viewer} />
    </Suspense>
  );
}
