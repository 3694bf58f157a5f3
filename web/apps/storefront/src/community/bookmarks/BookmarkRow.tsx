import { useApi } from '@sharestack/api/context.tsx';
import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { useIntents } from '../acting/useIntents.ts';
import { PostCard } from '../components/PostCard.tsx';
import { placeBookmark } from '../postCache.ts';
import { type BookmarkedPost, type BookmarkFolder, putBookmark } from './queries.ts';
import { bookmarksTexts } from './texts.ts';

interface Props {
  bookmark: BookmarkedPost;
  folders: readonly BookmarkFolder[];
}

/** A post that was kept, and its folder. What is moved or taken out stays in sight, so that a slip can be undone. */
export function BookmarkRow({ bookmark: { post, folder_id: folderId }, folders }: Props) {
  const t = useTexts(bookmarksTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isKept = post.viewer?.is_bookmarked !== false;
  const move = (wanted: string | null) => {
    setProblem(null);
    void intents.want({
      key: `folder ${post.id}`,
      now: folderId,
      wanted,
      call: (next) => putBookmark(api, post.id, next),
      show: (next) => placeBookmark(queryClient, post.id, next),
      onRefused: setProblem,
    });
  };
  return (
    <li className="py-1">
      <PostCard post={post} />
      {isKept && folders.length > 0 && (
        <select
          aria-label={t.folderOf(post.author.display_name)}
          value={folderId ?? ''}
          onChange={({ currentTarget }) => move(currentTarget.value || null)}
          className="-mt-2 mb-4 ml-14 min-h-11 max-w-[calc(100%-3.5rem)] rounded-control border border-control bg-surface px-3 text-sm"
        >
          <option value="">{t.noFolder}</option>
          {folders.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <p role="status" className="mb-4 ml-14 text-sm text-muted empty:hidden">
        {!isKept && t.removed}
      </p>
      <ProblemNote error={problem} words={t.problems} />
    </li>
  );
}
