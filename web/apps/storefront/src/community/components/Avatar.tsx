import { Picture } from '@sharestack/ui/Picture.tsx';
import { UserRound } from 'lucide-react';
import type { Author } from '../queries.ts';

interface Props {
  picture: Author['picture'];
  /** Of the whole box, with its size: `size-11`. */
  className?: string;
}

/** Beside a name that says who it is. */
export function Avatar({ picture, className = 'size-11' }: Props) {
  if (picture)
    return <Picture picture={picture} alt="" sizes="96px" className={`shrink-0 rounded-full ${className}`} />;
  return (
    <span className={`grid shrink-0 place-items-center rounded-full bg-sunken text-muted ${className}`}>
      <UserRound className="size-1/2" strokeWidth={1.75} aria-hidden="true" />
    </span>
  );
}
