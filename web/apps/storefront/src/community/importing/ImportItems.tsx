import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { Link } from '@tanstack/react-router';
import { TAB } from '../components/looks.ts';
import { importItemsQuery, type PostImportItem } from './queries.ts';
import type { Outcome } from './search.ts';
import { importingTexts } from './texts.ts';

interface Props {
  id: string;
  /** Those that some items have. */
  ends: readonly Outcome[];
  outcome: Outcome | undefined;
  isUnderWay: boolean;
}

/** Each item of the file at its place, with what became of it. */
export function ImportItems({ id, ends, outcome, isUnderWay }: Props) {
  const t = useTexts(importingTexts);
  const list = useGrowingList(importItemsQuery(useApi(), id, outcome ?? null));
  return (
    <section className="mt-5">
      <h3 className="font-medium">{t.items}</h3>
      <nav aria-label={t.outcomesLabel} className="mb-4 flex flex-wrap border-b border-line">
        {[undefined, ...ends].map((end) => (
          <Link
            key={end ?? ''}
            to="/account/import"
            search={end ? { import: id, outcome: end } : { import: id }}
            resetScroll={false}
            activeProps={{}}
            aria-current={end === outcome ? 'page' : undefined}
            className={TAB}
          >
            {end ? t.outcomes[end] : t.all}
          </Link>
        ))}
      </nav>
      <MoreList {...list} empty={<EmptyState title={isUnderWay ? t.noItemsYet : t.noItems} />}>
        {(item) => <Item key={item.place} item={item} />}
      </MoreList>
    </section>
  );
}

function Item({ item: { place, source_id: source, outcome, reason, post_id: postId } }: { item: PostImportItem }) {
  const t = useTexts(importingTexts);
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="tabular-nums">{t.item(place + 1)}</span>
        <span className={outcome === 'refused' ? 'text-danger' : 'text-muted'}>{t.outcomes[outcome]}</span>
        {postId && (
          <Link to="/posts/$id" params={{ id: postId }} className="text-brand underline underline-offset-4">
            {t.seePost}
          </Link>
        )}
      </p>
      {reason && <p className="text-sm">{t.reasons[reason] ?? t.why(reason)}</p>}
      <p dir="ltr" className="text-xs break-all text-muted">
        {source}
      </p>
    </li>
  );
}
