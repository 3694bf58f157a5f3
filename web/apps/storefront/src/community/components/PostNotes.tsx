import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { Pin, Repeat2, TrendingDown, TrendingUp } from 'lucide-react';
import { lazy } from 'react';
import type { ListedPost } from '../queries.ts';
import { texts } from '../texts.ts';
import { EditedNote } from './EditedNote.tsx';
import { PersonLink } from './PersonLink.tsx';

const EarlierPosts = lazy(() => import('../editing/Earlier.tsx').then((module) => ({ default: module.EarlierPosts })));

const NOTE = 'inline-flex flex-wrap items-center gap-x-1.5 text-sm text-muted';

/** Why a post is here: pinned, passed on by somebody, or of a group. */
export function PlaceNotes({ post: { is_pinned, reposted_by, group } }: { post: ListedPost }) {
  const t = useTexts(texts);
  if (!is_pinned && !reposted_by && !group) return null;
  return (
    <div className="mb-2 flex flex-wrap gap-x-4">
      {(is_pinned || group?.is_pinned) && (
        <p className={NOTE}>
          <Pin className="size-4" aria-hidden="true" />
          {t.pinned}
        </p>
      )}
      {reposted_by && (
        <p className={NOTE}>
          <Repeat2 className="size-4" aria-hidden="true" />
          <PersonLink person={reposted_by} hasHandle={false} /> {t.repostedBy}
        </p>
      )}
      {group && (
        <p className={NOTE}>
          {t.inGroup}{' '}
          <Link to="/groups/$slug" params={{ slug: group.slug }} className="underline underline-offset-4">
            <bdi>{group.name}</bdi>
          </Link>
        </p>
      )}
    </div>
  );
}

/** What is to be known about a post: mood, flair, who sees it, that it was changed. Never by colour alone. */
export function StateNotes({ post }: { post: ListedPost }) {
  const t = useTexts(texts);
  const { sentiment, flair, visibility } = post;
  const Trend = sentiment === 'bullish' ? TrendingUp : TrendingDown;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-sm text-muted empty:hidden">
      {sentiment && (
        <li className={`inline-flex items-center gap-1 ${sentiment === 'bullish' ? 'text-up' : 'text-down'}`}>
          <Trend className="size-4" aria-hidden="true" />
          {t.sentiments[sentiment]}
        </li>
      )}
      {flair && <li className="rounded-full bg-sunken px-2.5">{flair.name}</li>}
      {visibility === 'followers' && <li>{t.followersOnly}</li>}
      {visibility === 'group' && <li>{t.groupOnly}</li>}
      {post.edited_at && (
        <li>
          <EditedNote dialog={(close) => <EarlierPosts post={post} onClose={close} />} />
        </li>
      )}
      {post.imported_at && <li>{t.imported}</li>}
    </ul>
  );
}
