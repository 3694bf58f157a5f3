import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDelete } from '../acting/ConfirmDelete.tsx';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { deletePost } from '../acting/queries.ts';
import type { Post } from '../queries.ts';
import { firstWords } from '../structuredData.ts';
import { DRAFTS_KEY, publishDraft } from './queries.ts';
import { composingTexts } from './texts.ts';

const WORDS = 200;

export function DraftRow({ draft }: { draft: Post }) {
  const t = useTexts(composingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const { id } = draft;
  const publish = useMutation({
    mutationFn: () => publishDraft(api, id),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: DRAFTS_KEY });
      void navigate({ to: '/posts/$id', params: { id } });
    },
  });
  const remove = useMutation({
    mutationFn: () => deletePost(api, id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: DRAFTS_KEY }),
  });
  return (
    <li className="py-5">
      <p dir="auto" className="break-words">
        {firstWords(draft.text, WORDS) || t.noText}
      </p>
      <p className="mt-1 text-sm text-muted">
        {draft.status === 'scheduled' && draft.publish_at ? (
          <>
            {t.scheduledFor} <Moment instant={draft.publish_at} />
          </>
        ) : (
          t.draft
        )}
      </p>
      {draft.status === 'draft' && draft.publish_at && <p className="mt-1 text-sm text-warn">{t.held}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        <Link to="/compose" search={{ draft: id }} className={buttonClass('secondary')}>
          {t.edit}
        </Link>
        <Button kind="secondary" busy={publish.isPending} onClick={() => publish.mutate()}>
          {t.publishNow}
        </Button>
        <Button kind="quiet" onClick={() => setDeleting(true)}>
          {t.delete}
        </Button>
      </div>
      <ProblemNote error={publish.error} />
      {isDeleting && (
        <ConfirmDelete
          title={t.deleteSure}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setDeleting(false)}
        />
      )}
    </li>
  );
}
