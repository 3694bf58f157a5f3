import { expect, type Page } from '@playwright/test';

/** Until a page shows what it is about. */
export async function arrive(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await expect(page.locator('[aria-busy=true], .animate-pulse')).toHaveCount(0);
}

/** Until React has taken the page over: before, what it does itself is not done yet. */
export async function alive(page: Page): Promise<void> {
  await expect(page.getByRole('combobox', { name: /^(外观|Appearance)$/ })).toBeEnabled();
}

/** On the way from one theme to the other, a colour is neither's. */
export async function endTransitions(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve)); // until then, they have not begun
    for (const animation of document.getAnimations()) {
      if (animation instanceof CSSTransition) animation.finish();
    }
  });
}

/** What makes the page wider than the window. */
export const beyondTheEdge = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right + scrollX > clientWidth + 0.5,
    );
    return [`${scrollWidth} of ${clientWidth} px`, ...wide.slice(-5).map(({ outerHTML }) => outerHTML.slice(0, 160))];
  });
