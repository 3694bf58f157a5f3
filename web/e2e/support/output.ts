import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What a run leaves behind: traces of what failed, figures, pictures. */
export const OUTPUT = `${ROOT}build/web-e2e`;
