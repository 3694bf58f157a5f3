import type { AnyRoute } from '@tanstack/react-router';
import { expect, test } from 'vitest';
import { PAGES } from '../../../../e2e/accessibility/pages.ts';
import { createQueryClient } from './queryClient.ts';
import { createAppRouter } from './router.ts';
import { routeTree } from './routes.ts';

test('browsers walk every page', () => {
  const context = { api: {} as never, queryClient: createQueryClient(), locale: 'en' } as const;
  const router = createAppRouter({ routeTree, basepath: '/', context });
  const pages = (Object.values(router.routesById) as AnyRoute[]).filter(
    ({ children, id }) => !children && id !== '__root__',
  );
  const paths = pages.map(({ fullPath }) => fullPath.replace(/(?<=.)\/$/, ''));
  expect(PAGES.map(({ route }) => route).sort()).toEqual(paths.sort());
});
