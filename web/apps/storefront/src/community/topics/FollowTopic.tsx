import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { lazy, Suspense } from 'react';
import { SignInLink } from '../components/SignInLink.tsx';
import type { Topic } from './TopicButtons.tsx';
import { topicsTexts } from './texts.ts';

const TopicButtons = lazy(() => import('./TopicButtons.tsx').then((module) => ({ default: module.TopicButtons })));

/** To have a topic's posts in one's feed, for who is signed in. */
export function FollowTopic({ topic }: { topic: Topic }) {
  const t = useTexts(topicsTexts);
  const { status } = useSessionState();
  const place = <div className="mt-4 h-11" />;
  if (!topic.viewer) return status === 'anonymous' ? <SignInLink>{t.signIn}</SignInLink> : place;
  return (
    <Suspense fallback={place}>
      <TopicButtons topic={topic} viewer={topic.viewer} />
    </Suspense>
  );
}
