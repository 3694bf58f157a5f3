import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const BUILT = fileURLToPath(new URL('../../../build/web', import.meta.url));
const VIRTUAL = 'virtual:shell';

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

/** The built `index.html` and the names of the built files, inside the render function: it reads no disk. */
export function shell(): Plugin {
  return {
    name: 'shell',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return null;
      const page = `${BUILT}/site/index.html`;
      if (!existsSync(page)) throw new Error('Build the storefront for the browser first: npm run build');
      const manifest = JSON.parse(readFileSync(`${BUILT}/manifests/storefront.json`, 'utf8'));
      return `export const html = ${JSON.stringify(readFileSync(page, 'utf8'))};
export const chunks = ${JSON.stringify(chunksOf(manifest))};`;
    },
  };
}
