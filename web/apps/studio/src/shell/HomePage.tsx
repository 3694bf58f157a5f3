import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Profile } from '@sharestack/session/session.ts';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead, useSite } from '@sharestack/ui/PageHead.tsx';
import { texts } from './texts.ts';

const ROLES: readonly string[] = ['creator', 'vendor'];

/** Nothing is here yet, which creators are told; others are told how to become one. */
export function HomePage({ user }: { user: Profile }) {
  const t = useTexts(texts);
  const { email } = useSite();
  const isCreator = user.roles.some((role) => ROLES.includes(role));
  return (
    <>
      <PageHead title={t.title} isIndexed={false} />
      <h1 className="mb-6 truncate font-display text-3xl" dir="auto">
        {t.hello(user.full_name)}
      </h1>
      {isCreator ? (
        <EmptyState title={t.nothing} body={t.nothingBody} />
      ) : (
        <EmptyState title={t.noRole} body={t.noRoleBody}>
          <a href={`mailto:${email}`} className={buttonClass('secondary')}>
            {t.write}
          </a>
        </EmptyState>
      )}
    </>
  );
}
