import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Lock } from 'lucide-react';
import { Avatar } from '../components/Avatar.tsx';
import { PostText } from '../components/PostText.tsx';
import type { Person } from './queries.ts';
import { RelationButtons } from './RelationButtons.tsx';
import { peopleTexts } from './texts.ts';

/** Who somebody is: as they say it, and in numbers that are the same for everybody. */
export function ProfileHeader({ person }: { person: Person }) {
  const t = useTexts(peopleTexts);
  const { display_name, username, picture, bio, stats, relation } = person;
  return (
    <header className="border-b border-line pb-6">
      <div className="flex items-start gap-4">
        <Avatar picture={picture} className="size-20 sm:size-24" />
        <div className="min-w-0 grow">
          <h1 tabIndex={-1} className="font-display text-3xl break-words">
            <bdi>{display_name}</bdi>
          </h1>
          <p className="flex flex-wrap gap-x-3 text-muted">
            <bdi className="break-all">@{username}</bdi>
            {relation?.followed_by && <span className="text-sm">{t.followsYou}</span>}
            {person.is_private && (
              <span className="inline-flex items-center gap-1 text-sm">
                <Lock className="size-3.5" aria-hidden="true" />
                {t.isPrivate}
              </span>
            )}
          </p>
        </div>
      </div>
      {bio && (
        <div className="mt-4 max-w-prose">
          <PostText text={bio} entities={[]} />
        </div>
      )}
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted tabular-nums">
        <li>{t.posts(stats.posts)}</li>
        <li>{t.followers(stats.followers)}</li>
        <li>{t.following(stats.following)}</li>
        <li>
          {t.joined} <Day instant={person.created_at} />
        </li>
      </ul>
      <RelationButtons person={person} />
    </header>
  );
}
