import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Poll } from '../queries.ts';
import { texts } from '../texts.ts';
import { PostTime } from './PostTime.tsx';

interface Props {
  poll: Poll;
  /** The way to vote, for who may. */
  children?: ReactNode;
}

/** A poll's results as far as its reader may know them, and how long it lasts. */
export function PollView({ poll, children }: Props) {
  const t = useTexts(texts);
  const isHidden = poll.options.some(({ votes }) => votes === null);
  return (
    <section aria-label={t.poll} className="mt-3 rounded-card border border-line p-4">
      {children || <Results poll={poll} />}
      <p className="mt-3 flex flex-wrap gap-x-3 text-sm text-muted">
        <span>{t.votes(poll.vote_count)}</span>
        {poll.is_over ? (
          <span>{t.pollOver}</span>
        ) : (
          poll.ends_at && (
            <span>
              {t.pollEnds} <PostTime instant={poll.ends_at} />
            </span>
          )
        )}
        {isHidden && !poll.is_over && <span>{t.resultsHidden}</span>}
      </p>
    </section>
  );
}

function Results({ poll }: { poll: Poll }) {
  const t = useTexts(texts);
  return (
    <ul className="space-y-2">
      {poll.options.map(({ text, percentage }, index) => (
        <li key={text}>
          <div className="flex items-baseline gap-2">
            <span dir="auto" className="min-w-0 grow break-words">
              {text}
            </span>
            {poll.vote === index && (
              <span className="inline-flex items-center gap-1 text-sm text-brand">
                <Check className="size-4" aria-hidden="true" />
                {t.yourVote}
              </span>
            )}
            {percentage !== null && <span className="shrink-0 tabular-nums">{t.share(percentage)}</span>}
          </div>
          {percentage !== null && (
            <div className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
              <div className="h-full bg-brand" style={{ width: `${percentage}%` }} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
