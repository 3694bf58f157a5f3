export type Density = 'roomy' | 'dense';

const NAME = 'admin.density';

export function chosenDensity(): Density {
  try {
    return localStorage.getItem(NAME) === 'dense' ? 'dense' : 'roomy';
  } catch {
    return 'roomy';
  }
}

/** `data-density` of the document decides how high rows are. */
export function chooseDensity(density: Density): void {
  document.documentElement.dataset.density = density;
  try {
    localStorage.setItem(NAME, density);
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
}
