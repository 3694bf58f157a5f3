import type { ReactNode } from 'react';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'info';

const TONES: Record<Tone, string> = {
  plain: 'bg-sunken text-muted',
  good: 'bg-brand-soft text-brand',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
};

/** A state in a word; the colour only helps to find it. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`rounded-full px-2.5 py-1 text-xs whitespace-nowrap ${TONES[tone]}`}>{children}</span>;
}
