import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { Ellipsis, Flag, Gavel, Link2, Pencil, Pin, PinOff, Quote, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ACTION, MENU_ITEM } from '../components/looks.ts';
import type { ListedPost } from '../queries.ts';
import { useReport } from '../reporting.tsx';
import { postPath } from '../structuredData.ts';
import { DeletePost } from './DeletePost.tsx';
import { Menu } from './Menu.tsx';
import { actingTexts } from './texts.ts';

const EditPost = lazy(() => import('../editing/EditPost.tsx').then((module) => ({ default: module.EditPost })));
const ModeratePost = lazy(() =>
  import('../groups/managing/ModeratePost.tsx').then((module) => ({ default: module.ModeratePost })),
);

/** What is done with a post more rarely. */
export function PostMenu({ post, onPin }: { post: ListedPost; onPin: () => void }) {
  const t = useTexts(actingTexts);
  const locale = useLocale();
  const { origin } = useSite();
  const [isDeleting, setDeleting] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const [isModerating, setModerating] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const report = useReport({ kind: 'post', id: post.id });
  const { viewer, group } = post;
  const PinIcon = post.is_pinned ? PinOff : Pin;
  const copy = () => {
    void navigator.clipboard?.writeText(origin + pathIn(locale, postPath(post.id))).then(() => setCopied(true));
  };
  return (
    <div className="ml-auto">
      <Menu
        label={t.moreActions(post.author.display_name)}
        align="right"
        className={ACTION}
        face={<Ellipsis className="size-5" aria-hidden="true" />}
      >
        {(close) => (
          <ul onClickCapture={close}>
            <li>
              <button type="button" onClick={copy} className={MENU_ITEM}>
                <Link2 className="size-4" aria-hidden="true" />
                {t.copyLink}
              </button>
            </li>
            {viewer?.can_repost && (
              <li>
                <Link to="/compose" search={{ quote: post.id }} className={MENU_ITEM}>
                  <Quote className="size-4" aria-hidden="true" />
                  {t.quote}
                </Link>
              </li>
            )}
            {viewer?.can_edit && (
              <li>
                <button type="button" onClick={() => setEditing(true)} className={MENU_ITEM}>
                  <Pencil className="size-4" aria-hidden="true" />
                  {t.editPost}
                </button>
              </li>
            )}
            {viewer?.can_pin && (
              <li>
                <button type="button" onClick={onPin} className={MENU_ITEM}>
                  <PinIcon className="size-4" aria-hidden="true" />
                  {post.is_pinned ? t.unpinFromPage : t.pinOnPage}
                </button>
              </li>
            )}
            {viewer && !viewer.is_author && report.open && (
              <li>
                <button type="button" onClick={report.open} className={MENU_ITEM}>
                  <Flag className="size-4" aria-hidden="true" />
                  {t.report}
                </button>
              </li>
            )}
            {viewer?.can_moderate && group && (
              <li>
                <button type="button" onClick={() => setModerating(true)} className={MENU_ITEM}>
                  <Gavel className="size-4" aria-hidden="true" />
                  {t.moderate}
                </button>
              </li>
            )}
            {viewer?.can_delete && (
              <li>
                <button type="button" onClick={() => setDeleting(true)} className={`${MENU_ITEM} text-danger`}>
                  <Trash2 className="size-4" aria-hidden="true" />
                  {t.deletePost}
                </button>
              </li>
            )}
          </ul>
        )}
      </Menu>
      <span role="status" className="sr-only">
        {isCopied && t.copied}
      </span>
      {isDeleting && <DeletePost postId={post.id} onClose={() => setDeleting(false)} />}
      {isEditing && (
        <Suspense>
          <EditPost post={post} onClose={() => setEditing(false)} />
        </Suspense>
      )}
      {isModerating && group && (
        <Suspense>
          <ModeratePost post={post} group={group} onClose={() => setModerating(false)} />
        </Suspense>
      )}
      {report.dialog}
    </div>
  );
}
