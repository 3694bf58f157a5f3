import { useApi } from '@sharestack/api/context.tsx';
import { type Site, siteQuery } from '@sharestack/api/site.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { categoryOptions } from '@sharestack/console/categoryOptions.ts';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { changeOf, detailFields } from './productFields.ts';
import { categoriesQuery, createProduct, type NewProduct, productSaved } from './queries.ts';
import { texts } from './texts.ts';
import { priceField, unitsField } from './variantFields.ts';

/** The least that a product needs; options, pictures and the rest come once it is there. */
export function NewProductPage() {
  const t = useTexts(texts);
  const api = useApi();
  const site = useQuery(siteQuery(api));
  return (
    <div className="space-y-5">
      <RoomHead title={t.newProduct} back={{ to: '/products', label: t.products }} />
      <Loaded query={site} size="h-96">
        {(data) => <NewProductForm site={data} />}
      </Loaded>
    </div>
  );
}

function NewProductForm({ site }: { site: Site }) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const categories = useQuery(categoriesQuery(api));
  const [currency, setCurrency] = useState(site.currency);
  const fields = newFields(t, categoryOptions(categories.data?.items ?? []), site, currency);
  return (
    <Card title={t.details}>
      <div
        onChange={(event) => {
          const { target } = event as unknown as { target: HTMLSelectElement };
          if (target.name === 'currency') setCurrency(target.value);
        }}
      >
        <EditForm
          label={t.newProduct}
          fields={fields}
          initial={{ currency: site.currency, is_active: false, stock: 0 }}
          action={t.create}
          words={t.words}
          send={(values) => createProduct(api, contentOf(values))}
          onSaved={(product) => {
            productSaved(client, product);
            notify(t.created);
            void navigate({ to: '/products/$id', params: { id: product.id }, ignoreBlocker: true });
          }}
        />
      </div>
    </Card>
  );
}

function newFields(
  t: (typeof texts)['en'],
  categories: Parameters<typeof detailFields>[1],
  site: Site,
  currency: string,
): Field[] {
  const details = detailFields(t, categories).map((field) =>
    field.name === 'slug' ? { ...field, required: false } : field,
  );
  const currencies = site.currencies.map(({ code }) => ({ value: code, label: code }));
  return [
    ...details.filter(({ name }) => name !== 'is_active'),
    { name: 'currency', label: t.currency, kind: 'choice', required: true, options: currencies },
    priceField(t, currency),
    { name: 'sku', label: t.sku, kind: 'text', maxLength: 255 },
    unitsField('stock', t.stock),
    { name: 'is_active', label: t.isActive, kind: 'check', wide: true },
  ];
}

function contentOf(values: Values): NewProduct {
  const { price_amount, sku, stock, ...own } = values;
  const variant = { price_amount: Number(price_amount), sku, stock: stock ?? 0 };
  return { ...changeOf(own), variants: [variant] } as unknown as NewProduct;
}
