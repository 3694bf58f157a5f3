import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { GroupCard } from '../groups/GroupCard.tsx';
import { groupsQuery } from '../groups/list/queries.ts';
import { groupsTexts } from '../groups/texts.ts';
import { texts } from '../texts.ts';

export function GroupsPage() {
  const t = useTexts(groupsTexts);
  const { find } = useTexts(texts);
  const locale = useLocale();
  const list = useGrowingList(groupsQuery(useApi()));
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead title={t.groups} description={t.groupsAbout} path={pathIn(locale, '/groups')} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 tabIndex={-1} className="font-display text-3xl">
          {t.groups}
        </h1>
        <Link to="/groups/new" preload={false} className={buttonClass('secondary')}>
          {t.newGroup}
        </Link>
      </div>
      <p className="mt-1 text-muted">{t.groupsAbout}</p>
      <Link
        to="/find"
        search={{}}
        className="mb-4 inline-flex min-h-11 items-center text-brand underline-offset-4 hover:underline"
      >
        {find}
      </Link>
      <MoreList {...list} empty={<EmptyState title={t.noGroups} />}>
        {(group) => (
          <li key={group.id} className="py-5">
            <GroupCard group={group} />
          </li>
        )}
      </MoreList>
    </div>
  );
}
