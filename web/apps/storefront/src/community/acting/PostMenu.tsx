import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { ACTION } from '../components/looks.ts';
import type { ListedPost } from '../queries.ts';
import { useReport } from '../reporting.tsx';
import { postPath } from '../structuredData.ts';
import { Menu } from './Menu.tsx';
import { PostDialogs } from './PostDialogs.tsx';
import { type PostDialog, PostMenuItems } from './PostMenuItems.tsx';
import { actingTexts } from './texts.ts';

/** What is done with a post more rarely. */
export function PostMenu({ post, onPin }: { post: ListedPost; onPin: () => void }) {
  const t = useTexts(actingTexts);
  const locale = useLocale();
  const { origin } = useSite();
  const [dialog, setDialog] = useState<PostDialog | null>(null);
  const [note, setNote] = useState('');
  const report = useReport({ kind: 'post', id: post.id });
  const copy = () => {
    void navigator.clipboard?.writeText(origin + pathIn(locale, postPath(post.id))).then(() => setNote(t.copied));
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
            <PostMenuItems post={post} onCopy={copy} onPin={onPin} onReport={report.open} onOpen={setDialog} />
          </ul>
        )}
      </Menu>
      <span role="status" className="sr-only">
        {note}
      </span>
      <PostDialogs post={post} dialog={dialog} onDone={setNote} onClose={() => setDialog(null)} />
      {report.dialog}
    </div>
  );
}
