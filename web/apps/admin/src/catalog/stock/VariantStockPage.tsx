import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { AdjustmentForm } from './AdjustmentForm.tsx';
import { Movements } from './Movements.tsx';
import { type InventoryLevel, levelQuery } from './queries.ts';
import { SettingsForm } from './SettingsForm.tsx';
import { texts } from './texts.ts';

/** How many there are of one variant, why, and what changes that. */
export function VariantStockPage() {
  const { id } = useParams({ from: '/inventory/$id' });
  return (
    <Loaded query={useQuery(levelQuery(useApi(), id))} size="h-96">
      {(level) => <Stock key={level.variant_id} level={level} />}
    </Loaded>
  );
}

function Stock({ level }: { level: InventoryLevel }) {
  const t = useTexts(texts);
  const mayWrite = usePermissions().includes('catalog:write');
  return (
    <div className="space-y-5">
      <RoomHead
        title={[level.product_name, ...level.option_values].join(' / ')}
        back={{ to: '/inventory', label: t.inventory }}
      >
        <Link
          to="/products/$id"
          params={{ id: level.product_id }}
          className={buttonClass('secondary', 'sm:min-h-10 sm:text-sm')}
        >
          {t.toProduct}
        </Link>
      </RoomHead>
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title={t.level} aside={level.is_low && <Mark tone="warn">{t.isLow}</Mark>}>
          <Facts
            facts={[
              [t.sku, level.sku],
              [t.onHand, level.on_hand],
              [t.reserved, level.reserved],
              [t.owed, level.owed],
              [t.available, level.available],
            ]}
          />
        </Card>
        <fieldset disabled={!mayWrite}>
          <legend className="sr-only">{t.settings}</legend>
          <SettingsForm level={level} />
        </fieldset>
      </div>
      {mayWrite && <AdjustmentForm variantId={level.variant_id} />}
      <Movements variantId={level.variant_id} />
    </div>
  );
}
