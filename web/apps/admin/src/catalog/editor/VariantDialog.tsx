import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { ProblemNote } from '@sharestack/console/ProblemNote.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeVariant, deleteVariant, type Product, readVariant, type Variant, variantsSaved } from './queries.ts';
import { texts } from './texts.ts';
import { variantChange, variantFields, variantName, variantValues } from './variantFields.ts';

interface Props {
  product: Product;
  variant: Variant;
  onClose: () => void;
}

/** One variant, saved by itself. */
export function VariantDialog({ product, variant, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const stored = (one: Variant) => ({ values: variantValues(one), version: one.version });
  return (
    <Dialog title={t.editVariant(variantName(t, variant))} onClose={onClose}>
      <EditForm
        label={t.variant}
        fields={variantFields(t, product)}
        initial={variantValues(variant)}
        version={variant.version}
        words={t.words}
        send={(values, { version = variant.version }) =>
          changeVariant(api, product.id, variant.id, { ...variantChange(values, product, variant), version })
        }
        reload={async () => stored(await readVariant(api, product.id, variant.id))}
        onSaved={() => {
          variantsSaved(client, product.id);
          notify(t.saved);
          onClose();
        }}
        onCancel={onClose}
      >
        <Delete product={product} variant={variant} onClose={onClose} />
      </EditForm>
    </Dialog>
  );
}

function Delete({ product, variant, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const { run, isPending, error } = useAction({
    act: () => deleteVariant(api, product.id, variant.id),
    isShownHere: true,
    onDone: () => {
      variantsSaved(client, product.id);
      onClose();
    },
  });
  if (product.variant_count < 2) return null;
  return (
    <div className="border-t border-line pt-3 text-sm">
      {isAsked && <p className="mb-2">{t.deleteVariantBody(variantName(t, variant))}</p>}
      <ProblemNote error={error} words={t.words} />
      <Button kind="danger" busy={isPending} className="sm:min-h-9" onClick={() => (isAsked ? run() : setAsked(true))}>
        {isAsked ? t.delete : t.deleteVariant}
      </Button>
    </div>
  );
}
