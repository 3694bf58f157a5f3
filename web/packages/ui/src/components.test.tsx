import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { Button } from './Button.tsx';
import { Day } from './Day.tsx';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { Money } from './Money.tsx';
import { MarketField } from './market/MarketField.tsx';
import { chosenMarket } from './market/market.ts';
import { onEnter } from './onEnter.ts';
import { Picture } from './Picture.tsx';
import { Skeleton } from './Skeleton.tsx';
import { Stars } from './Stars.tsx';
import { TextField } from './TextField.tsx';
import { chooseTheme, chosenTheme } from './theme.ts';

const show = (children: ReactNode) => render(<LocaleProvider locale="en">{children}</LocaleProvider>);

test('a busy button keeps its place and does nothing', async () => {
  const press = vi.fn();
  show(
    <Button busy onClick={press}>
      Save
    </Button>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(press).not.toHaveBeenCalled();
  expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true');
});

test('a picture offers its smaller versions, the best format first', () => {
  const variants = [
    { url: '/a.webp', content_type: 'image/webp', width: 480, height: 480 },
    { url: '/a.avif', content_type: 'image/avif', width: 480, height: 480 },
    { url: '/b.avif', content_type: 'image/avif', width: 960, height: 960 },
  ];
  const { container } = show(<Picture picture={{ url: '/a.png', variants }} alt="A pot" sizes="50vw" first />);
  const [first] = container.querySelectorAll('source');
  expect(first?.getAttribute('srcset')).toBe('/a.avif 480w, /b.avif 960w');
  expect(screen.getByRole('img', { name: 'A pot' }).getAttribute('loading')).toBe('eager');
});

test('a box stays where there is no picture', () => {
  const { container } = show(<Picture picture={null} alt="" sizes="50vw" />);
  expect(container.querySelector('img')).toBeNull();
  expect(container.firstElementChild?.getAttribute('style')).toContain('aspect-ratio');
});

test('stars are said in words', () => {
  show(<Stars value={3.6} />);
  expect(screen.getByRole('img', { name: '3.6 out of 5 stars' })).toBeTruthy();
});

test('a field says its problem along with itself', async () => {
  const { container } = show(
    <TextField label="Email" name="email" hint="We write seldom" problem="Please fill this in." />,
  );
  const field = screen.getByRole('textbox', { name: 'Email' });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  const described = field
    .getAttribute('aria-describedby')
    ?.split(' ')
    .map((id) => document.getElementById(id)?.textContent);
  expect(described).toEqual(['Please fill this in.', 'We write seldom']);
  await expectAccessible(container);
});

test('an error can be tried again, and shows its id', async () => {
  const retry = vi.fn();
  const { container } = show(<ErrorState correlationId="c-1" isOffline={false} onRetry={retry} />);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledOnce();
  expect(screen.getByText('c-1')).toBeTruthy();
  await expectAccessible(container);
});

test('without a network the words are others', () => {
  show(<ErrorState correlationId={null} isOffline onRetry={() => undefined} />);
  expect(screen.getByText('No connection')).toBeTruthy();
});

test('an empty place says what to do next', async () => {
  const { container } = show(
    <EmptyState title="Nothing yet" body="Put something in.">
      <a href="/search">Look around</a>
    </EmptyState>,
  );
  expect(screen.getByRole('link', { name: 'Look around' })).toBeTruthy();
  await expectAccessible(container);
});

test('money and days are marked up', () => {
  const { container } = show(
    <>
      <Money amount={1250} currency="USD" />
      <Day instant="2026-11-29T12:00:00Z" />
      <Skeleton className="h-4" />
    </>,
  );
  expect(screen.getByText('$12.50')).toBeTruthy();
  expect(container.querySelector('time')?.dateTime).toBe('2026-11-29T12:00:00Z');
});

test('Enter that ends composing is not Enter', () => {
  const act = vi.fn();
  show(<input aria-label="Words" onKeyDown={onEnter(act)} />);
  const field = screen.getByRole('textbox');
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
  fireEvent.keyDown(field, { key: 'a' });
  expect(act).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(act).toHaveBeenCalledOnce();
});

test('a chosen theme is kept, and the system is the way back', () => {
  chooseTheme('dark');
  expect(chosenTheme()).toBe('dark');
  expect(localStorage.getItem('theme')).toBe('dark');
  chooseTheme('system');
  expect(chosenTheme()).toBe('system');
  expect(localStorage.getItem('theme')).toBeNull();
});

test('colours of rises and falls are chosen, kept, and there before the first paint', async () => {
  const script = readFileSync(resolve(import.meta.dirname, '../public/theme.js'), 'utf8');
  show(<MarketField />);
  const field = screen.getByLabelText<HTMLSelectElement>('Colours of rises and falls');
  expect(field.value).toBe('usual');
  fireEvent.change(field, { target: { value: 'red-up' } });
  expect(chosenMarket()).toBe('red-up');
  delete document.documentElement.dataset.market;
  new Function(script)();
  expect(document.documentElement.dataset.market).toBe('red-up');
  await expectAccessible();
  fireEvent.change(field, { target: { value: 'usual' } });
  expect(localStorage.getItem('market')).toBeNull();
  new Function(script)();
  expect(document.documentElement.dataset.market).toBeUndefined();
});
