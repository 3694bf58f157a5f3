import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { type FormEvent, useState } from 'react';
import { GroupProblem } from './GroupProblem.tsx';
import { PersonRow } from './PersonRow.tsx';
import { type GroupRequest, invitationsQuery, invite, withdrawInvitation } from './queries.ts';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';

/** Who was asked to come in, and has not answered. */
export function Invitations({ slug }: { slug: string }) {
  const t = useTexts(managingTexts);
  const list = useGrowingList(invitationsQuery(useApi(), slug));
  return (
    <>
      <InviteForm slug={slug} />
      <MoreList {...list} empty={<EmptyState title={t.noInvitations} />}>
        {(invitation) => <Row key={invitation.person.id} slug={slug} invitation={invitation} />}
      </MoreList>
    </>
  );
}

function InviteForm({ slug }: { slug: string }) {
  const t = useTexts(managingTexts);
  const [name, setName] = useState('');
  const [invited, setInvited] = useState<string | null>(null);
  const wanted = name.trim().replace(/^[@＠]/, '');
  const { run, isPending, error } = useGroupAction(slug, () => {
    setInvited(wanted);
    setName('');
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setInvited(null);
    if (wanted) run((api) => invite(api, slug, wanted));
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t.invite} className="mb-6">
      <div className="flex flex-wrap items-start gap-3">
        <TextField
          label={t.inviteName}
          hint={t.inviteHint}
          name="name"
          autoCapitalize="none"
          autoComplete="off"
          className="min-w-0 grow"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" className="mt-[1.625rem]" busy={isPending}>
          {t.invite}
        </Button>
      </div>
      <p role="status" className="text-sm empty:hidden">
        {invited && t.invited(invited)}
      </p>
      <GroupProblem error={error} />
    </form>
  );
}

function Row({ slug, invitation: { person, created_at } }: { slug: string; invitation: GroupRequest }) {
  const t = useTexts(managingTexts);
  const { run, isPending, error } = useGroupAction(slug);
  return (
    <PersonRow person={person} error={error} about={<Moment instant={created_at} />}>
      <Button
        kind="secondary"
        aria-label={t.withdraw(person.display_name)}
        busy={isPending}
        onClick={() => run((api) => withdrawInvitation(api, slug, person.id))}
      >
        {t.withdrawShort}
      </Button>
    </PersonRow>
  );
}
