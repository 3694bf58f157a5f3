import { type growingListQuery, useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import type { Permission } from '@sharestack/session/session.ts';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from './Card.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { EditForm } from './EditForm.tsx';
import { type Note, NoteRow } from './NoteRow.tsx';
import { useNotify } from './Notices.tsx';
import { texts } from './texts.ts';
import { useAction } from './useAction.ts';

interface Props {
  notes: ReturnType<typeof growingListQuery<Note>>;
  /** Who has it writes and deletes; others read. */
  permission: Permission;
  write: (body: string, key: string) => Promise<unknown>;
  remove: (noteId: string) => Promise<unknown>;
}

const MOST_CHARACTERS = 2000;

/** What staff wrote down about something, for each other. */
export function NotesCard({ notes, permission, write, remove }: Props) {
  const t = useTexts(texts);
  const list = useGrowingList(notes);
  const [deleted, setDeleted] = useState<Note | null>(null);
  return (
    <Card title={t.notes}>
      <MoreList {...list} empty={<p className="text-sm text-muted">{t.noNotes}</p>}>
        {(note) => <NoteRow key={note.id} note={note} permission={permission} onDelete={() => setDeleted(note)} />}
      </MoreList>
      <Can permission={permission}>
        <NewNote queryKey={notes.queryKey} write={write} />
      </Can>
      {deleted && (
        <DeleteNote queryKey={notes.queryKey} note={deleted} remove={remove} onClose={() => setDeleted(null)} />
      )}
    </Card>
  );
}

type Key = Props['notes']['queryKey'];

function NewNote({ queryKey, write }: { queryKey: Key; write: Props['write'] }) {
  const t = useTexts(texts);
  const queryClient = useQueryClient();
  const notify = useNotify();
  const [written, setWritten] = useState(0);
  return (
    <div className="mt-4">
      <EditForm
        key={written}
        label={t.addNote}
        fields={[
          {
            name: 'body',
            label: t.newNote,
            kind: 'lines',
            rows: 2,
            required: true,
            maxLength: MOST_CHARACTERS,
            hint: t.noteHint,
          },
        ]}
        action={t.addNote}
        send={({ body }, { key }) => write(String(body), key)}
        onSaved={() => {
          void queryClient.invalidateQueries({ queryKey });
          notify(t.noteAdded);
          setWritten((count) => count + 1);
        }}
      />
    </div>
  );
}

interface DeleteProps {
  queryKey: Key;
  note: Note;
  remove: Props['remove'];
  onClose: () => void;
}

function DeleteNote({ queryKey, note, remove, onClose }: DeleteProps) {
  const t = useTexts(texts);
  const { run, isPending, error } = useAction({
    act: () => remove(note.id),
    changes: [queryKey],
    done: t.noteDeleted,
    isShownHere: true,
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t.deleteNote}
      action={t.deleteNote}
      isDangerous
      isPending={isPending}
      error={error}
      onConfirm={() => run()}
      onClose={onClose}
    >
      <p dir="auto" className="break-words whitespace-pre-line">
        {note.body}
      </p>
      <p className="text-sm text-muted">{t.deleteNoteBody}</p>
    </ConfirmDialog>
  );
}
