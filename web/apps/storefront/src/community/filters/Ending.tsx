import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { isOver } from './lastDays.ts';
import { filtersTexts } from './texts.ts';

/** When something ends by itself, in words. */
export function Ending({ until }: { until: string | null }) {
  const t = useTexts(filtersTexts);
  if (!until) return t.always;
  if (isOver(until)) return t.ended;
  return (
    <>
      {t.until} <Moment instant={until} />
    </>
  );
}
