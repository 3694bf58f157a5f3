import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseVariantsSearch } from '../../catalog/editor/search.ts';
import { parseFileSearch } from '../../catalog/files/search.ts';
import { parseProductsSearch } from '../../catalog/products/search.ts';
import { parseInventorySearch } from '../../catalog/search.ts';
import { guarded, only, root } from './root.tsx';

const products = createRoute({
  getParentRoute: () => root,
  path: '/products',
  validateSearch: only(parseProductsSearch),
  component: guarded(
    'catalog:read_all',
    lazyRouteComponent(() => import('../../catalog/products/ProductsPage.tsx'), 'ProductsPage'),
  ),
});

const newProduct = createRoute({
  getParentRoute: () => root,
  path: '/products/new',
  component: guarded(
    'catalog:write',
    lazyRouteComponent(() => import('../../catalog/editor/NewProductPage.tsx'), 'NewProductPage'),
  ),
});

const importProducts = createRoute({
  getParentRoute: () => root,
  path: '/products/import',
  validateSearch: only(parseFileSearch),
  component: guarded(
    'catalog:write',
    lazyRouteComponent(() => import('../../catalog/files/ImportPage.tsx'), 'ImportPage'),
  ),
});

const exportProducts = createRoute({
  getParentRoute: () => root,
  path: '/products/export',
  validateSearch: only(parseFileSearch),
  component: guarded(
    'catalog:read_all',
    lazyRouteComponent(() => import('../../catalog/files/ExportPage.tsx'), 'ExportPage'),
  ),
});

const product = createRoute({
  getParentRoute: () => root,
  path: '/products/$id',
  validateSearch: only(parseVariantsSearch),
  component: guarded(
    'catalog:read_all',
    lazyRouteComponent(() => import('../../catalog/editor/ProductPage.tsx'), 'ProductPage'),
  ),
});

const inventory = createRoute({
  getParentRoute: () => root,
  path: '/inventory',
  validateSearch: only(parseInventorySearch),
  component: guarded(
    'catalog:read_all',
    lazyRouteComponent(() => import('../../catalog/pages/InventoryPage.tsx'), 'InventoryPage'),
  ),
});

const variantStock = createRoute({
  getParentRoute: () => root,
  path: '/inventory/$id',
  component: guarded(
    'catalog:read_all',
    lazyRouteComponent(() => import('../../catalog/stock/VariantStockPage.tsx'), 'VariantStockPage'),
  ),
});

const categories = createRoute({
  getParentRoute: () => root,
  path: '/categories',
  component: guarded(
    'catalog:read_all',
    lazyRouteComponent(() => import('../../catalog/categories/CategoriesPage.tsx'), 'CategoriesPage'),
  ),
});

export const catalogRoutes = [
  products,
  newProduct,
  importProducts,
  exportProducts,
  product,
  categories,
  inventory,
  variantStock,
] as const;
