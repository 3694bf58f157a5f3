// Builds what is served: `build/web/site` (what the bucket holds) and `build/web/render` (the render function).
import { copyFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { oneLanguage } from './one-language.mjs';

const web = fileURLToPath(new URL('..', import.meta.url));
const output = fileURLToPath(new URL('../../build/web', import.meta.url));
const site = `${output}/site`;

/** Vite writes its manifest beside the files; it is for us, not for the bucket. */
function keepManifest(name, folder) {
  mkdirSync(`${output}/manifests`, { recursive: true });
  renameSync(`${folder}/.vite/manifest.json`, `${output}/manifests/${name}.json`);
  rmSync(`${folder}/.vite`, { recursive: true });
}

async function buildApp(app, folder, plugins = []) {
  await build({
    root: `${web}apps/${app}`,
    logLevel: 'warn',
    plugins,
    build: { outDir: folder, emptyOutDir: true },
  });
}

/** The storefront in English beside the Chinese one: `/en/index.html`, and its own assets among the others. */
async function buildEnglish() {
  const folder = `${output}/english`;
  await buildApp('storefront', folder, [oneLanguage('en')]);
  keepManifest('storefront-en', folder);
  cpSync(`${folder}/assets`, `${site}/assets`, { recursive: true });
  mkdirSync(`${site}/en`);
  const shell = readFileSync(`${folder}/index.html`, 'utf8');
  writeFileSync(`${site}/en/index.html`, shell.replace('<html lang="zh-CN">', '<html lang="en">'));
  rmSync(folder, { recursive: true });
}

rmSync(output, { recursive: true, force: true });
await buildApp('storefront', site, [oneLanguage('zh')]);
keepManifest('storefront', site);
await buildEnglish();
for (const app of ['admin', 'studio']) {
  await buildApp(app, `${site}/${app}`);
  keepManifest(app, `${site}/${app}`);
}
await build({
  root: `${web}apps/storefront`,
  logLevel: 'warn',
  build: { outDir: `${output}/render`, emptyOutDir: true, ssr: 'src/entry-render.tsx', copyPublicDir: false },
});
cpSync(`${web}packages/ui/public`, site, { recursive: true });
// The same documents where rendering failed, at addresses of their own: no cache keeps them in a page's place.
for (const folder of [site, `${site}/en`]) copyFileSync(`${folder}/index.html`, `${folder}/fallback.html`);
