import { useApi } from '@sharestack/api/context.tsx';
import { ApiProblem } from '@sharestack/api/problem.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { optionChange } from './optionChange.ts';
import { changeProduct, type Product, productQuery, productSaved, variantsSaved } from './queries.ts';
import { texts } from './texts.ts';

const MOST = 3;

/** What distinguishes the variants, and the currency of their prices. */
export function OptionsCard({ product, currencies }: { product: Product; currencies: readonly string[] }) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const fields: Field[] = [
    { name: 'option_names', label: t.optionNames, kind: 'list', maxLength: 255, rows: 3, hint: t.optionNamesHint },
    { name: 'new_value', label: t.newValue, kind: 'text', maxLength: 255, hint: t.newValueHint },
    {
      name: 'currency',
      label: t.currency,
      kind: 'choice',
      required: true,
      options: [...new Set([product.currency, ...currencies])].map((code) => ({ value: code, label: code })),
    },
  ];
  const stored = ({ option_names, currency, version }: Product) => ({
    values: { option_names, new_value: null, currency },
    version,
  });
  const send = (values: Values, version: number) => {
    const names = values.option_names as string[];
    const value = typeof values.new_value === 'string' ? values.new_value : '';
    if (names.length > MOST) return refused('option_names', t.tooManyOptions);
    if (names.length > product.option_names.length && !value) return refused('new_value', t.needsValue);
    return changeProduct(api, product.id, {
      ...optionChange(product, names, value),
      currency: String(values.currency),
      version,
    });
  };
  return (
    <Card title={t.options}>
      <EditForm
        label={t.options}
        fields={fields}
        initial={stored(product).values}
        version={product.version}
        words={t.words}
        send={(values, { version = product.version }) => send(values, version)}
        storedOf={stored}
        reload={async () => stored(await client.fetchQuery(productQuery(api, product.id)))}
        onSaved={(saved) => {
          productSaved(client, saved);
          variantsSaved(client, saved.id);
          notify(t.saved);
        }}
      />
    </Card>
  );
}

/** As the API would refuse it. */
const refused = (field: string, message: string) =>
  Promise.reject(new ApiProblem(422, 'validation_failed', { fields: [{ field, message }] }));
