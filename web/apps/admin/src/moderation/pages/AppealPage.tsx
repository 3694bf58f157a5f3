import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { DecideAppeal } from '../components/DecideAppeal.tsx';
import { type Appeal, appealQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** One appeal, beside the decision that it is about. */
export function AppealPage() {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/appeals/$id' });
  const query = useQuery(appealQuery(useApi(), id));
  const name = query.data ? (query.data.user.username ?? t.formerUser) : '';
  return (
    <div className="space-y-5">
      <RoomHead title={name ? t.appealOf(name) : t.appeals} back={{ to: '/appeals', label: t.appeals }} />
      <Loaded query={query}>
        {(appeal) => (
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
            <Card title={t.appealText} aside={<Moment instant={appeal.created_at} className="text-sm text-muted" />}>
              <p dir="auto" className="break-words whitespace-pre-wrap">
                {appeal.text}
              </p>
            </Card>
            <Decision appeal={appeal} />
            {appeal.status === 'open' ? (
              <Can permission="reports:moderate">
                <DecideAppeal appeal={appeal} />
              </Can>
            ) : (
              <Card title={t.appealStates[appeal.status]}>
                <Facts
                  facts={[
                    [t.decidedAt, appeal.decided_at && <Moment instant={appeal.decided_at} />],
                    [t.answer, appeal.note],
                  ]}
                />
              </Card>
            )}
          </div>
        )}
      </Loaded>
    </div>
  );
}

function Decision({ appeal: { action } }: { appeal: Appeal }) {
  const t = useTexts(texts);
  return (
    <Card title={t.about}>
      <Facts
        facts={[
          [t.kind, t.kinds[action.kind]],
          [t.reasonLabel, action.reason],
          [t.when, <Moment key="when" instant={action.created_at} />],
          [t.until, action.ends_at && <Moment instant={action.ends_at} />],
        ]}
      />
      {action.case_id && (
        <Link
          to="/reports/$id"
          params={{ id: action.case_id }}
          className="mt-3 inline-flex min-h-11 items-center text-sm text-brand underline underline-offset-4 sm:min-h-6"
        >
          {t.toCase}
        </Link>
      )}
    </Card>
  );
}
