import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { Link } from '@tanstack/react-router';
import type { Order, OrderItem } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { Section } from './Section.tsx';

export function OrderLines({ order }: { order: Order }) {
  const t = useTexts(orderTexts);
  return (
    <Section title={t.items}>
      <ul className="divide-y divide-line border-y border-line">
        {order.items.map((item) => (
          <OrderLine key={item.id} item={item} currency={order.currency} />
        ))}
      </ul>
    </Section>
  );
}

function OrderLine({ item, currency }: { item: OrderItem; currency: string }) {
  const t = useTexts(orderTexts);
  const locale = useLocale();
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const picture = item.image_url ? { url: item.image_url, variants: [] } : null;
  const notes = [
    item.refunded_quantity > 0 && t.refundedUnits(item.refunded_quantity),
    item.requires_shipping &&
      item.handed_over_quantity > 0 &&
      item.remaining_quantity > 0 &&
      t.shippedUnits(item.handed_over_quantity, item.quantity),
    item.product_slug === null && t.noLongerSold,
  ].filter(Boolean);
  return (
    <li className="flex gap-4 py-5 break-inside-avoid">
      <Picture
        picture={picture}
        alt=""
        sizes="5rem"
        className="w-18 shrink-0 self-start rounded-card sm:w-20 print:w-12"
      />
      <div className="min-w-0 grow">
        <p className="line-clamp-4 font-medium break-words" lang={langOf(item.name, locale)} dir="auto">
          {item.product_slug ? (
            <Link
              to="/p/$slug"
              params={{ slug: item.product_slug }}
              search={{ variant: item.variant_id }}
              className="underline-offset-4 hover:underline"
            >
              {item.name}
            </Link>
          ) : (
            item.name
          )}
        </p>
        {item.variant_title && (
          <p className="text-sm break-words text-muted" lang={langOf(item.variant_title, locale)} dir="auto">
            {item.variant_title}
          </p>
        )}
        <p className="text-sm text-muted tabular-nums">{t.quantityEach(item.quantity, money(item.unit_amount))}</p>
        {notes.length > 0 && <p className="mt-1 text-sm text-muted">{notes.join(' · ')}</p>}
      </div>
      <p className="shrink-0 tabular-nums">{money(item.amount)}</p>
    </li>
  );
}
