import { useTexts } from '@sharestack/i18n/locale.tsx';
import { CreditCard } from 'lucide-react';
import type { SavedPaymentMethod } from '../../queries.ts';
import { isExpired, methodName } from '../methodNames.ts';
import { paymentTexts } from '../texts.ts';

/** A saved way to pay, and the way to get rid of it. */
export function MethodRow({ method, onRemove }: { method: SavedPaymentMethod; onRemove: () => void }) {
  const t = useTexts(paymentTexts);
  const name = methodName(method, t);
  const { expires_month: month, expires_year: year } = method;
  const isOver = month !== null && year !== null && isExpired(month, year, new Date());
  return (
    <li className="flex items-center gap-4 py-4 pl-5">
      <CreditCard className="size-6 shrink-0 text-muted" strokeWidth={1.5} aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="font-medium break-words">{name}</p>
        {month !== null && year !== null && (
          <p className={`text-sm ${isOver ? 'text-danger' : 'text-muted'}`}>
            {isOver ? t.expired(month, year) : t.expires(month, year)}
          </p>
        )}
      </div>
      <button
        type="button"
        aria-label={t.removeOf(name)}
        onClick={onRemove}
        className="min-h-11 shrink-0 px-5 text-sm text-muted underline-offset-4 hover:text-danger hover:underline"
      >
        {t.remove}
      </button>
    </li>
  );
}
