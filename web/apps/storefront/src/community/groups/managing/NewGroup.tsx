import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useDraft } from '../../writing/useDraft.ts';
import { useSending } from '../../writing/useSending.tsx';
import { GROUPS_KEY, groupQuery } from '../queries.ts';
import { GroupFields } from './GroupFields.tsx';
import { GroupProblem } from './GroupProblem.tsx';
import { createGroup } from './queries.ts';
import { managingTexts } from './texts.ts';
import { bodyOf, EMPTY_GROUP, type WrittenGroup } from './written.ts';

/** A group is made once, however often it is sent; what is written stays in this browser until it is there. */
export function NewGroup() {
  const t = useTexts(managingTexts);
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isNameless, setNameless] = useState(false);
  const { written, write, seal, clear } = useDraft<WrittenGroup>('group', EMPTY_GROUP);
  const { submit, isSending, error, dialog } = useSending(
    () => {
      const body = bodyOf(written);
      return createGroup(api, seal(body), body);
    },
    (group) => {
      clear();
      queryClient.setQueryData(groupQuery(api, group.slug).queryKey, group);
      void queryClient.invalidateQueries({ queryKey: [...GROUPS_KEY, 'list'] });
      void navigate({ to: '/groups/$slug', params: { slug: group.slug } });
    },
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const isMissing = written.name.trim() === '';
    setNameless(isMissing);
    if (!isMissing) void submit();
  };
  return (
    <>
      <form onSubmit={onSubmit} noValidate aria-label={t.newGroup} className="mt-6 space-y-5">
        <GroupFields written={written} onWrite={write} isNew error={error} />
        <p role="alert" className="text-sm text-danger empty:hidden">
          {isNameless && t.faults.name}
        </p>
        <GroupProblem error={error} />
        <Button type="submit" busy={isSending}>
          {isSending ? t.saving : t.create}
        </Button>
      </form>
      {dialog}
    </>
  );
}
