const LINKS = 'a[href]';

interface Place {
  href: string;
  /** Which of the links to there it is: a card has two. */
  index: number;
}

const linksTo = (href: string) =>
  [...document.querySelectorAll<HTMLElement>(LINKS)].filter((link) => link.getAttribute('href') === href);

/** The links by which pages were left, by what the history calls these pages: who goes back is where they were. */
export class FocusPlaces {
  readonly #places = new Map<string, Place>();

  leave(page: string): void {
    const link = document.activeElement?.closest<HTMLElement>(LINKS);
    const href = link?.getAttribute('href');
    if (link && href) this.#places.set(page, { href, index: linksTo(href).indexOf(link) });
  }

  /** Puts the focus on that link; where there is none any more, on the heading, as on a page that is new. */
  arrive(page: string): void {
    const place = this.#places.get(page);
    const link = place && linksTo(place.href)[place.index];
    link?.focus({ preventScroll: true });
    if (link && document.activeElement === link) return;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }
}
