import site from '../../../../site/site.json';

/** In the order of the footer, as the operator's file has them; the API names the same. */
export const LEGAL_PAGES = site.legal_pages as ('returns' | 'terms' | 'privacy' | 'imprint')[];
