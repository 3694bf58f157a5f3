import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Link } from '@tanstack/react-router';
import type { Case } from '../queries.ts';
import { texts } from '../texts.ts';
import { ActionList } from './ActionList.tsx';

/** Whose it is: how long they are here, and what there was with them before. */
export function CaseHistory({ one }: { one: Case }) {
  const t = useTexts(texts);
  const { owner, history } = one;
  if (!owner || !history) return null;
  const cases = Object.entries(history.cases)
    .map(([status, count]) => `${t.states[status as keyof typeof t.states] ?? status} ${String(count)}`)
    .join(', ');
  const standing = history.standing;
  return (
    <Card title={t.history}>
      <Facts
        facts={[
          [t.owner, <bdi key="owner">{owner.display_name ?? owner.username ?? t.formerUser}</bdi>],
          [t.status, standing && (t.standings[standing.standing] ?? standing.standing)],
          [t.until, standing?.until && <Moment instant={standing.until} />],
          [t.joined, standing && <Moment instant={standing.joined_at} precision="day" />],
          [t.posts, history.posts],
          [t.earlierCases, cases || t.nothingEarlier],
        ]}
      />
      {history.actions.length > 0 && (
        <div className="mt-3">
          <h3 className="mb-1 text-sm text-muted">{t.earlierActions}</h3>
          <ActionList actions={history.actions} />
        </div>
      )}
      <Link
        to="/reports"
        search={{ user: owner.id }}
        className="mt-3 inline-flex min-h-11 items-center text-sm text-brand underline underline-offset-4 sm:min-h-6"
      >
        {t.otherCases}
      </Link>
    </Card>
  );
}
