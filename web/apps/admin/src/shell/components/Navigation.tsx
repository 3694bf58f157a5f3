import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Store } from 'lucide-react';
import { countersQuery } from '../queries.ts';
import { type Room, sectionsFor } from '../rooms.ts';
import { texts } from '../texts.ts';

const ITEM =
  'flex min-h-11 items-center gap-3 rounded-control px-3 text-sm hover:bg-sunken lg:min-h-10 aria-[current=page]:bg-brand-soft aria-[current=page]:font-medium';

/** The rooms that the person may enter, with what waits in them. */
export function Navigation({ onGo }: { onGo?: () => void }) {
  const t = useTexts(texts);
  const permissions = usePermissions();
  const { data } = useQuery({ ...countersQuery(useApi()), enabled: permissions.includes('counters:read') });
  return (
    <nav aria-label={t.rooms}>
      {sectionsFor(permissions).map(({ name, rooms }) => (
        <section key={name} aria-label={t.sections[name]} className="mb-4">
          <p aria-hidden="true" className="px-3 pb-1 text-xs text-muted">
            {t.sections[name]}
          </p>
          <ul className="space-y-0.5">
            {rooms.map((room) => (
              <li key={room.to}>
                <RoomLink room={room} count={(room.counter && data?.[room.counter]) || 0} onGo={onGo} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <hr className="my-3 border-line" />
      <a href="/" className={ITEM}>
        <Store className="size-4.5" aria-hidden="true" />
        {t.toShop}
      </a>
    </nav>
  );
}

const MOST = 99;

function RoomLink({ room, count, onGo }: { room: Room; count: number; onGo: (() => void) | undefined }) {
  const t = useTexts(texts);
  const { to, name, Icon } = room;
  return (
    <Link to={to} className={ITEM} activeOptions={{ exact: to === '/', includeSearch: false }} onClick={onGo}>
      <Icon className="size-4.5" aria-hidden="true" />
      <span className="grow">{t.roomNames[name]}</span>
      {count > 0 && (
        <span className="rounded-full bg-sunken px-2 text-xs tabular-nums">
          <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
          <span className="sr-only">{t.waiting(count > MOST ? `${MOST}+` : String(count))}</span>
        </span>
      )}
    </Link>
  );
}
