import { useTexts } from '@sharestack/i18n/locale.tsx';
import { orderTexts } from '../texts.ts';

export type StatusWord = keyof (typeof orderTexts)['en']['status'];

const LOOKS: Record<StatusWord, string> = {
  pending: 'bg-warn-soft text-warn',
  paying: 'bg-warn-soft text-warn',
  paid: 'bg-info-soft text-info',
  ready: 'bg-brand-soft text-brand',
  processing: 'bg-info-soft text-info',
  partially_shipped: 'bg-info-soft text-info',
  shipped: 'bg-info-soft text-info',
  delivered: 'bg-brand-soft text-brand',
  cancelled: 'bg-sunken text-muted',
  refunded: 'bg-sunken text-muted',
  partially_refunded: 'bg-sunken text-muted',
};

/** How an order stands, in a few words; the colour only goes with them. */
export function StatusMark({ word }: { word: StatusWord }) {
  const t = useTexts(orderTexts);
  return (
    <span className={`inline-block rounded-full px-3 py-1 text-sm font-medium ${LOOKS[word]} print:border print:px-2`}>
      {t.status[word]}
    </span>
  );
}
