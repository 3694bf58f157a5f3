import type { Field } from '@sharestack/console/field.ts';
import type { texts } from '../texts.ts';

type Texts = (typeof texts)['en'];

export const carrierField = (t: Texts): Field => ({
  name: 'carrier',
  label: t.carrier,
  kind: 'choice',
  required: true,
  options: Object.entries(t.carriers).map(([value, label]) => ({ value, label })),
});

export const trackingField = (t: Texts): Field => ({
  name: 'tracking_number',
  label: t.trackingNumber,
  kind: 'text',
  maxLength: 60,
  hint: t.trackingHint,
});
