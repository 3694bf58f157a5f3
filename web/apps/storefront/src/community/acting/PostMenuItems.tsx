import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import {
  BookmarkPlus,
  Flag,
  Gavel,
  Link2,
  type LucideIcon,
  Pencil,
  Pin,
  PinOff,
  Quote,
  Tag,
  Trash2,
} from 'lucide-react';
import { MENU_ITEM } from '../components/looks.ts';
import type { ListedPost } from '../queries.ts';
import { menuTexts } from './menu/texts.ts';
import { actingTexts } from './texts.ts';

export type PostDialog = 'folder' | 'edit' | 'flair' | 'moderate' | 'delete';

interface Props {
  post: ListedPost;
  onCopy: () => void;
  onPin: () => void;
  /** Null where nothing can be reported. */
  onReport: (() => void) | null;
  onOpen: (dialog: PostDialog) => void;
}

/** What the reader may do with a post, as `viewer` says. */
export function PostMenuItems({ post, onCopy, onPin, onReport, onOpen }: Props) {
  const t = useTexts(actingTexts);
  const words = useTexts(menuTexts);
  const { viewer, group } = post;
  return (
    <>
      <Item Icon={Link2} label={t.copyLink} onPress={onCopy} />
      {viewer && <Item Icon={BookmarkPlus} label={t.bookmarkIn} onPress={() => onOpen('folder')} />}
      {viewer?.can_repost && (
        <li>
          <Link to="/compose" search={{ quote: post.id }} className={MENU_ITEM}>
            <Quote className="size-4" aria-hidden="true" />
            {t.quote}
          </Link>
        </li>
      )}
      {viewer?.can_edit && <Item Icon={Pencil} label={words.editPost} onPress={() => onOpen('edit')} />}
      {viewer?.can_pin && (
        <Item
          Icon={post.is_pinned ? PinOff : Pin}
          label={post.is_pinned ? words.unpinFromPage : words.pinOnPage}
          onPress={onPin}
        />
      )}
      {viewer?.can_set_flair && group && <Item Icon={Tag} label={words.setFlair} onPress={() => onOpen('flair')} />}
      {viewer && !viewer.is_author && onReport && <Item Icon={Flag} label={t.report} onPress={onReport} />}
      {viewer?.can_moderate && group && <Item Icon={Gavel} label={words.moderate} onPress={() => onOpen('moderate')} />}
      {viewer?.can_delete && <Item Icon={Trash2} label={t.deletePost} onPress={() => onOpen('delete')} isDangerous />}
    </>
  );
}

interface ItemProps {
  Icon: LucideIcon;
  label: string;
  onPress: () => void;
  isDangerous?: boolean;
}

function Item({ Icon, label, onPress, isDangerous = false }: ItemProps) {
  return (
    <li>
      <button type="button" onClick={onPress} className={`${MENU_ITEM} ${isDangerous ? 'text-danger' : ''}`}>
        <Icon className="size-4" aria-hidden="true" />
        {label}
      </button>
    </li>
  );
}
