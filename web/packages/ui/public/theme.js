// Loaded in <head> before anything is painted: a theme that was chosen is there from the first frame.
(() => {
  let theme;
  try {
    theme = localStorage.getItem('theme');
  } catch {
    // Storage can be forbidden; then the system's theme is shown.
  }
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
})();
