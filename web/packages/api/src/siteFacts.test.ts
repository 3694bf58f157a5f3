import { stubApi } from '@sharestack/testing/api.ts';
import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { createApi } from './client.ts';
import { siteFactsQuery } from './siteFacts.ts';

test('of the shop, pages ask for what each of them says', async () => {
  const calls = stubApi({ 'GET /site': { name: 'Kontor' } });
  await expect(new QueryClient().fetchQuery(siteFactsQuery(createApi()))).resolves.toEqual({ name: 'Kontor' });
  expect(calls[0]?.query.get('fields')).toBe('name,email,phone,address,logo,time_zone');
});
