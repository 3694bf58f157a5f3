import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { Api } from './api.ts';

export const PASSWORD = 'violet-harbour-lantern-91';

/** An address that no other test writes to. */
export function newEmail(): string {
  return `${randomUUID().slice(0, 12)}@example.com`;
}

/** A new account, made by the form that people use; signed in afterwards. Gives its address. */
export async function register(page: Page, name = 'Grace Hopper'): Promise<string> {
  const email = newEmail();
  await page.goto('/en/register');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('button', { name: 'Your account' })).toBeVisible();
  return email;
}

export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

/** The newest letter to an address whose text has a link of this kind; gives the link's address on this site. */
export async function linkInLetter(api: Api, email: string, path: string): Promise<string> {
  let link: string | undefined;
  await expect(async () => {
    const letters: { to: string[]; text: string }[] = await api.local('/mail');
    const texts = letters.filter(({ to }) => to.includes(email)).map(({ text }) => text);
    link = texts.map((text) => new RegExp(`https?://[^/\\s]+(\\S*${path}\\S*)`).exec(text)?.[1]).find(Boolean);
    expect(link, `a letter to ${email} with a link to ${path}`).toBeTruthy();
  }).toPass({ timeout: 20_000 });
  return link as string;
}

/** Signs in without the form: for tests that are about something else. */
export async function enter(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/theme.js'); // something of this site that is quick
  const status = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/api/v1/auth/login', { method: 'POST', headers, body: JSON.stringify(body) });
      return answer.status;
    },
    { email, password, mode: 'cookie' },
  );
  expect(status).toBe(200);
}

/** A new account, made without the form. */
export async function newAccount(api: Api): Promise<{ email: string; password: string }> {
  const account = { email: newEmail(), password: PASSWORD };
  await api.another().call('POST', '/auth/register', { body: { ...account, full_name: 'Grace Hopper' } });
  return account;
}

/** The same, with an address that was proven by the link in its letter: who may be given a role, or write in public. */
export async function verifiedAccount(api: Api): Promise<{ email: string; password: string }> {
  const account = await newAccount(api);
  const link = await linkInLetter(api, account.email, '/verify-email');
  const token = new URL(link, 'http://shop.example').searchParams.get('token');
  // Signed in: a link that is opened by somebody else asks for a new password.
  const person = await api.another().signIn(account.email, account.password);
  await person.call('POST', '/auth/email/verify', { body: { token } });
  return account;
}

/** Somebody new whom an administrator gave these roles. */
export async function newStaff(
  admin: Api,
  roles: readonly string[],
): Promise<{ id: string; email: string; password: string }> {
  const account = await verifiedAccount(admin);
  const { items } = await admin.call('GET', `/admin/users?email=${encodeURIComponent(account.email)}`);
  const { id, version } = await admin.call('GET', `/admin/users/${items[0].id}`);
  const body = { roles, version, reason: 'Works here now.' };
  if (roles.length > 0) await admin.call('PATCH', `/admin/users/${id}`, { body });
  return { ...account, id };
}
