import { useApi } from '@sharestack/api/context.tsx';
import { ConfirmDialog } from '@sharestack/console/ConfirmDialog.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteProduct, PRODUCTS_KEY, type Product } from './queries.ts';
import { texts } from './texts.ts';

export function DeleteProduct({ product: { id, name } }: { product: Product }) {
  const t = useTexts(texts);
  const api = useApi();
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const { run, isPending, error } = useAction({
    act: () => deleteProduct(api, id),
    changes: [[...PRODUCTS_KEY, 'list'], ['inventory']],
    done: t.deleted,
    isShownHere: true,
    onDone: () => void navigate({ to: '/products', ignoreBlocker: true }),
  });
  return (
    <>
      <Button kind="danger" className="sm:min-h-10 sm:text-sm" onClick={() => setAsked(true)}>
        {t.delete}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t.deleteProduct}
          action={t.delete}
          isDangerous
          isPending={isPending}
          error={error}
          words={t.words}
          onConfirm={() => run()}
          onClose={() => setAsked(false)}
        >
          <p>{t.deleteBody(name)}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
