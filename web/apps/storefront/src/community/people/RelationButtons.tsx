import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { SignInLink } from '../components/SignInLink.tsx';
import type { Person } from './queries.ts';
import { peopleTexts } from './texts.ts';

const Related = lazy(() => import('./Relation.tsx').then((module) => ({ default: module.Related })));

/** To follow somebody; and, behind the menu, to see no more of them. */
export function RelationButtons({ person }: { person: Person }) {
  const t = useTexts(peopleTexts);
  const state = useSessionState();
  if (state.status === 'anonymous' && !person.relation) return <SignInLink>{t.signInToFollow}</SignInLink>;
  if (state.status === 'signed-in' && state.user?.id === person.id) {
    return (
      <Link to="/account/profile" className={buttonClass('secondary', 'mt-4')}>
        {t.own}
      </Link>
    );
  }
  // The place of the buttons, until it is known what the reader is to the person.
  const place = <div className="mt-4 h-11" />;
  if (!person.relation) return place;
  return (
    <Suspense fallback={place}>
      <Related person={person} relation={person.relation} />
    </Suspense>
  );
}
