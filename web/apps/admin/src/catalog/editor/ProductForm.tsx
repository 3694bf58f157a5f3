import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { changeOf, valuesOf } from './productFields.ts';
import { changeProduct, type Product, productQuery, productSaved } from './queries.ts';
import { texts } from './texts.ts';

interface Props {
  title: string;
  product: Product;
  fields: readonly Field[];
}

/** Some of a product's fields, saved by themselves: what others save meanwhile in other fields is in nobody's way. */
export function ProductForm({ title, product, fields }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const stored = (one: Product) => ({ values: valuesOf(one, fields), version: one.version });
  return (
    <Card title={title}>
      <EditForm
        label={title}
        fields={fields}
        initial={valuesOf(product, fields)}
        version={product.version}
        words={t.words}
        send={(values, { version = product.version }) =>
          changeProduct(api, product.id, { ...changeOf(values), version })
        }
        storedOf={stored}
        reload={async () => stored(await client.fetchQuery(productQuery(api, product.id)))}
        onSaved={(saved) => {
          productSaved(client, saved);
          notify(t.saved);
        }}
      />
    </Card>
  );
}
