import { useApi } from '@sharestack/api/context.tsx';
import type { CategoryOption } from '@sharestack/console/categoryOptions.ts';
import { ItemDialog } from '@sharestack/console/ItemDialog.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { createTax, deleteTax, readTax, replaceTax, TAXES_KEY, type TaxRate } from '../queries.ts';
import { taxFields, taxOf, taxValues } from '../taxes.ts';
import { texts } from '../texts.ts';

interface Props {
  /** Null: a new one. */
  rate: TaxRate | null;
  categories: readonly CategoryOption[];
  onClose: () => void;
}

/** What is taxed at a place. */
export function TaxDialog({ rate, categories, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const shared = { fields: taxFields(t), changes: [TAXES_KEY], words: t.words, onClose };
  if (!rate) {
    return (
      <ItemDialog
        {...shared}
        title={t.newTax}
        initial={{ shipping_taxable: true, is_active: true }}
        send={async (values) => createTax(api, taxOf(t, values, categories))}
      />
    );
  }
  return (
    <ItemDialog
      {...shared}
      title={t.editOf(rate.name)}
      initial={taxValues(rate, categories)}
      version={rate.version}
      send={async (values, version = rate.version) =>
        replaceTax(api, rate.id, { ...taxOf(t, values, categories), version })
      }
      reload={async () => {
        const now = await readTax(api, rate.id);
        return { values: taxValues(now, categories), version: now.version };
      }}
      remove={{ label: t.delete, body: t.deleteBody(rate.name), act: () => deleteTax(api, rate.id) }}
    />
  );
}
