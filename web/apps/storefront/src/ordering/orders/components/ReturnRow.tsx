import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import type { OrderReturn } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { ReturnMark } from './ReturnMark.tsx';

/** A return in a list; the whole row leads to its order. */
export function ReturnRow({ value }: { value: OrderReturn }) {
  const t = useTexts(orderTexts);
  const pieces = value.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <li className="relative flex items-center gap-4 py-4 hover:bg-sunken/60">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Link
            to="/account/orders/$id"
            params={{ id: value.order_id }}
            className="font-medium tabular-nums after:absolute after:inset-0"
          >
            {t.orderNumber(value.order_number)}
          </Link>
          <ReturnMark status={value.status} />
        </p>
        <p className="mt-1 text-sm text-muted">
          {t.returnOn} <Day instant={value.created_at} /> · {t.pieces(pieces)}
        </p>
      </div>
      <ChevronRight className="size-5 shrink-0 text-muted" aria-hidden="true" />
    </li>
  );
}
