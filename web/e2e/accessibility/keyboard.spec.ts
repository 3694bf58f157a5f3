import type { Page } from '@playwright/test';
import { newProduct } from '../support/goods.ts';
import { alive } from '../support/pages.ts';
import { enter } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

/** What has the focus: its name, and whether anybody can see that it has it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const marked = [element, element.closest('label'), element.parentElement].some((place) => {
      if (!place) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(place);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    });
    const { top, bottom } = element.getBoundingClientRect();
    return {
      name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '',
      kind: element.tagName,
      isVisible: marked && bottom > 0 && top < innerHeight,
    };
  });

async function tabTo(page: Page, name: string | RegExp, presses = 80): Promise<void> {
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (typeof name === 'string' ? now.name === name : name.test(now.name)) return;
  }
  throw new Error(`${presses} presses of Tab did not reach ${name}`);
}

test('Tab goes through the whole page, to its end, and shows where it is', async ({ page }) => {
  await page.goto('/en');
  await alive(page);
  const hidden: string[] = [];
  for (let press = 0; press < 120; press++) {
    await page.keyboard.press('Tab');
    const { name, kind, isVisible } = await focused(page);
    if (kind === 'BODY') return expect(hidden).toEqual([]);
    if (!isVisible) hidden.push(`${kind} ${name}`);
  }
  throw new Error('the end of the page was not reached');
});

test('a variant is chosen, put into the cart and counted up by keys', async ({ page, admin }) => {
  const variants = ['Small', 'Large'].map((size) => ({ option_values: [size], price_amount: 1000, stock: 5 }));
  const product = await newProduct(admin, { option_names: ['Size'], variants });
  await page.goto(`/en/p/${product.slug}`);
  await alive(page);
  await page.getByRole('radio', { name: 'Small' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Large' })).toBeFocused();
  await expect(page.getByRole('radio', { name: 'Large' })).toBeChecked();
  await tabTo(page, 'One more');
  await page.keyboard.press('Space');
  await tabTo(page, 'Add to cart');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'It is in your cart.' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeFocused();
  await tabTo(page, 'Go to the cart');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Cart' })).toBeFocused();
  await tabTo(page, 'One more');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: `Quantity of ${product.name}` })).toHaveValue('3');
});

test('suggestions are chosen with arrows, and Escape closes them and keeps the words', async ({ page, api }) => {
  const { items } = await api.call('GET', '/products?sort=popular&limit=1');
  await page.goto('/en');
  await alive(page);
  const field = page.getByRole('combobox', { name: 'Search products' });
  await field.focus();
  await page.keyboard.type(items[0].name.slice(0, 6));
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(0);
  await expect(field).toHaveValue(items[0].name.slice(0, 6));
  await page.keyboard.type(items[0].name.slice(6));
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('Escape closes what was opened, and the focus is back where it came from', async ({ page }) => {
  await enter(page, ready().admin.customer);
  await page.goto('/en');
  const account = page.getByRole('button', { name: 'Your account' });
  await account.focus();
  await page.keyboard.press('Enter');
  const signOut = page.getByRole('button', { name: 'Sign out' });
  await expect(signOut).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(signOut).toBeHidden();
  await expect(account).toBeFocused();
});

test('a form that is not filled in puts the focus on its first field in need', async ({ page }) => {
  await page.goto('/en/register');
  await page.getByRole('button', { name: 'Register' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name')).toBeFocused();
  await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
});
