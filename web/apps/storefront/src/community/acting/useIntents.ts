import { useApi } from '@sharestack/api/context.tsx';
import { Intents } from '@sharestack/api/intents.ts';
import type { ApiProblem } from '@sharestack/api/problem.ts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeComment, changePost, placeBookmark } from '../postCache.ts';
import type { Comment, ListedPost, Reaction } from '../queries.ts';
import { type Bookmark, type ReactionResult, setBookmark, setReaction, setRepost } from './queries.ts';
import { moved, withBookmark, withReaction, withRepost } from './states.ts';

const LINES = new WeakMap<QueryClient, Intents>();

/** Of the page as a whole: a post can be in it more than once. */
export function useIntents(): Intents {
  const queryClient = useQueryClient();
  const intents = LINES.get(queryClient) ?? new Intents();
  LINES.set(queryClient, intents);
  return intents;
}

/** What a reader does with a post: shown at once wherever it is, taken back where the API refuses. */
export function usePostIntents(post: ListedPost) {
  const api = useApi();
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { id, viewer } = post;
  const change = (next: (post: ListedPost) => ListedPost) => changePost(queryClient, id, next);
  const toggle = (
    what: string,
    isSo: boolean,
    call: (next: boolean) => Promise<unknown>,
    show: (post: ListedPost, next: boolean) => ListedPost,
    onSettled?: (answer: unknown) => void,
  ) => {
    const key = `${what} ${id}`;
    const now = intents.wanted<boolean>(key) ?? isSo;
    setProblem(null);
    void intents.want({
      key,
      now,
      wanted: !now,
      call,
      show: (next) => change((one) => show(one, next)),
      onRefused: setProblem,
      ...(onSettled ? { onSettled } : {}),
    });
  };
  return {
    problem,
    react: (reaction: Reaction) => {
      const key = `reaction ${id}`;
      const now = currently(intents, key, viewer?.reaction ?? null);
      setProblem(null);
      void intents.want({
        key,
        now,
        wanted: now === reaction ? null : reaction,
        call: (next) => setReaction(api, { kind: 'post', id }, next),
        show: (next) => change((one) => withReaction(one, next)),
        onSettled: (answer) => {
          const said = answer as ReactionResult | undefined;
          if (said) change((one) => ({ ...one, stats: { ...one.stats, reactions: said.reactions } }));
        },
        onRefused: setProblem,
      });
    },
    repost: () => toggle('repost', viewer?.is_reposted ?? false, (next) => setRepost(api, id, next), withRepost),
    bookmark: () =>
      toggle(
        'bookmark',
        viewer?.is_bookmarked ?? false,
        (next) => setBookmark(api, id, next),
        withBookmark,
        // What is taken out and kept again is in no folder any more.
        (answer) => placeBookmark(queryClient, id, (answer as Bookmark | undefined)?.folder_id ?? null),
      ),
  };
}

/** One's reaction as it is wanted, where that is under way; null is none. */
function currently(intents: Intents, key: string, shown: Reaction | null): Reaction | null {
  const wanted = intents.wanted<Reaction | null>(key);
  return wanted === undefined ? shown : wanted;
}

export function useCommentReaction(comment: Comment) {
  const api = useApi();
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { id, post_id: postId } = comment;
  const react = (reaction: Reaction) => {
    const key = `reaction ${id}`;
    const now = currently(intents, key, comment.viewer?.reaction ?? null);
    setProblem(null);
    void intents.want({
      key,
      now,
      wanted: now === reaction ? null : reaction,
      call: (next) => setReaction(api, { kind: 'comment', id }, next),
      show: (next) =>
        changeComment(queryClient, postId, id, (one) =>
          one.viewer
            ? {
                ...one,
                reactions: moved({ reactions: one.reactions, reaction: one.viewer.reaction }, next),
                viewer: { ...one.viewer, reaction: next },
              }
            : one,
        ),
      onRefused: setProblem,
    });
  };
  return { problem, react };
}
