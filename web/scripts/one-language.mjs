const TEXTS = /[\\/]\w*[mM]essages\.(zh|en)\.ts$/;
const EXPORTED = /^export const (\w+)/gm;

/**
 * Leaves the texts of all languages but `language` out of a build: a page is in one language, and its path says which.
 * What is dropped is `undefined` and nobody asks for it, because `useTexts` goes by the same path.
 */
export function oneLanguage(language) {
  return {
    name: 'one-language',
    enforce: 'pre',
    transform(code, id) {
      const [, found] = TEXTS.exec(id) ?? [];
      if (!found || found === language || id.includes('node_modules')) return null;
      return { code: [...code.matchAll(EXPORTED)].map(([, name]) => `export const ${name} = undefined;`).join('\n') };
    },
  };
}
