import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { ExternalLink, Package, PackageCheck } from 'lucide-react';
import type { Order, Shipment } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { CopyButton } from './CopyButton.tsx';
import { Section } from './Section.tsx';

/** What was sent, by whom, and where it is followed. */
export function Parcels({ order }: { order: Order }) {
  const t = useTexts(orderTexts);
  if (order.shipments.length === 0) return null;
  const names = new Map(order.items.map((item) => [item.id, item.name]));
  return (
    <Section title={t.parcels}>
      <ul className="space-y-4">
        {order.shipments.map((shipment, place) => (
          <Parcel key={shipment.id} shipment={shipment} place={place + 1} names={names} />
        ))}
      </ul>
    </Section>
  );
}

interface Props {
  shipment: Shipment;
  place: number;
  names: Map<string, string>;
}

function Parcel({ shipment, place, names }: Props) {
  const t = useTexts(orderTexts);
  const { delivered_at: deliveredAt, tracking_number: number, tracking_url: url } = shipment;
  const Icon = deliveredAt ? PackageCheck : Package;
  return (
    <li className="flex gap-4 rounded-card border border-line bg-surface p-5 break-inside-avoid">
      <Icon className="size-6 shrink-0 text-brand" strokeWidth={1.75} aria-hidden="true" />
      <div className="min-w-0 grow">
        <h3 className="font-medium">
          {t.parcel(place)} · {t.carriers[shipment.carrier]}
        </h3>
        <p className="text-sm text-muted">
          {t.parcelShipped} <Moment instant={shipment.shipped_at} />
          {deliveredAt && (
            <>
              {' · '}
              {t.parcelDelivered} <Moment instant={deliveredAt} />
            </>
          )}
        </p>
        <ul className="mt-2 text-sm text-muted">
          {shipment.lines.map((line) => (
            <li key={line.order_item_id} className="line-clamp-2 break-words" dir="auto">
              {line.quantity} × {names.get(line.order_item_id)}
            </li>
          ))}
        </ul>
        {number && (
          <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
            <p className="text-sm">
              <span className="text-muted">{t.trackingNumber}</span> <code className="break-all">{number}</code>
            </p>
            <CopyButton text={number} />
            {url && (
              <a
                href={url}
                target="_blank"
                rel="noreferrer"
                aria-label={`${t.trackOf(number)} (${t.opensElsewhere})`}
                className={buttonClass('secondary', 'text-sm print:hidden')}
              >
                {t.track}
                <ExternalLink className="size-4" aria-hidden="true" />
              </a>
            )}
          </div>
        )}
      </div>
    </li>
  );
}
