import type { ReactNode } from 'react';
import { Avatar } from '../../components/Avatar.tsx';
import { PersonLink } from '../../components/PersonLink.tsx';
import type { Author } from '../../queries.ts';
import { GroupProblem } from './GroupProblem.tsx';

interface Props {
  person: Author;
  /** What is to be known of them here. */
  about: ReactNode;
  error: unknown;
  /** What can be done about them. */
  children: ReactNode;
}

/** Somebody in a list of moderators. */
export function PersonRow({ person, about, error, children }: Props) {
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-start gap-3">
        <Avatar picture={person.picture} className="size-9" />
        <div className="min-w-0 grow">
          <PersonLink person={person} />
          <div className="text-sm break-words text-muted">{about}</div>
        </div>
        <div className="flex flex-wrap items-center gap-2">{children}</div>
      </div>
      <GroupProblem error={error} />
    </li>
  );
}
