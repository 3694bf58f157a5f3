import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { useState } from 'react';
import type { Group } from '../queries.ts';
import { BanDialog } from './BanDialog.tsx';
import { PersonRow } from './PersonRow.tsx';
import { type Member, membersQuery, type Role, removeMember, setRole } from './queries.ts';
import { SureDialog } from './SureDialog.tsx';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';

/** Who is in the group, and as what. */
export function Members({ group }: { group: Group }) {
  const t = useTexts(managingTexts);
  const list = useGrowingList(membersQuery(useApi(), group.slug));
  return (
    <MoreList {...list} empty={<EmptyState title={t.noMembers} />}>
      {(member) => <Row key={member.person.id} group={group} member={member} />}
    </MoreList>
  );
}

/** Each decides about people of a lower role, and nobody about an owner, whose role has to be another one first. */
function isBelow(role: Role, { viewer }: Group): boolean {
  if (role === 'owner') return false;
  return viewer?.can_manage === true || role === 'member';
}

function Row({ group, member: { person, role, joined_at } }: { group: Group; member: Member }) {
  const t = useTexts(managingTexts);
  const { slug } = group;
  const { display_name: name } = person;
  const { run, isPending, error } = useGroupAction(slug);
  const [open, setOpen] = useState<'remove' | 'ban' | null>(null);
  const close = () => setOpen(null);
  return (
    <PersonRow
      person={person}
      error={error}
      about={
        <>
          {!group.viewer?.can_manage && <>{t.roles[role]} · </>}
          {t.joined} <Moment instant={joined_at} />
        </>
      }
    >
      {group.viewer?.can_manage && (
        <RoleChoice
          label={t.roleOf(name)}
          role={role}
          isPending={isPending}
          onChoose={(next) => run((api) => setRole(api, slug, person.id, next))}
        />
      )}
      {isBelow(role, group) && (
        <>
          <Button kind="secondary" aria-label={t.remove(name)} onClick={() => setOpen('remove')}>
            {t.removeShort}
          </Button>
          <Button kind="danger" aria-label={t.ban(name)} onClick={() => setOpen('ban')}>
            {t.banShort}
          </Button>
        </>
      )}
      {open === 'remove' && (
        <SureDialog
          slug={slug}
          title={t.removeSure(name)}
          body={t.removeBody}
          action={t.removeShort}
          act={(api) => removeMember(api, slug, person.id)}
          onClose={close}
        />
      )}
      {open === 'ban' && <BanDialog slug={slug} person={person} onClose={close} />}
    </PersonRow>
  );
}

interface ChoiceProps {
  label: string;
  role: Role;
  isPending: boolean;
  onChoose: (role: Role) => void;
}

function RoleChoice({ label, role, isPending, onChoose }: ChoiceProps) {
  const t = useTexts(managingTexts);
  return (
    <select
      aria-label={label}
      value={role}
      disabled={isPending}
      onChange={({ currentTarget }) => onChoose(currentTarget.value as Role)}
      className="min-h-11 rounded-control border border-control bg-surface px-3"
    >
      {Object.entries(t.roles).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}
