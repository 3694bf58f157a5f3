import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import type { Group } from './queries.ts';
import { groupsTexts } from './texts.ts';

export function GroupCard({ group: { slug, name, description, member_count, access } }: { group: Group }) {
  const t = useTexts(groupsTexts);
  return (
    <article>
      <h2 className="font-display text-xl break-words">
        <Link to="/groups/$slug" params={{ slug }} className="underline-offset-4 hover:underline">
          <bdi>{name}</bdi>
        </Link>
      </h2>
      {description && (
        <p dir="auto" className="mt-1 line-clamp-3 break-words">
          {description}
        </p>
      )}
      <p className="mt-1 flex flex-wrap gap-x-3 text-sm text-muted">
        <span>{t.members(member_count)}</span>
        <span>{t.access[access]}</span>
      </p>
    </article>
  );
}
