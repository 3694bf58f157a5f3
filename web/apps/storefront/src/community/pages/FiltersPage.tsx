import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { TAB } from '../components/looks.ts';
import { FilteredPerson } from '../filters/FilteredPerson.tsx';
import { type ContentFilter, filtersQuery } from '../filters/queries.ts';
import { FILTER_LISTS, type FiltersSearch } from '../filters/search.ts';
import { filtersTexts } from '../filters/texts.ts';
import { Words } from '../filters/Words.tsx';

const route = getRouteApi('/account/blocks');

/** Whom and what somebody does not want to read. */
export function FiltersPage() {
  const t = useTexts(filtersTexts);
  const { list: shown = 'mutes' }: FiltersSearch = route.useSearch();
  return (
    <>
      <PageHead title={t.title} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.title}
      </h1>
      <p className="mt-1 mb-4 text-muted">{t.about}</p>
      <nav aria-label={t.listsLabel} className="flex flex-wrap border-b border-line">
        {FILTER_LISTS.map((list) => (
          <Link
            key={list}
            to="/account/blocks"
            search={list === 'mutes' ? {} : { list }}
            resetScroll={false}
            activeProps={{}}
            aria-current={list === shown ? 'page' : undefined}
            className={TAB}
          >
            {t.lists[list]}
          </Link>
        ))}
      </nav>
      <h2 className="sr-only">{t.lists[shown]}</h2>
      <p className="my-4 max-w-prose text-sm text-muted">{t.aboutLists[shown]}</p>
      {shown === 'words' ? <Words /> : <People key={shown} kind={shown === 'mutes' ? 'mute' : 'block'} />}
    </>
  );
}

function People({ kind }: { kind: ContentFilter['kind'] }) {
  const t = useTexts(filtersTexts);
  const list = useGrowingList(filtersQuery(useApi(), kind));
  const empty =
    kind === 'mute' ? (
      <EmptyState title={t.noMutes} body={t.noMutesBody} />
    ) : (
      <EmptyState title={t.noBlocks} body={t.noBlocksBody} />
    );
  return (
    <MoreList {...list} empty={empty}>
      {(filter) => <FilteredPerson key={filter.person.id} filter={filter} />}
    </MoreList>
  );
}
