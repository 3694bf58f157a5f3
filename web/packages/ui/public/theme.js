// Loaded in <head> before anything is painted: a theme and colours that were chosen are there from the first frame.
(() => {
  let theme;
  let market;
  try {
    theme = localStorage.getItem('theme');
    market = localStorage.getItem('market');
  } catch {
    // Storage can be forbidden; then the system's theme is shown, and the usual colours.
  }
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  if (market === 'red-up' || market === 'green-up') document.documentElement.dataset.market = market;
})();
