import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Shell } from './Shell.tsx';

test.each<[Locale, string]>([
  ['zh-CN', '创作室'],
  ['en', 'Studio'],
])('in %s it is called %s', async (locale, name) => {
  const { container } = render(
    <LocaleProvider locale={locale}>
      <Shell />
    </LocaleProvider>,
  );
  expect(screen.getByRole('heading', { name })).toBeTruthy();
  expect(document.title).toBe(name);
  await expectAccessible(container);
});
