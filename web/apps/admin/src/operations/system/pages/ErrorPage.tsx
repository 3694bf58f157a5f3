import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { SideScroller } from '@sharestack/ui/SideScroller.tsx';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ResolveForm } from '../components/ResolveForm.tsx';
import { Stack } from '../components/Stack.tsx';
import { type ErrorDetails, errorQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** One error: how often, since when, where in the code, and the context of its latest occurrence. */
export function ErrorPage() {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/errors/$id' });
  const query = useQuery(errorQuery(useApi(), id));
  return (
    <div className="space-y-5">
      <RoomHead
        title={query.data?.error_type ?? t.errors}
        lead={query.data?.message}
        back={{ to: '/errors', label: t.errors }}
      />
      <Loaded query={query} size="h-96">
        {(error) => (
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
            <div className="space-y-5">
              <Stack error={error} />
              {Object.keys(error.context).length > 0 && (
                <Card title={t.context}>
                  <SideScroller label={t.context}>
                    <pre className="text-xs">{JSON.stringify(error.context, null, 2)}</pre>
                  </SideScroller>
                </Card>
              )}
            </div>
            <div className="space-y-5">
              <About error={error} />
              {error.status === 'open' && (
                <Can permission="errors:resolve">
                  <ResolveForm error={error} />
                </Can>
              )}
            </div>
          </div>
        )}
      </Loaded>
    </div>
  );
}

function About({ error }: { error: ErrorDetails }) {
  const t = useTexts(texts);
  return (
    <Card title={t.states[error.status]}>
      <Facts
        facts={[
          [t.source, t.sources[error.source]],
          [t.functionName, error.function],
          [t.times, error.occurrences],
          [t.first, <Moment key="first" instant={error.first_seen_at} />],
          [t.last, <Moment key="last" instant={error.last_seen_at} />],
          [t.resolvedAt, error.resolved_at && <Moment instant={error.resolved_at} />],
          [t.reopened, error.reopenings || null],
          [t.release, error.release],
          [t.user, error.user_id && <code>{error.user_id}</code>],
          [t.correlation, <code key="correlation">{error.correlation_id}</code>],
        ]}
      />
    </Card>
  );
}
