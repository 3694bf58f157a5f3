/** Where what had the focus is gone from a page, who works with keys begins at its heading. */
export const focusHeading = () => document.querySelector<HTMLElement>('main h1')?.focus();
