import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PersonRow } from './PersonRow.tsx';
import { type Ban, bansQuery, endBan } from './queries.ts';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';

/** Who is kept out, why, and until when. */
export function Bans({ slug }: { slug: string }) {
  const t = useTexts(managingTexts);
  const list = useGrowingList(bansQuery(useApi(), slug));
  return (
    <MoreList {...list} empty={<EmptyState title={t.noBans} />}>
      {(one) => <Row key={one.person.id} slug={slug} ban={one} />}
    </MoreList>
  );
}

function Row({ slug, ban: { person, reason, until } }: { slug: string; ban: Ban }) {
  const t = useTexts(managingTexts);
  const { run, isPending, error } = useGroupAction(slug);
  return (
    <PersonRow
      person={person}
      error={error}
      about={
        <>
          {until ? (
            <>
              {t.until} <Moment instant={until} />
            </>
          ) : (
            t.forEver
          )}
          {reason && <p dir="auto">{reason}</p>}
        </>
      }
    >
      <Button
        kind="secondary"
        aria-label={t.endBan(person.display_name)}
        busy={isPending}
        onClick={() => run((api) => endBan(api, slug, person.id))}
      >
        {t.endBanShort}
      </Button>
    </PersonRow>
  );
}
