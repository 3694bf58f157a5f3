import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ActionItem } from '../components/ActionItem.tsx';
import { PagedList } from '../components/PagedList.tsx';
import { ReportItem } from '../components/ReportItem.tsx';
import { actionsQuery, reportsQuery } from '../queries.ts';
import { moderationTexts } from '../texts.ts';

const route = getRouteApi('/account/moderation');

/** Where letters of moderation lead: what was decided about one's own, and what became of one's reports. */
export function ModerationPage() {
  const t = useTexts(moderationTexts);
  const { view } = route.useSearch();
  return (
    <>
      <PageHead title={t.title} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.title}
      </h1>
      <p className="mt-1 text-muted">{t.lead}</p>
      <nav aria-label={t.views} className="mt-6 mb-6">
        <ul className="flex flex-wrap gap-2">
          <View text={t.actions} />
          <View text={t.reports} view="reports" />
        </ul>
      </nav>
      {view === 'reports' ? <Reports /> : <Actions />}
    </>
  );
}

function View({ text, view }: { text: string; view?: 'reports' }) {
  return (
    <li>
      <Link
        to="/account/moderation"
        search={view ? { view } : {}}
        replace
        resetScroll={false}
        activeOptions={{ exact: true, includeSearch: true }}
        className="inline-flex min-h-11 items-center rounded-full border border-line px-4 text-sm hover:border-control aria-[current=page]:border-brand aria-[current=page]:bg-brand-soft aria-[current=page]:font-medium aria-[current=page]:text-brand"
      >
        {text}
      </Link>
    </li>
  );
}

function Actions() {
  const t = useTexts(moderationTexts);
  const session = useSessionState();
  const list = useInfiniteQuery({ ...actionsQuery(useApi()), enabled: session.status === 'signed-in' });
  return (
    <PagedList list={list} empty={<EmptyState title={t.emptyActionsTitle} body={t.emptyActionsBody} />}>
      {(action) => <ActionItem key={action.id} action={action} />}
    </PagedList>
  );
}

function Reports() {
  const t = useTexts(moderationTexts);
  const session = useSessionState();
  const list = useInfiniteQuery({ ...reportsQuery(useApi()), enabled: session.status === 'signed-in' });
  return (
    <PagedList list={list} empty={<EmptyState title={t.emptyReportsTitle} body={t.emptyReportsBody} />}>
      {(report) => <ReportItem key={report.id} report={report} />}
    </PagedList>
  );
}
