import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { type ReactNode, type SelectHTMLAttributes, useId } from 'react';
import type { OrderItem, ReturnableUnits, ReturnReason } from '../queries.ts';
import { quantityField, reasonField } from '../returnDraft.ts';
import { returnTexts } from '../returnTexts.ts';

interface Props {
  units: ReturnableUnits;
  item: OrderItem | undefined;
  isReasonMissing: boolean;
}

/** How many of one line come back, and why. */
export function ReturnLineFields({ units, item, isReasonMissing }: Props) {
  const t = useTexts(returnTexts);
  const { order_item_id: id, quantity, until } = units;
  const name = item?.name ?? '';
  const reasons = Object.keys(t.reasons) as ReturnReason[];
  return (
    <li className="grid gap-3 py-4 @xl:grid-cols-[minmax(0,1fr)_7rem_14rem]">
      <div className="min-w-0">
        <p className="line-clamp-2 font-medium break-words" dir="auto">
          {name}
        </p>
        {item?.variant_title && (
          <p className="text-sm break-words text-muted" dir="auto">
            {item.variant_title}
          </p>
        )}
        <p className="text-sm text-muted">
          {t.returnUntil} <Day instant={until} />
        </p>
      </div>
      <Choice label={t.returnUnits} about={t.returnHowMany(name)} name={quantityField(id)} defaultValue="0">
        <option value="0">{t.returnNone}</option>
        {Array.from({ length: quantity }, (_, place) => place + 1).map((count) => (
          <option key={count} value={count}>
            {count}
          </option>
        ))}
      </Choice>
      <Choice
        label={t.returnReason}
        about={t.returnWhy(name)}
        name={reasonField(id)}
        defaultValue=""
        problem={isReasonMissing ? t.returnNoReason : undefined}
      >
        <option value="">{t.chooseReason}</option>
        {reasons.map((reason) => (
          <option key={reason} value={reason}>
            {t.reasons[reason]}
          </option>
        ))}
      </Choice>
    </li>
  );
}

interface ChoiceProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string;
  /** The label for who does not see which line it is in. */
  about: string;
  problem?: string | undefined;
  children: ReactNode;
}

function Choice({ label, about, problem, children, ...rest }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <span aria-hidden="true" className="mb-1 block text-sm text-muted">
        {label}
      </span>
      <select
        {...rest}
        aria-label={about}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-problem`}
        className="min-h-11 w-full rounded-control border border-control bg-surface px-3 aria-invalid:border-danger"
      >
        {children}
      </select>
      <p id={`${id}-problem`} className="mt-1 text-sm text-danger empty:hidden">
        {problem}
      </p>
    </div>
  );
}
