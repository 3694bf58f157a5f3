import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { changePost } from '../../postCache.ts';
import type { Post } from '../../queries.ts';
import { type Group, groupQuery } from '../queries.ts';
import { GroupProblem } from './GroupProblem.tsx';
import { setFlair } from './queries.ts';
import { managingTexts } from './texts.ts';

interface Props {
  post: Post;
  slug: string;
  onClose: () => void;
}

/** One of the group's labels for a post, or none. */
export function FlairDialog({ post, slug, onClose }: Props) {
  const t = useTexts(managingTexts);
  const { data: group, error } = useQuery(groupQuery(useApi(), slug));
  return (
    <Dialog title={t.flairOfPost} onClose={onClose}>
      {group ? (
        <FlairForm post={post} group={group} onClose={onClose} />
      ) : error ? (
        <GroupProblem error={error} />
      ) : (
        <Skeleton className="h-32" />
      )}
    </Dialog>
  );
}

interface FormProps {
  post: Post;
  group: Group;
  onClose: () => void;
}

function FlairForm({ post, group: { slug, flairs }, onClose }: FormProps) {
  const t = useTexts(managingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState(post.flair?.id ?? '');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => setFlair(api, slug, post.id, chosen || null),
    onSuccess: ({ flair }) => {
      changePost(queryClient, post.id, (one) => ({ ...one, flair }));
      onClose();
    },
  });
  if (flairs.length === 0) return <p className="text-muted">{t.noFlairs}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate();
  };
  return (
    <form onSubmit={submit} aria-label={t.flairOfPost}>
      <fieldset>
        <legend className="sr-only">{t.flairs}</legend>
        {[{ id: '', name: t.noFlair }, ...flairs].map(({ id, name }) => (
          <label key={id} className="flex min-h-11 items-center gap-3">
            <input
              type="radio"
              name="flair"
              value={id}
              checked={chosen === id}
              onChange={() => setChosen(id)}
              className="size-5 shrink-0 accent-brand"
            />
            <bdi>{name}</bdi>
          </label>
        ))}
      </fieldset>
      <GroupProblem error={error} />
      <div className="mt-4 flex flex-wrap gap-3">
        <Button type="submit" busy={isPending}>
          {t.save}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}
