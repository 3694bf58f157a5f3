import { useTexts } from '@sharestack/i18n/locale.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { dayOf } from './lastDays.ts';
import { filtersTexts } from './texts.ts';

/** Until when something holds: a day, or nothing. */
export function LastDayField({ until, isPast }: { until: string | null; isPast: boolean }) {
  const t = useTexts(filtersTexts);
  return (
    <TextField
      label={t.lastDay}
      hint={t.lastDayHint}
      problem={isPast ? t.pastDay : null}
      type="date"
      name="day"
      min={dayOf(new Date().toISOString())}
      defaultValue={dayOf(until)}
    />
  );
}
