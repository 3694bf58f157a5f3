import type { ReactNode } from 'react';
import { Avatar } from '../components/Avatar.tsx';
import { PersonLink } from '../components/PersonLink.tsx';
import type { Author } from '../queries.ts';

interface Props {
  person: Author;
  /** Below the name: since when, until when. */
  note: ReactNode;
  /** Beside the name, and below it where there is no room. */
  actions: ReactNode;
  children?: ReactNode;
}

/** Somebody in a list of people, and what is done there. */
export function PersonRow({ person, note, actions, children }: Props) {
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar picture={person.picture} />
        <div className="min-w-40 grow basis-0">
          <PersonLink person={person} />
          <p className="text-sm text-muted">{note}</p>
        </div>
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
      {children}
    </li>
  );
}
