import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
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
export function PersonRow({ person: { username, display_name }, about, error, children }: Props) {
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 grow">
          <Link to="/@{$name}" params={{ name: username }} className="break-words underline-offset-4 hover:underline">
            <bdi className="font-medium">{display_name}</bdi> <bdi className="text-sm text-muted">@{username}</bdi>
          </Link>
          <div className="text-sm break-words text-muted">{about}</div>
        </div>
        <div className="flex flex-wrap items-center gap-2">{children}</div>
      </div>
      <GroupProblem error={error} />
    </li>
  );
}
