import { signIn } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

for (const application of ['/admin/', '/studio/']) {
  test(`${application} shows a customer nothing, and asks the API for nothing of staff's`, async ({ page }) => {
    const calls: string[] = [];
    page.on('request', (request) => calls.push(new URL(request.url()).pathname));
    await page.goto(application);
    await page.goto('/en/sign-in');
    await signIn(page, ready().admin.customer);
    await expect(page.getByRole('button', { name: 'Your account' })).toBeVisible();
    await page.goto(application);
    if (application === '/admin/')
      await expect(page.getByRole('heading', { name: /只对员工开放|staff only/ })).toBeVisible();
    await expect(page.getByRole('navigation')).toHaveCount(0);
    expect(calls.filter((path) => path.startsWith('/api/v1/admin'))).toEqual([]);
  });
}

test('staff see the overview', async ({ page }) => {
  await page.goto('/admin/');
  const { email, password } = ready().admin;
  await page.getByRole('textbox', { name: /Email|邮箱/ }).fill(email);
  await page.getByLabel(/^(Password|密码)$/).fill(password);
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
