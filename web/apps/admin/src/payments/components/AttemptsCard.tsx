import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { attemptsQuery, type FraudDecision } from '../queries.ts';
import { texts } from '../texts.ts';
import { DecisionMark } from './DecisionMark.tsx';
import { ReviewDialog } from './ReviewDialog.tsx';

/** How attempts to pay one checkout were judged; one that is held is reviewed from here. */
export function AttemptsCard({ checkoutId }: { checkoutId: string }) {
  const t = useTexts(texts);
  const attempts = useGrowingList(attemptsQuery(useApi(), checkoutId));
  const [open, setOpen] = useState<FraudDecision | null>(null);
  return (
    <Card
      title={t.attempts}
      aside={
        <Link to="/fraud" search={{ checkout: checkoutId }} className="text-sm text-brand underline underline-offset-4">
          {t.fraud}
        </Link>
      }
    >
      <MoreList {...attempts} empty={<p className="text-sm text-muted">{t.noAttempts}</p>}>
        {(attempt) => (
          <li key={attempt.id} className="py-2 text-sm">
            <div className="flex flex-wrap items-center gap-3">
              <button type="button" className="min-h-6 hover:underline" onClick={() => setOpen(attempt)}>
                <Moment instant={attempt.created_at} />
              </button>
              <DecisionMark decision={attempt.decision} />
            </div>
            <p className="text-muted">
              {[
                ...attempt.reasons.map((rule) => t.rules[rule] ?? rule),
                ...(attempt.verdict ? [t.verdicts[attempt.verdict] ?? attempt.verdict] : []),
              ].join(' · ')}
            </p>
          </li>
        )}
      </MoreList>
      {open && <ReviewDialog decision={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}
