import type { Address } from '../addressFields.ts';

/** What somebody has typed on the checkout page, kept for this tab until the order is shown. */
export interface Draft {
  email: string;
  shipping: Partial<Address>;
  billing: Partial<Address>;
  isBilledElsewhere: boolean;
  rateId: string | null;
  /** One of the address book; `new` where it is typed, null where nothing was chosen. */
  savedAddressId: string | null;
  isToBeSaved: boolean;
  /** Typed by somebody who was signed in: not shown to a guest who comes after them. */
  isOwn: boolean;
}

export const EMPTY_DRAFT: Draft = {
  email: '',
  shipping: {},
  billing: {},
  isBilledElsewhere: false,
  rateId: null,
  savedAddressId: null,
  isToBeSaved: false,
  isOwn: false,
};

const KEY = 'checkout-draft';
/** Where storage is forbidden: as long as the page. */
let kept: Draft | null = null;

export function readDraft(): Draft {
  try {
    const text = sessionStorage.getItem(KEY);
    return text ? { ...EMPTY_DRAFT, ...(JSON.parse(text) as Partial<Draft>) } : EMPTY_DRAFT;
  } catch {
    return kept ?? EMPTY_DRAFT;
  }
}

export function keepDraft(draft: Draft | null): void {
  try {
    if (draft) sessionStorage.setItem(KEY, JSON.stringify(draft));
    else sessionStorage.removeItem(KEY);
  } catch {
    kept = draft;
  }
}
