import { LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode, useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EditForm } from './EditForm.tsx';
import { NoticeProvider } from './Notices.tsx';

const ask = vi.fn();
beforeEach(() => vi.stubGlobal('confirm', ask));
afterEach(() => {
  vi.unstubAllGlobals();
  ask.mockReset();
});

function Form({ onClose }: { onClose?: () => void }) {
  return (
    <EditForm
      label="Coupon"
      fields={[{ name: 'code', label: 'Code', kind: 'text', required: true }]}
      initial={{ code: 'OLD' }}
      send={async () => ({})}
      onSaved={() => onClose?.()}
      {...(onClose ? { onCancel: onClose } : {})}
    />
  );
}

function InDialog() {
  const [isOpen, setOpen] = useState(true);
  return isOpen ? (
    <Dialog title="Edit" onClose={() => setOpen(false)}>
      <Form onClose={() => setOpen(false)} />
    </Dialog>
  ) : (
    <p>Closed</p>
  );
}

async function open(path: '/page' | '/dialog') {
  const root = createRootRoute({ component: Outlet });
  const of = (one: string, component: () => ReactNode) =>
    createRoute({ getParentRoute: () => root, path: one, component });
  const page = () => (
    <>
      <Form />
      <Link to="/elsewhere">Elsewhere</Link>
    </>
  );
  const routeTree = root.addChildren([of('/page', page), of('/dialog', InDialog), of('/elsewhere', () => 'Arrived')]);
  const router = createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [path] }) });
  render(
    <LocaleProvider locale="en">
      <QueryClientProvider client={new QueryClient()}>
        <SiteProvider site={{ name: 'Shop', email: 'shop@example.com', origin: 'https://shop.example' }}>
          <NoticeProvider>
            <RouterProvider router={router as never} />
          </NoticeProvider>
        </SiteProvider>
      </QueryClientProvider>
    </LocaleProvider>,
  );
  return screen.findByRole<HTMLInputElement>('textbox', { name: 'Code' });
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

test('who goes elsewhere with something unsaved is asked, and stays with it or leaves', async () => {
  const field = await open('/page');
  await userEvent.type(field, '!');
  ask.mockReturnValueOnce(false);
  await userEvent.click(screen.getByRole('link', { name: 'Elsewhere' }));
  await waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
  expect(field.value).toBe('OLD!');
  ask.mockReturnValueOnce(true);
  await userEvent.click(screen.getByRole('link', { name: 'Elsewhere' }));
  expect(await screen.findByText('Arrived')).toBeTruthy();
});

test('who changed nothing is not asked', async () => {
  await open('/page');
  await userEvent.click(screen.getByRole('link', { name: 'Elsewhere' }));
  expect(await screen.findByText('Arrived')).toBeTruthy();
  expect(ask).not.toHaveBeenCalled();
});

test.each([
  ['the cross', () => press('Close')],
  ['Cancel', () => press('Cancel')],
  ['Escape', () => fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }))],
])('a dialog with something unsaved is closed by %s after it was asked for', async (_, close) => {
  const field = await open('/dialog');
  await userEvent.type(field, '!');
  ask.mockReturnValueOnce(false);
  await close();
  expect(screen.getByRole('dialog')).toBeTruthy();
  expect(field.value).toBe('OLD!');
  ask.mockReturnValueOnce(true);
  await close();
  expect(await screen.findByText('Closed')).toBeTruthy();
  expect(ask).toHaveBeenCalledTimes(2);
});

test('a dialog that saved closes without asking', async () => {
  await userEvent.type(await open('/dialog'), '!');
  await press('Save');
  expect(await screen.findByText('Closed')).toBeTruthy();
  expect(ask).not.toHaveBeenCalled();
});
