import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { POSTS_KEY } from '../queries.ts';
import { AskToJoin } from './AskToJoin.tsx';
import { LeaveGroup } from './LeaveGroup.tsx';
import { type Group, groupQuery, joinGroup, leaveGroup } from './queries.ts';
import { groupsTexts } from './texts.ts';

/** The next step from where the reader stands: in, or out. */
export function MembershipSteps({ group, viewer }: { group: Group; viewer: NonNullable<Group['viewer']> }) {
  const t = useTexts(groupsTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<'ask' | 'leave' | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (message: string | null) =>
      message === null ? leaveGroup(api, group.slug) : joinGroup(api, group.slug, message),
    onSuccess: async (joined) => {
      setOpen(null);
      const { queryKey } = groupQuery(api, group.slug);
      if (joined) queryClient.setQueryData(queryKey, joined);
      // What can be read there is another now.
      await queryClient.invalidateQueries({ queryKey });
      await queryClient.invalidateQueries({ queryKey: [...POSTS_KEY, 'group', group.slug] });
    },
  });
  const { membership, can_join } = viewer;
  const isIn = membership === 'member' || membership === 'moderator' || membership === 'owner';
  return (
    <>
      <p role="status" className="mt-4 text-sm text-muted empty:hidden">
        {t.membership[membership]}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {can_join && !isIn && membership !== 'requested' && (
          <Button
            busy={isPending}
            onClick={() => (group.access === 'request' && membership === 'none' ? setOpen('ask') : mutate(''))}
          >
            {membership === 'invited' ? t.accept : group.access === 'request' ? t.ask : t.join}
          </Button>
        )}
        {(membership === 'invited' || membership === 'requested') && (
          <Button kind="secondary" busy={isPending} onClick={() => mutate(null)}>
            {membership === 'invited' ? t.decline : t.withdraw}
          </Button>
        )}
        {viewer.can_post && (
          <Link to="/compose" search={{ group: group.slug }} className={buttonClass()}>
            {t.write}
          </Link>
        )}
        {viewer.can_moderate && (
          <Link to="/groups/$slug/manage" params={{ slug: group.slug }} className={buttonClass('secondary')}>
            {t.manage}
          </Link>
        )}
        {isIn && (
          <Button kind="secondary" onClick={() => setOpen('leave')}>
            {t.leave}
          </Button>
        )}
      </div>
      {open === null && <ProblemNote error={error} />}
      {open === 'ask' && <AskToJoin isPending={isPending} error={error} onAsk={mutate} onClose={() => setOpen(null)} />}
      {open === 'leave' && (
        <LeaveGroup isPending={isPending} error={error} onLeave={() => mutate(null)} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
