import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { changeLevel, INVENTORY_KEY, type InventoryLevel, levelQuery } from './queries.ts';
import { texts } from './texts.ts';

/** When the variant counts as low, and whether it is sold when there is none. */
export function SettingsForm({ level }: { level: InventoryLevel }) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const fields: Field[] = [
    {
      name: 'low_stock_threshold',
      label: t.threshold,
      kind: 'whole',
      min: 0,
      max: 1_000_000_000,
      hint: t.thresholdHint,
      wide: true,
    },
    { name: 'allow_backorder', label: t.allowBackorder, kind: 'check', wide: true },
  ];
  return (
    <Card title={t.settings}>
      <EditForm
        label={t.settings}
        fields={fields}
        initial={{ low_stock_threshold: level.low_stock_threshold, allow_backorder: level.allow_backorder }}
        words={t.words}
        send={({ low_stock_threshold: threshold, allow_backorder: backorder }) =>
          changeLevel(api, level.variant_id, {
            low_stock_threshold: threshold === null ? null : Number(threshold),
            allow_backorder: backorder === true,
          })
        }
        onSaved={(saved) => {
          client.setQueryData(levelQuery(api, level.variant_id).queryKey, saved);
          void client.invalidateQueries({ queryKey: [...INVENTORY_KEY, 'list'] });
          notify(t.adjusted);
        }}
      />
    </Card>
  );
}
