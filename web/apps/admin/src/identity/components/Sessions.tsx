import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { ConfirmDialog } from '@sharestack/console/ConfirmDialog.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { endSessions, PEOPLE_KEY, sessionsQuery, type UserSession } from '../queries.ts';
import { texts } from '../texts.ts';

/** Where somebody is signed in; ends it all. */
export function Sessions({ userId }: { userId: string }) {
  const t = useTexts(texts);
  const api = useApi();
  const query = useQuery(sessionsQuery(api, userId));
  const [isAsking, setAsking] = useState(false);
  const end = useAction({
    act: () => endSessions(api, userId),
    changes: [PEOPLE_KEY],
    done: t.sessionsEnded,
    onDone: () => setAsking(false),
    isShownHere: true,
  });
  return (
    <Card title={t.sessions}>
      <Loaded query={query} size="h-24">
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-sm text-muted">{t.noSessions}</p>
          ) : (
            <>
              <ul className="divide-y divide-line text-sm">
                {items.map((session) => (
                  <Row key={session.id} session={session} />
                ))}
              </ul>
              <Can permission="users:write">
                <Button kind="danger" className="mt-3 sm:min-h-10" onClick={() => setAsking(true)}>
                  {t.endSessions}
                </Button>
              </Can>
            </>
          )
        }
      </Loaded>
      {isAsking && (
        <ConfirmDialog
          title={t.endSessions}
          action={t.endSessions}
          isDangerous
          isPending={end.isPending}
          error={end.error}
          onConfirm={() => end.run()}
          onClose={() => setAsking(false)}
        >
          <p>{t.endSessionsBody}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function Row({ session }: { session: UserSession }) {
  const t = useTexts(texts);
  return (
    <li className="py-2 first:pt-0">
      <bdi className="block truncate" title={session.user_agent}>
        {session.user_agent || t.unknownDevice}
      </bdi>
      <span className="text-muted">
        {t.lastUsed} <Moment instant={session.last_used_at} />
      </span>
    </li>
  );
}
