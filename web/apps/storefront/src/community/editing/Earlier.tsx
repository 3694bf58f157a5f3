import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import type { Comment, Post } from '../queries.ts';
import { commentEditsQuery, type EarlierText, postEditsQuery } from './queries.ts';
import { editingTexts } from './texts.ts';

type List = ReturnType<typeof postEditsQuery>;

/** What a post said before its changes, the latest first. */
export function EarlierPosts({ post, onClose }: { post: Post; onClose: () => void }) {
  return <Earlier query={postEditsQuery(useApi(), post)} onClose={onClose} />;
}

export function EarlierComments({ comment, onClose }: { comment: Comment; onClose: () => void }) {
  return <Earlier query={commentEditsQuery(useApi(), comment)} onClose={onClose} />;
}

function Earlier({ query, onClose }: { query: List; onClose: () => void }) {
  const t = useTexts(editingTexts);
  const edits = useGrowingList<EarlierText>(query);
  return (
    <Dialog title={t.earlier} onClose={onClose}>
      <MoreList {...edits} empty={<p className="text-muted">{t.noEarlier}</p>}>
        {(edit) => (
          <li key={edit.version} className="py-3">
            <p className="text-sm text-muted">
              {t.replacedAt} <Moment instant={edit.replaced_at} />
            </p>
            {edit.content_warning && <p className="text-sm text-warn">{t.warned(edit.content_warning)}</p>}
            <p dir="auto" className="mt-1 break-words whitespace-pre-wrap">
              {edit.text}
            </p>
          </li>
        )}
      </MoreList>
    </Dialog>
  );
}
