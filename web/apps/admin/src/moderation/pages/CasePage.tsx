import { useApi } from '@sharestack/api/context.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CaseActions } from '../components/CaseActions.tsx';
import { CaseClaim } from '../components/CaseClaim.tsx';
import { CaseContent } from '../components/CaseContent.tsx';
import { CaseHistory } from '../components/CaseHistory.tsx';
import { CaseReports } from '../components/CaseReports.tsx';
import { DecideCase } from '../components/DecideCase.tsx';
import { caseQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** One case: what is reported, by whom and why, whose it is, and what is done about it. */
export function CasePage() {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/reports/$id' });
  const query = useQuery(caseQuery(useApi(), id));
  const kind = query.data ? (t.targets[query.data.target.kind] ?? query.data.target.kind) : '';
  return (
    <div className="space-y-5">
      <RoomHead title={kind ? t.caseOf(kind) : t.cases} back={{ to: '/reports', label: t.cases }} />
      <Loaded query={query} size="h-96">
        {(one) => (
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
            <div className="space-y-5">
              <CaseContent one={one} />
              <CaseReports one={one} />
            </div>
            <div className="space-y-5">
              <Can permission="reports:moderate">
                <CaseClaim one={one} />
              </Can>
              <CaseActions one={one} />
              <Can permission="reports:moderate">{one.status === 'open' && <DecideCase one={one} />}</Can>
              <CaseHistory one={one} />
            </div>
          </div>
        )}
      </Loaded>
    </div>
  );
}
