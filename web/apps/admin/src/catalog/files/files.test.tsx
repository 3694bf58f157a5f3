import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';
import { parseFileSearch } from './search.ts';

const STAFF = { permissions: ['catalog:read_all', 'catalog:write'] };
const SITE = { 'GET /site': { currency: 'USD', currencies: [{ code: 'USD' }, { code: 'CNY' }] } };
const REPORT = {
  id: 'i-1',
  status: 'completed',
  currency: 'CNY',
  rows: 5002,
  rows_created: 1,
  rows_updated: 1,
  rows_unchanged: 0,
  rows_partial: 0,
  rows_refused: 5000,
  products_created: 1,
  products_updated: 1,
  products_unchanged: 0,
  error_count: 5000,
  errors: Array.from({ length: 5000 }, (_, index) => ({ row: index + 2, column: 'Variant Price', message: 'missing' })),
  notes: ['The column “MPN” is not used'],
  pictures: 2,
  pictures_ready: 1,
  pictures_failed: 1,
  report_url: 'https://storage.example/report.csv',
};

class Upload {
  static status = 204;
  upload: { onprogress?: (event: object) => void } = {};
  status = Upload.status;
  onload?: () => void;
  open() {}
  send() {
    this.upload.onprogress?.({ loaded: 3, total: 4 });
    setTimeout(() => this.onload?.(), 30);
  }
}

beforeEach(() => {
  Upload.status = 204;
  vi.stubGlobal('XMLHttpRequest', Upload);
});

const csv = (name = 'products.csv', content = 'Handle,Title') => new File([content], name, { type: 'text/csv' });

test('a file goes up with its progress, and 5,000 refused rows can be read', async () => {
  let looks = 0;
  const { asked, history } = await openAdmin(
    '/admin/products/import',
    {
      ...SITE,
      'POST /admin/products/imports': {
        product_import: { id: 'i-1' },
        upload: { url: 'https://storage.example/', fields: { key: 'k' } },
      },
      'GET /admin/products/imports/i-1': () => {
        looks += 1;
        return looks === 1 ? { ...REPORT, status: 'running', rows_refused: 40, errors: [], notes: [] } : REPORT;
      },
    },
    STAFF,
  );
  const field = await screen.findByLabelText('File', { selector: 'input' });
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  expect(screen.getByText('Please choose a file.')).toBeTruthy();
  await userEvent.upload(field, csv('products.xlsx'), { applyAccept: false });
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  expect(screen.getByText('Please choose a CSV file.')).toBeTruthy();
  await expectAccessible();
  await userEvent.upload(field, csv());
  await userEvent.selectOptions(screen.getByLabelText('Currency of its prices'), 'CNY');
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  expect(await screen.findByText('Uploading, 75%')).toBeTruthy();
  expect(await screen.findByText('Being imported')).toBeTruthy();
  expect(asked('POST /admin/products/imports')[0]?.body).toEqual({ size: 12, currency: 'CNY' });
  expect(history.location.search).toBe('?id=i-1');
  expect(await screen.findByText('Completed', {}, { timeout: 5000 })).toBeTruthy();
  const errors = within(screen.getByRole('region', { name: 'What was not imported' }));
  expect(errors.getByText(/^5,?000 rows$/)).toBeTruthy();
  expect(errors.getAllByRole('row').length).toBeLessThan(200);
  expect(screen.getByRole('link', { name: 'Download the whole report (CSV)' }).getAttribute('href')).toContain(
    'report.csv',
  );
  expect(screen.getByText('1 of 2 fetched, 1 failed')).toBeTruthy();
  await expectAccessible();
});

test('what the storage refuses is said, and an import without errors says so', async () => {
  Upload.status = 403;
  await openAdmin(
    '/admin/products/import',
    {
      ...SITE,
      'POST /admin/products/imports': {
        product_import: { id: 'i-1' },
        upload: { url: 'https://storage.example/', fields: {} },
      },
    },
    STAFF,
  );
  await userEvent.upload(await screen.findByLabelText('File', { selector: 'input' }), csv());
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  expect(await screen.findByText('The storage did not take the file.')).toBeTruthy();
});

test('an import that is looked at again is found by its address', async () => {
  await openAdmin(
    '/admin/products/import?id=i-1',
    { ...SITE, 'GET /admin/products/imports/i-1': { ...REPORT, errors: [], pictures: 0, report_url: null, notes: [] } },
    STAFF,
  );
  expect(await screen.findByText('Everything was imported.')).toBeTruthy();
  expect(screen.queryByText('Notes')).toBeNull();
  await userEvent.click(screen.getByRole('link', { name: 'Import another file' }));
  expect(await screen.findByLabelText('File', { selector: 'input' })).toBeTruthy();
});

test('an export is asked for, and its files are there once they are written', async () => {
  let looks = 0;
  const { asked } = await openAdmin(
    '/admin/products/export',
    {
      ...SITE,
      'POST /admin/products/exports': ({ query }) =>
        query.get('currency') === 'CNY' ? problem(403, 'permission_denied') : { id: 'e-1' },
      'GET /admin/products/exports/e-1': () => {
        looks += 1;
        const files = [{ url: 'https://storage.example/1.csv', bytes: 4_200_000, products: 12 }];
        return looks === 1
          ? { id: 'e-1', status: 'running', products: 0, files: [] }
          : { id: 'e-1', status: 'completed', products: 12, files };
      },
    },
    { permissions: ['catalog:read_all'] },
  );
  await userEvent.selectOptions(await screen.findByLabelText('Currency of its prices'), 'CNY');
  await userEvent.click(screen.getByRole('button', { name: 'Export' }));
  expect(await screen.findByText('You may not do this any more.')).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText('Currency of its prices'), 'USD');
  await userEvent.click(screen.getByRole('button', { name: 'Export' }));
  expect(await screen.findByText('The files are being written')).toBeTruthy();
  const file = await screen.findByRole('link', { name: 'File 1: 12 products, 4,200 kB' }, { timeout: 5000 });
  expect(file.getAttribute('href')).toBe('https://storage.example/1.csv');
  await expectAccessible();
  await waitFor(() => expect(asked('POST /admin/products/exports')).toHaveLength(2));
});

test('an address names an import by its id, and nothing else', () => {
  expect([parseFileSearch({ id: 'a/b' }), parseFileSearch({ id: 7 }), parseFileSearch({ id: 'i-1' })]).toEqual([
    {},
    {},
    { id: 'i-1' },
  ]);
});
