import { useApi } from '@sharestack/api/context.tsx';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead, useSite } from '@sharestack/ui/PageHead.tsx';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { PostCard } from '../components/PostCard.tsx';
import { Thread } from '../components/Thread.tsx';
import { type Post, postQuery } from '../queries.ts';
import { firstWords, postData, postPath } from '../structuredData.ts';
import { texts } from '../texts.ts';
import { usePersonal } from '../usePersonal.ts';

const route = getRouteApi('/community/posts/$id');
const TITLE = 60;
const DESCRIPTION = 160;

/** A post with its thread. */
export function PostPage() {
  const t = useTexts(texts);
  const { id } = route.useParams();
  const { data: post, refetch } = useSuspenseQuery(postQuery(useApi(), id));
  usePersonal(post.viewer === null, refetch);
  return (
    <div className="page max-w-3xl pt-4">
      <PostHead post={post} />
      <Link to="/feed" className="inline-flex min-h-11 items-center gap-2 text-sm text-muted hover:text-ink">
        <ArrowLeft className="size-4" aria-hidden="true" />
        {t.backToFeed}
      </Link>
      <h1 tabIndex={-1} className="sr-only">
        {t.postBy(post.author.display_name)}
      </h1>
      <PostCard post={post} />
      <Thread post={post} />
    </div>
  );
}

/** Only what everybody may read is for search engines. */
function PostHead({ post }: { post: Post }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { origin } = useSite();
  const words = post.content_warning ?? post.text;
  const path = (plain: string) => pathIn(locale, plain);
  return (
    <PageHead
      title={t.postTitle(post.author.display_name, firstWords(words, TITLE))}
      description={firstWords(words, DESCRIPTION) || t.postBy(post.author.display_name)}
      path={path(postPath(post.id))}
      kind="article"
      image={post.content_warning ? null : (post.media[0]?.url ?? null)}
      isIndexed={post.visibility === 'public' && post.status === 'published'}
      jsonLd={[postData(post, origin, path)]}
    />
  );
}
