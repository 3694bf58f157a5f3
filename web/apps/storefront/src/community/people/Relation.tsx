import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Ban, Ellipsis, Flag, Timer, VolumeX } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Menu } from '../acting/Menu.tsx';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { ACTION, MENU_ITEM } from '../components/looks.ts';
import { useReport } from '../reporting.tsx';
import type { Person } from './queries.ts';
import { peopleTexts } from './texts.ts';
import { useRelation } from './useRelation.ts';

const MuteEnd = lazy(() => import('../filters/MuteEnd.tsx').then((module) => ({ default: module.MuteEnd })));

/** What a reader is to somebody, and how they change it. */
export function Related({ person, relation }: { person: Person; relation: NonNullable<Person['relation']> }) {
  const t = useTexts(peopleTexts);
  const { problem, isFollowing, follow, mute, block } = useRelation(person);
  const report = useReport({ kind: 'user', id: person.id });
  const [isTiming, setTiming] = useState(false);
  const note = relation.blocking ? t.blocked : relation.muting ? t.muted : null;
  const items = [
    { label: relation.muting ? t.unmute : t.mute, icon: VolumeX, act: mute },
    ...(relation.muting ? [] : [{ label: t.muteFor, icon: Timer, act: () => setTiming(true) }]),
    { label: relation.blocking ? t.unblock : t.block, icon: Ban, act: block },
    ...(report.open ? [{ label: t.report, icon: Flag, act: report.open }] : []),
  ];
  return (
    <>
      <div className="mt-4 flex items-center gap-2">
        {relation.blocking ? (
          <Button kind="secondary" onClick={block}>
            {t.unblock}
          </Button>
        ) : (
          <Button kind={isFollowing ? 'secondary' : 'primary'} onClick={follow}>
            {relation.requested ? t.requested : isFollowing ? t.unfollow : t.follow}
          </Button>
        )}
        <Menu label={t.more} className={ACTION} face={<Ellipsis className="size-5" aria-hidden="true" />}>
          {(close) => (
            <ul onClickCapture={close}>
              {items.map(({ label, icon: Icon, act }) => (
                <li key={label}>
                  <button type="button" onClick={act} className={MENU_ITEM}>
                    <Icon className="size-4" aria-hidden="true" />
                    {label}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Menu>
      </div>
      <p role="status" className="mt-2 text-sm text-muted empty:hidden">
        {note}
      </p>
      <ProblemNote error={problem} />
      {isTiming && (
        <Suspense>
          <MuteEnd person={person} until={null} onClose={() => setTiming(false)} />
        </Suspense>
      )}
      {report.dialog}
    </>
  );
}
