import type { Plugin } from 'vite';

const EMPTY = '\0browser-alone';
const ROUTES = /[\\/]shell[\\/]routes[\\/]\w+[.]ts$/;

/**
 * What a component loads lazily comes once a page is alive: no server renders it, and the render function, which is one
 * file, need not hold it. What routes load lazily are the pages themselves.
 */
export function browserAlone(): Plugin {
  return {
    name: 'browser-alone',
    enforce: 'pre',
    apply: (_, { isSsrBuild }) => isSsrBuild === true,
    resolveDynamicImport: (_, importer) => (ROUTES.test(importer ?? '') ? null : EMPTY),
    load: (id) => (id === EMPTY ? 'export default undefined;' : null),
  };
}

const STATIC_DATA = /^ {2}staticData: \{[^}]*\},\n/gm;

/** What routes say to the render function alone (`StaticDataRouteOption`): browsers need none of it. */
export function serverAlone(): Plugin {
  return {
    name: 'server-alone',
    enforce: 'pre',
    apply: ({ build }, { command }) => command === 'build' && !build?.ssr,
    transform: (code, id) => (ROUTES.test(id) ? { code: code.replace(STATIC_DATA, '') } : null),
  };
}
