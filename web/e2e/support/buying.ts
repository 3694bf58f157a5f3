import { expect, type Page } from '@playwright/test';
import { alive } from './pages.ts';

type Way = 'Visa pays' | 'declined' | '3-D Secure' | 'Alipay' | 'WeChat Pay';

const WAYS: Record<Way, RegExp> = {
  'Visa pays': /Visa.*pays/,
  declined: /Visa.*\bdeclined$/,
  '3-D Secure': /the bank asks first/,
  Alipay: /Alipay/,
  'WeChat Pay': /WeChat Pay/,
};

export async function addToCart(page: Page, slug: string): Promise<void> {
  await page.goto(`/en/p/${slug}`);
  await alive(page);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('It is in your cart.')).toBeVisible();
}

/** Everything up to the payment: a guest's address of mail, and an address in Germany. */
export async function fillInDetails(page: Page, email?: string): Promise<void> {
  await page.goto('/en/checkout');
  const form = page.getByRole('main');
  if (email) await form.getByLabel('Email').fill(email);
  await form.getByLabel('Country or region').selectOption('DE');
  await form.getByLabel('Full name').fill('Grace Hopper');
  await form.getByLabel('Street and number').fill('Invalidenstraße 44');
  await form.getByLabel('Postal code').fill('10115');
  await form.getByLabel('Town or city').fill('Berlin');
}

export async function goOnToPayment(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await expect(page.getByRole('group', { name: 'Simulated payment: no money' })).toBeVisible({ timeout: 20_000 });
}

export async function choose(page: Page, way: Way): Promise<void> {
  await page.getByRole('radio', { name: WAYS[way] }).check();
}

export const payButton = (page: Page) => page.getByRole('button', { name: /^Order and pay/ });

/** The page of the order that was bought; gives its number. */
export async function orderShown(page: Page): Promise<string> {
  const heading = page.getByRole('heading', { level: 1, name: /Order \S+/ });
  await expect(heading).toBeVisible({ timeout: 30_000 });
  return ((await heading.textContent()) ?? '').replace(/^.*Order\s+/, '').trim();
}
