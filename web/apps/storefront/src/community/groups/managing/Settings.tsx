import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { NewerText } from '../../editing/NewerText.tsx';
import { useEditing } from '../../editing/useEditing.ts';
import { type Group, groupQuery } from '../queries.ts';
import { Flairs } from './Flairs.tsx';
import { GroupFields } from './GroupFields.tsx';
import { GroupProblem } from './GroupProblem.tsx';
import { changeGroup, closeGroup, openGroup, readGroup } from './queries.ts';
import { SureDialog } from './SureDialog.tsx';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';
import { bodyOf, writtenOf } from './written.ts';

/** What owners change: the group itself, and whether it is open. Flairs are its moderators'. */
export function Settings({ group }: { group: Group }) {
  // Begun with what was there: the page's own copy may be read anew while somebody writes.
  const [{ edited, hasSaved }, setState] = useState({ edited: group, hasSaved: false });
  const mayManage = group.viewer?.can_manage === true;
  return (
    <div className="space-y-10">
      {mayManage && (
        <GroupEditor
          key={edited.version}
          group={edited}
          hasSaved={hasSaved}
          onSaved={(saved) => setState({ edited: saved, hasSaved: true })}
        />
      )}
      <Flairs group={group} />
      {mayManage && <Closing group={group} />}
    </div>
  );
}

interface EditorProps {
  group: Group;
  hasSaved: boolean;
  onSaved: (group: Group) => void;
}

function GroupEditor({ group, hasSaved, onSaved }: EditorProps) {
  const t = useTexts(managingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [written, setWritten] = useState(() => writtenOf(group));
  const { submit, isSending, error, dialog, newer } = useEditing<Group>({
    shown: group,
    save: async ({ version }) => {
      const { slug: _, ...changes } = bodyOf(written);
      return changeGroup(api, group.slug, { ...changes, version });
    },
    read: () => readGroup(api, group.slug),
    onSaved: (saved) => {
      queryClient.setQueryData(groupQuery(api, group.slug).queryKey, saved);
      onSaved(saved);
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <>
      <form onSubmit={onSubmit} noValidate aria-label={t.tabs.settings} className="space-y-5">
        <GroupFields
          written={written}
          onWrite={(change) => setWritten((now) => ({ ...now, ...change }))}
          isNew={false}
          staysPrivate={group.access !== 'public'}
          error={error}
        />
        {newer && (
          <NewerText
            text={[newer.name, newer.description, ...newer.rules].filter(Boolean).join('\n')}
            onTake={() => setWritten(writtenOf(newer))}
          />
        )}
        <GroupProblem error={error} />
        <p role="status" className="text-sm empty:hidden">
          {hasSaved && !isSending && !error && !newer && t.saved}
        </p>
        <Button type="submit" busy={isSending}>
          {isSending ? t.saving : t.save}
        </Button>
      </form>
      {dialog}
    </>
  );
}

function Closing({ group: { slug, closed_at } }: { group: Group }) {
  const t = useTexts(managingTexts);
  const [isAsking, setAsking] = useState(false);
  const { run, isPending, error } = useGroupAction(slug);
  return (
    <section aria-label={t.closing}>
      <h2 className="font-display text-xl">{t.closing}</h2>
      <p className="mt-1 mb-3 text-muted">{t.closeBody}</p>
      {closed_at ? (
        <Button kind="secondary" busy={isPending} onClick={() => run((api) => openGroup(api, slug))}>
          {t.openGroup}
        </Button>
      ) : (
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t.closeGroup}
        </Button>
      )}
      <GroupProblem error={error} />
      {isAsking && (
        <SureDialog
          slug={slug}
          title={t.closeSure}
          body={t.closeBody}
          action={t.closeGroup}
          act={(api) => closeGroup(api, slug)}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
