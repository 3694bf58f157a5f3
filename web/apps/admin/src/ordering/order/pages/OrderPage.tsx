import { useApi } from '@sharestack/api/context.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { NotesCard } from '@sharestack/console/NotesCard.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { StatusMark } from '../../components/StatusMark.tsx';
import { CustomerCard } from '../components/CustomerCard.tsx';
import { DocumentsCard } from '../components/DocumentsCard.tsx';
import { LinesCard } from '../components/LinesCard.tsx';
import { PaymentCard } from '../components/PaymentCard.tsx';
import { ShipmentsCard } from '../components/ShipmentsCard.tsx';
import { StatusMoves } from '../components/StatusMoves.tsx';
import { TimelineCard } from '../components/TimelineCard.tsx';
import { deleteNote, notesQuery, type Order, orderQuery, writeNote } from '../queries.ts';
import { texts } from '../texts.ts';

/** One order: what it is about, what happened to it, and what can be done; `children` is what others know of it. */
export function OrderPage({ children }: { children?: (order: Order) => ReactNode }) {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/orders/$id' });
  const api = useApi();
  const query = useQuery(orderQuery(api, id));
  const order = query.data;
  return (
    <div className="space-y-5">
      <RoomHead
        title={order?.number ?? t.order}
        back={{ to: '/orders', label: t.orders }}
        lead={
          order && (
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <StatusMark status={order.status} /> <Moment instant={order.created_at} />
            </span>
          )
        }
      >
        {order && <StatusMoves order={order} />}
      </RoomHead>
      <Loaded query={query} size="h-96">
        {(order) => (
          <div className="grid grid-cols-1 gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
            <div className="min-w-0 space-y-5">
              <LinesCard order={order} />
              <ShipmentsCard order={order} />
              <TimelineCard order={order} />
            </div>
            <div className="min-w-0 space-y-5">
              <CustomerCard order={order} />
              <PaymentCard order={order} />
              {children?.(order)}
              <DocumentsCard order={order} />
              <NotesCard
                notes={notesQuery(api, order.id)}
                permission="orders:write"
                write={(body, key) => writeNote(api, order.id, body, key)}
                remove={(noteId) => deleteNote(api, order.id, noteId)}
              />
            </div>
          </div>
        )}
      </Loaded>
    </div>
  );
}
