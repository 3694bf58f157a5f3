import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { langOf } from './content.ts';
import { formatDay } from './dates.ts';
import { basePath, LocaleProvider, localeOf, pathIn, useTexts } from './locale.tsx';
import { formatMoney, minorDigits } from './money.ts';
import { plural } from './plural.ts';

test('the language of a page is in its path', () => {
  expect(localeOf('/en')).toBe('en');
  expect(localeOf('/en/p/pot')).toBe('en');
  expect(localeOf('/english-tea')).toBe('zh-CN');
  expect(localeOf('/')).toBe('zh-CN');
});

test.each([
  ['en', '/', '/en/'],
  ['en', '/p/pot', '/en/p/pot'],
  ['zh-CN', '/en/p/pot', '/p/pot'],
  ['zh-CN', '/en', '/'],
  ['en', '/en/', '/en/'],
] as const)('in %s the page of %s is %s', (locale, path, expected) => {
  expect(pathIn(locale, path)).toBe(expected);
});

test('the base path of a router has no slash at its end', () => {
  expect(basePath('en')).toBe('/en');
  expect(basePath('zh-CN')).toBe('/');
});

test('money is written from minor units, also where a currency has none', () => {
  expect(formatMoney(123456, 'USD', 'en')).toBe('$1,234.56');
  expect(formatMoney(24000, 'JPY', 'en')).toBe('¥24,000');
  expect(minorDigits('JPY')).toBe(0);
});

test('two currencies with one sign are told apart', () => {
  expect(formatMoney(26800, 'CNY', 'en')).toBe('CN¥268.00');
  expect(formatMoney(24000, 'JPY', 'zh-CN')).toBe('JP¥24,000');
});

test('a day is in UTC unless a zone is named', () => {
  const late = '2026-11-29T23:30:00Z';
  expect(formatDay(late, 'en')).toBe('November 29, 2026');
  expect(formatDay(late, 'en', 'Asia/Shanghai')).toBe('November 30, 2026');
});

test('a text in another script than the page says its language', () => {
  expect(langOf('青瓷盖碗', 'en')).toBe('zh-CN');
  expect(langOf('とても美しい', 'en')).toBe('ja');
  expect(langOf('가위', 'zh-CN')).toBe('ko');
  expect(langOf('Clay pot', 'zh-CN')).toBe('en');
  expect(langOf('Clay pot', 'en')).toBeUndefined();
});

test('English has one and many', () => {
  expect(plural(1, 'piece', 'pieces')).toBe('1 piece');
  expect(plural(1200, 'piece', 'pieces')).toBe('1,200 pieces');
});

test('texts follow the language around them', () => {
  const texts = { 'zh-CN': { hello: '你好' }, en: { hello: 'Hello' } };
  const Hello = () => <p>{useTexts(texts).hello}</p>;
  render(
    <LocaleProvider locale="en">
      <Hello />
    </LocaleProvider>,
  );
  expect(screen.getByText('Hello')).toBeTruthy();
});
