import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { POSTS_KEY, type Post } from '../../queries.ts';
import { PersonRow } from './PersonRow.tsx';
import { reinstatePost, removedQuery } from './queries.ts';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';

/** What moderators took out of the group, and why. */
export function RemovedPosts({ slug }: { slug: string }) {
  const t = useTexts(managingTexts);
  const list = useGrowingList(removedQuery(useApi(), slug));
  return (
    <MoreList {...list} empty={<EmptyState title={t.noRemoved} />}>
      {(post) => <Row key={post.id} slug={slug} post={post} />}
    </MoreList>
  );
}

function Row({ slug, post }: { slug: string; post: Post }) {
  const t = useTexts(managingTexts);
  const queryClient = useQueryClient();
  const { run, isPending, error } = useGroupAction(slug, () => {
    void queryClient.invalidateQueries({ queryKey: [...POSTS_KEY, 'group', slug] });
  });
  return (
    <PersonRow
      person={post.author}
      error={error}
      about={
        <>
          {post.hidden?.reason && <p dir="auto">{t.removedFor(post.hidden.reason)}</p>}
          <p dir="auto" className="whitespace-pre-wrap text-ink">
            {post.text}
          </p>
        </>
      }
    >
      <Button kind="secondary" busy={isPending} onClick={() => run((api) => reinstatePost(api, slug, post.id))}>
        {t.reinstate}
      </Button>
    </PersonRow>
  );
}
