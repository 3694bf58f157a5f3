import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { texts } from '../texts.ts';
import { type Amounts, SummaryAmounts } from './SummaryAmounts.tsx';

export interface SummaryLine {
  id: string;
  name: string;
  variantTitle: string;
  quantity: number;
  amount: number;
  imageUrl: string | null;
}

interface Props {
  lines: readonly SummaryLine[];
  amounts: Amounts;
  /** Between the lines and the amounts. */
  children?: ReactNode;
}

/** What is bought and what it costs. On a phone it opens on demand, so that the form comes first. */
export function SummaryCard({ lines, amounts, children }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const [isOpen, setOpen] = useOpenWhereWide();
  return (
    <section aria-labelledby="checkout-summary" className="rounded-card border border-line bg-surface lg:p-6">
      <h2 id="checkout-summary" className="sr-only font-display text-xl lg:not-sr-only">
        {t.summary}
      </h2>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
        <summary className="flex min-h-14 items-center justify-between gap-3 px-5 lg:hidden">
          <span className="inline-flex items-center gap-1.5 text-brand">
            {t.summary}
            <ChevronDown className="size-4 transition-transform group-open:rotate-180" aria-hidden="true" />
          </span>
          <span className="font-semibold tabular-nums">{formatMoney(amounts.total, amounts.currency, locale)}</span>
        </summary>
        <div className="px-5 pb-5 lg:p-0">
          <Lines lines={lines} currency={amounts.currency} />
          {children && <div className="mt-2 mb-5 border-t border-line pt-4">{children}</div>}
          <SummaryAmounts {...amounts} />
        </div>
      </details>
    </section>
  );
}

const WIDE = '(min-width: 64rem)';

/** Beside the form it is always open, above it only once somebody wants to see it. */
function useOpenWhereWide() {
  const [isOpen, setOpen] = useState(() => window.matchMedia?.(WIDE).matches ?? true);
  useEffect(() => {
    const media = window.matchMedia?.(WIDE);
    const follow = () => setOpen(media.matches);
    media?.addEventListener('change', follow);
    return () => media?.removeEventListener('change', follow);
  }, []);
  return [isOpen, setOpen] as const;
}

function Lines({ lines, currency }: { lines: readonly SummaryLine[]; currency: string }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <ul className="max-h-96 divide-y divide-line overflow-y-auto lg:mt-2">
      {lines.map(({ id, name, variantTitle, quantity, amount, imageUrl }) => (
        <li key={id} className="flex gap-3 py-3">
          <Picture
            picture={imageUrl ? { url: imageUrl, variants: [] } : null}
            alt=""
            sizes="3.5rem"
            className="w-14 shrink-0 self-start rounded-control"
          />
          <div className="min-w-0 grow text-sm">
            <p className="line-clamp-3 font-medium break-words" dir="auto" lang={langOf(name, locale)}>
              {name}
            </p>
            <p className="text-muted">
              {variantTitle && (
                <>
                  <bdi className="break-words" lang={langOf(variantTitle, locale)}>
                    {variantTitle}
                  </bdi>{' '}
                  ·{' '}
                </>
              )}
              {t.quantity(quantity)}
            </p>
          </div>
          <p className="text-sm tabular-nums">{formatMoney(amount, currency, locale)}</p>
        </li>
      ))}
    </ul>
  );
}
