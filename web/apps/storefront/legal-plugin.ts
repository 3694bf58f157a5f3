import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import type { Plugin } from 'vite';

const FOLDER = process.env.LEGAL_PAGES ?? fileURLToPath(new URL('../../site/legal', import.meta.url));
const VIRTUAL = 'virtual:legal';
const NAMES = ['imprint', 'terms', 'privacy', 'returns'];
const LOCALES = ['zh-CN', 'en'];

/** The operator's legal pages, Markdown made into HTML when building: no parser reaches a browser. */
export function legal(): Plugin {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  const read = (file: string) => {
    const [heading = '', ...body] = readFileSync(`${FOLDER}/${file}`, 'utf8').trim().split('\n');
    if (!heading.startsWith('# ')) throw new Error(`${FOLDER}/${file}: the first line is the title, "# …"`);
    return { title: heading.slice(2).trim(), html: markdown.render(body.join('\n')) };
  };
  return {
    name: 'legal',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return null;
      const pages: Record<string, unknown> = {};
      for (const name of NAMES) {
        pages[name] = Object.fromEntries(
          LOCALES.map((locale) => {
            this.addWatchFile(`${FOLDER}/${name}.${locale}.md`);
            return [locale, read(`${name}.${locale}.md`)];
          }),
        );
      }
      return `export const pages = ${JSON.stringify(pages)};`;
    },
  };
}
