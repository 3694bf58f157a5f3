import { Link } from '@tanstack/react-router';
import type { Author } from '../queries.ts';

/** A name as its owner chose it, kept from changing the direction of what is around it, and the handle. */
export function PersonLink({
  person: { username, display_name },
  hasHandle = true,
}: {
  person: Author;
  hasHandle?: boolean;
}) {
  return (
    <Link to="/@{$name}" params={{ name: username }} className="group min-w-0 break-words">
      <bdi className="font-medium underline-offset-4 group-hover:underline">{display_name}</bdi>
      {hasHandle && <bdi className="ml-1.5 text-sm text-muted">@{username}</bdi>}
    </Link>
  );
}
