import { useApi } from '@sharestack/api/context.tsx';
import { siteQuery } from '@sharestack/api/site.ts';
import { categoryOptions } from '@sharestack/console/categoryOptions.ts';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { DeleteProduct } from './DeleteProduct.tsx';
import { OptionsCard } from './OptionsCard.tsx';
import { PicturesCard } from './PicturesCard.tsx';
import { ProductForm } from './ProductForm.tsx';
import { detailFields, seoFields } from './productFields.ts';
import { categoriesQuery, type Product, productQuery } from './queries.ts';
import { texts } from './texts.ts';
import { VariantsCard } from './VariantsCard.tsx';

/** One product, in parts that are saved by themselves. */
export function ProductPage() {
  const { id } = useParams({ from: '/products/$id' });
  const api = useApi();
  return (
    <Loaded query={useQuery(productQuery(api, id))} size="h-96">
      {(product) => <Editor key={product.id} product={product} />}
    </Loaded>
  );
}

function Editor({ product }: { product: Product }) {
  const t = useTexts(texts);
  const api = useApi();
  const mayWrite = usePermissions().includes('catalog:write');
  const { data: site } = useQuery(siteQuery(api));
  const categories = useQuery(categoriesQuery(api));
  const details = useMemo(() => detailFields(t, categoryOptions(categories.data?.items ?? [])), [t, categories.data]);
  const seo = useMemo(() => seoFields(t), [t]);
  return (
    <div className="space-y-5">
      <RoomHead
        title={product.name}
        back={{ to: '/products', label: t.products }}
        lead={<Mark tone={product.is_active ? 'good' : 'plain'}>{product.is_active ? t.onSale : t.notOnSale}</Mark>}
      >
        {product.is_active && (
          <a href={`/p/${product.slug}`} className={buttonClass('secondary', 'sm:min-h-10 sm:text-sm')}>
            {t.seeInShop}
          </a>
        )}
        {mayWrite && <DeleteProduct product={product} />}
      </RoomHead>
      {/* Its choices are part of the form: it waits for them, so that nothing is chosen anew by a render. */}
      <fieldset disabled={!mayWrite} className="space-y-5">
        <legend className="sr-only">{product.name}</legend>
        <Loaded query={categories}>{() => <ProductForm title={t.details} product={product} fields={details} />}</Loaded>
        <PicturesCard product={product} />
      </fieldset>
      <VariantsCard product={product} mayWrite={mayWrite} />
      <fieldset disabled={!mayWrite} className="space-y-5">
        <legend className="sr-only">{product.name}</legend>
        {site && <OptionsCard product={product} currencies={site.currencies.map(({ code }) => code)} />}
        <ProductForm title={t.seo} product={product} fields={seo} />
      </fieldset>
    </div>
  );
}
