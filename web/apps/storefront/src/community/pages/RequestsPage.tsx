import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { TAB } from '../components/looks.ts';
import { requestCountQuery, requestsQuery } from '../requests/queries.ts';
import { ReceivedRow } from '../requests/ReceivedRow.tsx';
import { SentRow } from '../requests/SentRow.tsx';
import { DIRECTIONS, type RequestsSearch } from '../requests/search.ts';
import { requestsTexts } from '../requests/texts.ts';

const route = getRouteApi('/account/requests');

/** Who asks to follow somebody whose account is for followers only; and whom they have asked. */
export function RequestsPage() {
  const t = useTexts(requestsTexts);
  const { direction: shown = 'received' }: RequestsSearch = route.useSearch();
  const { data: me } = useQuery(requestCountQuery(useApi()));
  const count = me?.follow_request_count ?? 0;
  return (
    <>
      <PageHead title={t.title} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.title}
      </h1>
      <p className="mt-1 text-muted">{t.about}</p>
      <p role="status" className="mt-1 font-medium empty:hidden">
        {count > 0 && t.waiting(count)}
      </p>
      <nav aria-label={t.directionsLabel} className="mt-4 mb-5 flex border-b border-line">
        {DIRECTIONS.map((direction) => (
          <Link
            key={direction}
            to="/account/requests"
            search={direction === 'received' ? {} : { direction }}
            resetScroll={false}
            activeProps={{}}
            aria-current={direction === shown ? 'page' : undefined}
            className={TAB}
          >
            {t.directions[direction]}
          </Link>
        ))}
      </nav>
      {shown === 'received' ? <Received isPrivate={me?.is_private ?? false} /> : <Sent />}
    </>
  );
}

function Received({ isPrivate }: { isPrivate: boolean }) {
  const t = useTexts(requestsTexts);
  const list = useGrowingList(requestsQuery(useApi(), 'received'));
  const empty = (
    <EmptyState title={t.none} body={isPrivate ? t.nonePrivate : t.nonePublic}>
      <Link to="/account/profile" className={buttonClass('secondary')}>
        {t.toProfile}
      </Link>
    </EmptyState>
  );
  return (
    <MoreList {...list} empty={empty}>
      {(person) => <ReceivedRow key={person.id} person={person} />}
    </MoreList>
  );
}

function Sent() {
  const t = useTexts(requestsTexts);
  const list = useGrowingList(requestsQuery(useApi(), 'sent'));
  const empty = (
    <EmptyState title={t.noneSent} body={t.noneSentBody}>
      <Link to="/feed" search={{ tab: 'all' }} className={buttonClass('secondary')}>
        {t.toFeed}
      </Link>
    </EmptyState>
  );
  return (
    <MoreList {...list} empty={empty}>
      {(person) => <SentRow key={person.id} person={person} />}
    </MoreList>
  );
}
