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

export function GroupsPage() {
  const t = useTexts(groupsTexts);
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
      <p className="mt-1 mb-6 text-muted">{t.groupsAbout}</p>
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
