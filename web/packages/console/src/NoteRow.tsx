import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can, useSessionState } from '@sharestack/session/context.tsx';
import type { Permission } from '@sharestack/session/session.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Trash2 } from 'lucide-react';
import { texts } from './texts.ts';

export interface Note {
  id: string;
  author_id: string | null;
  body: string;
  created_at: string;
}

interface Props {
  note: Note;
  /** To delete it. */
  permission: Permission;
  onDelete: () => void;
}

const NAMED_BY = 40;

/** One note, when it was written, and whether by its reader. */
export function NoteRow({ note, permission, onDelete }: Props) {
  const t = useTexts(texts);
  const state = useSessionState();
  const isMine = state.status === 'signed-in' && note.author_id !== null && state.user?.id === note.author_id;
  return (
    <li className="flex items-start gap-2 py-2.5 text-sm">
      <div className="min-w-0 grow">
        <p dir="auto" className="break-words whitespace-pre-line">
          {note.body}
        </p>
        <p className="text-xs text-muted">
          <Moment instant={note.created_at} /> · {isMine ? t.you : t.colleague}
        </p>
      </div>
      <Can permission={permission}>
        <button
          type="button"
          aria-label={`${t.deleteNote}: ${note.body.slice(0, NAMED_BY)}`}
          className="grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink sm:size-9"
          onClick={onDelete}
        >
          <Trash2 className="size-4" aria-hidden="true" />
        </button>
      </Can>
    </li>
  );
}
