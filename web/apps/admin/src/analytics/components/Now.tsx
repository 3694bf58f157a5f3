import { Card } from '@sharestack/console/Card.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { number } from '../numbers.ts';
import type { Dashboard } from '../queries.ts';
import { texts } from '../texts.ts';
import { Figures } from './Figures.tsx';

/** Who is here, and what goes wrong. */
export function Now({ health }: { health: Dashboard['health'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <Card title={t.health}>
      <Figures
        figures={[
          [t.now, number(health.active_now, locale)],
          [t.hour, number(health.active_last_hour, locale)],
          [t.openErrors, number(health.open_errors, locale)],
          [t.newErrors, number(health.new_errors, locale)],
        ]}
      />
    </Card>
  );
}
