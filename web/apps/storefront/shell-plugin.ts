import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const BUILT = fileURLToPath(new URL('../../../build/web', import.meta.url));
const VIRTUAL = 'virtual:shell';

/** A build per language (`scripts/build.mjs`): its document, and its manifest. */
const BUILDS = {
  'zh-CN': ['site/index.html', 'manifests/storefront.json'],
  en: ['site/en/index.html', 'manifests/storefront-en.json'],
} as const;

interface ManifestEntry {
  file: string;
  imports?: string[];
  css?: string[];
}

/** For each module that is loaded lazily: the files that the browser will ask for, so that HTML can name them early. */
function chunksOf(manifest: Record<string, ManifestEntry>): Record<string, string[]> {
  const files = (key: string, seen: Set<string>): string[] => {
    const entry = manifest[key];
    if (!entry || seen.has(key)) return [];
    seen.add(key);
    return [entry.file, ...(entry.imports ?? []).flatMap((name) => files(name, seen))];
  };
  const first = new Set(files('index.html', new Set()));
  const lazy = Object.keys(manifest).filter((key) => key.startsWith('src/'));
  return Object.fromEntries(lazy.map((key) => [key, files(key, new Set()).filter((file) => !first.has(file))]));
}

function shellOf([page, manifest]: (typeof BUILDS)[keyof typeof BUILDS]) {
  if (!existsSync(`${BUILT}/${page}`)) throw new Error('Build the storefront for the browser first: npm run build');
  const chunks = chunksOf(JSON.parse(readFileSync(`${BUILT}/${manifest}`, 'utf8')));
  return { html: readFileSync(`${BUILT}/${page}`, 'utf8'), chunks };
}

/** The built documents and the names of the built files, inside the render function: it reads no disk. */
export function shell(): Plugin {
  return {
    name: 'shell',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return null;
      const shells = Object.entries(BUILDS).map(([locale, files]) => [locale, shellOf(files)]);
      return `export const shells = ${JSON.stringify(Object.fromEntries(shells))};`;
    },
  };
}
