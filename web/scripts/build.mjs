// Builds what is served: `build/web/site` (what the bucket holds) and `build/web/render` (the render function).
import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const web = fileURLToPath(new URL('..', import.meta.url));
const output = fileURLToPath(new URL('../../build/web', import.meta.url));
const site = `${output}/site`;

/** Vite writes its manifest beside the files; it is for us, not for the bucket. */
function keepManifest(app, folder) {
  mkdirSync(`${output}/manifests`, { recursive: true });
  renameSync(`${folder}/.vite/manifest.json`, `${output}/manifests/${app}.json`);
  rmSync(`${folder}/.vite`, { recursive: true });
}

async function buildApp(app, folder) {
  await build({ root: `${web}apps/${app}`, logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } });
  keepManifest(app, folder);
}

rmSync(output, { recursive: true, force: true });
await buildApp('storefront', site);
await buildApp('admin', `${site}/admin`);
await buildApp('studio', `${site}/studio`);
await build({
  root: `${web}apps/storefront`,
  logLevel: 'warn',
  build: { outDir: `${output}/render`, emptyOutDir: true, ssr: 'src/entry-render.tsx', copyPublicDir: false },
});
cpSync(`${web}packages/ui/public`, site, { recursive: true });
