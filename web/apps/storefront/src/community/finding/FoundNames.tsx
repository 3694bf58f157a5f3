import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { PersonRow } from '../people/PersonRow.tsx';
import type { FoundPerson, FoundTag, FoundTicker } from './queries.ts';
import { findingTexts } from './texts.ts';

const LIST = 'divide-y divide-line border-y border-line';

export function FoundPeople({ people }: { people: readonly FoundPerson[] }) {
  const t = useTexts(findingTexts);
  return (
    <ul className={LIST}>
      {people.map((person) => (
        <PersonRow
          key={person.id}
          person={person}
          note={[t.followers(person.follower_count), person.is_private && t.isPrivate, person.is_followed && t.followed]
            .filter(Boolean)
            .join(' · ')}
          actions={null}
        >
          {person.bio && (
            <p dir="auto" className="mt-1 ml-14 line-clamp-2 break-words">
              {person.bio}
            </p>
          )}
        </PersonRow>
      ))}
    </ul>
  );
}

export function FoundTickers({ tickers }: { tickers: readonly FoundTicker[] }) {
  const t = useTexts(findingTexts);
  const locale = useLocale();
  return (
    <ul className={LIST}>
      {tickers.map(({ symbol, name, name_zh: nameZh, is_followed: isFollowed }) => (
        <li key={symbol}>
          <Link
            to="/t/$symbol"
            params={{ symbol }}
            className="flex min-h-11 flex-wrap items-baseline gap-x-3 py-3 hover:bg-sunken"
          >
            <span className="font-medium">{symbol}</span>{' '}
            <span className="text-muted">{locale === 'en' ? (name ?? nameZh) : (nameZh ?? name)}</span>{' '}
            {isFollowed && <span className="ml-auto text-sm text-muted">{t.followed}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function FoundTags({ tags }: { tags: readonly FoundTag[] }) {
  return (
    <ul className="flex flex-wrap gap-2">
      {tags.map(({ key, name }) => (
        <li key={key} className="max-w-full">
          <Link
            to="/tag/$tag"
            params={{ tag: key }}
            className="inline-flex min-h-11 max-w-full items-center rounded-full border border-line px-4 hover:border-control"
          >
            <bdi className="truncate">#{name}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  );
}
