import { useApi } from '@sharestack/api/context.tsx';
import { ApiProblem } from '@sharestack/api/problem.ts';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { combinations } from './optionChange.ts';
import { createVariants, existingOptions, type Product, variantsSaved } from './queries.ts';
import { texts } from './texts.ts';
import { priceField, unitsField } from './variantFields.ts';

const MOST = 2000;

/** Every combination of the values that are written, with one price and one number of units. */
export function AddVariants({ product, onClose }: { product: Product; onClose: () => void }) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const [progress, setProgress] = useState('');
  const values = product.option_names.map(
    (option, index): Field => ({
      name: `values_${index}`,
      label: t.valuesOf(option),
      kind: 'list',
      required: true,
      maxLength: 255,
      rows: 4,
    }),
  );
  const send = async (said: Values) => {
    const known = await existingOptions(api, product);
    const all = combinations(values.map(({ name }) => said[name] as string[]));
    const wanted = all.filter((one) => !known.has(JSON.stringify(one)));
    const fields = [{ field: 'values_0', message: t.tooManyVariants(MOST - product.variant_count) }];
    if (wanted.length + product.variant_count > MOST) throw new ApiProblem(422, 'validation_failed', { fields });
    const price_amount = Number(said.price_amount);
    const made = wanted.map((option_values) => ({ option_values, price_amount, stock: Number(said.stock ?? 0) }));
    await createVariants(api, product.id, made as never, (count) => setProgress(t.madeSoFar(count, wanted.length)));
    return wanted.length;
  };
  return (
    <Dialog title={t.addVariants} onClose={onClose}>
      <p className="mb-4 text-sm text-muted">{t.addVariantsHint}</p>
      <EditForm
        label={t.addVariants}
        fields={[...values, priceField(t, product.currency), unitsField('stock', t.stock)]}
        initial={{ price_amount: product.variants[0]?.price_amount ?? null }}
        action={t.addVariants}
        words={t.words}
        send={send}
        onSaved={(count) => {
          variantsSaved(client, product.id);
          notify(t.added(count));
          onClose();
        }}
        onCancel={onClose}
      >
        <p role="status" className="text-sm text-muted empty:hidden">
          {progress}
        </p>
      </EditForm>
    </Dialog>
  );
}
