import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { type Order, type OrderAccess, orderReturnsQuery } from '../queries.ts';
import { returnTexts } from '../returnTexts.ts';
import { ReturnForm } from './ReturnForm.tsx';
import { ReturnItem } from './ReturnItem.tsx';
import { Section } from './Section.tsx';

/** Returns of an order of which something has arrived, and the way to another. */
export function OrderReturns({ order, access }: { order: Order; access: OrderAccess }) {
  const t = useTexts(returnTexts);
  const [isOpen, setOpen] = useState(false);
  const [isSent, setSent] = useState(false);
  const { data, error, refetch } = useQuery(orderReturnsQuery(useApi(), access));
  if (!data) {
    if (!error) return null;
    const { correlationId, status } = asProblem(error);
    return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />;
  }
  const canReturn = data.returnable.length > 0;
  if (!canReturn && data.items.length === 0) return null;
  const end = (sent: boolean) => {
    setOpen(false);
    setSent(sent);
  };
  return (
    <Section title={t.returns} className="print:hidden">
      {data.items.length > 0 && (
        <ul className="space-y-4">
          {data.items.map((one) => (
            <ReturnItem key={one.id} value={one} order={order} />
          ))}
        </ul>
      )}
      <p role="status" className="mt-3 rounded-control bg-brand-soft px-4 py-3 empty:hidden">
        {isSent && t.returnSent}
      </p>
      {isOpen && canReturn ? (
        <ReturnForm order={order} access={access} returnable={data.returnable} onEnd={end} />
      ) : (
        canReturn && (
          <Button kind="secondary" className="mt-4" onClick={() => setOpen(true)}>
            <Undo2 className="size-4" aria-hidden="true" />
            {t.startReturn}
          </Button>
        )
      )}
    </Section>
  );
}
