/** Which colour a rise has: that which is usual where a page's language is spoken, or one that was chosen. */
export const MARKETS = ['usual', 'red-up', 'green-up'] as const;
export type Market = (typeof MARKETS)[number];

/** The colours that were chosen; `theme.js` reads the same entry before the first paint. */
export function chosenMarket(): Market {
  return MARKETS.find((one) => one === document.documentElement.dataset.market) ?? 'usual';
}

export function chooseMarket(market: Market): void {
  if (market === 'usual') delete document.documentElement.dataset.market;
  else document.documentElement.dataset.market = market;
  try {
    if (market === 'usual') localStorage.removeItem('market');
    else localStorage.setItem('market', market);
  } catch {
    // Storage can be forbidden; the colours then last as long as the page.
  }
}
