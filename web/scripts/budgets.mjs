// Fails where a page needs more than budgets.json allows, gzipped: scripts before a page is usable (the entry, and the
// heaviest of the pages that are loaded lazily), styles, and the render function.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const output = fileURLToPath(new URL('../../build/web', import.meta.url));
const budgets = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url), 'utf8')).gzip_kilobytes;
const KILOBYTE = 1000;

const sizes = new Map();
function gzipped(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(file), { level: 9 }).length / KILOBYTE);
  return sizes.get(file);
}

/** All files that come with a module: its own, and those of what it imports at once. */
function filesOf(manifest, key, kind, seen = new Set()) {
  const entry = manifest[key];
  if (!entry || seen.has(key)) return [];
  seen.add(key);
  const own = kind === 'styles' ? (entry.css ?? []) : [entry.file];
  return [...own, ...(entry.imports ?? []).flatMap((name) => filesOf(manifest, name, kind, seen))];
}

/** The storefront has a build per language, in one folder. */
const FOLDERS = { storefront: 'site', 'storefront-en': 'site', admin: 'site/admin', studio: 'site/studio' };

/** Pages, and the steps of one: what somebody waits for. A dialog or a section that comes later is neither. */
const isPage = (key) => /(Page|Route|Step|Layout)[.]tsx$/.test(key);

function measure(app) {
  const folder = `${output}/${FOLDERS[app]}`;
  const manifest = JSON.parse(readFileSync(`${output}/manifests/${app}.json`, 'utf8'));
  const sum = (files) => [...new Set(files)].reduce((total, file) => total + gzipped(`${folder}/${file}`), 0);
  const pages = ['index.html', ...Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && isPage(key))];
  const perPage = (kind) =>
    pages.map((page) => [page, sum([...filesOf(manifest, 'index.html', kind), ...filesOf(manifest, page, kind)])]);
  const heaviest = (kind) => perPage(kind).reduce((most, one) => (one[1] > most[1] ? one : most));
  return { scripts: heaviest('scripts'), styles: heaviest('styles') };
}

if (!existsSync(`${output}/manifests`)) throw new Error('There is no build: npm run build');
let isOver = false;
for (const [app, budget] of Object.entries(budgets)) {
  const measured = app === 'render' ? { scripts: ['index.mjs', gzipped(`${output}/render/index.mjs`)] } : measure(app);
  for (const [kind, most] of Object.entries(budget)) {
    const [page, size] = measured[kind];
    isOver ||= size > most;
    console.log(`${size > most ? 'OVER' : 'ok  '} ${app} ${kind}: ${size.toFixed(1)} of ${most} kB (${page})`);
  }
}
process.exit(isOver ? 1 : 0);
