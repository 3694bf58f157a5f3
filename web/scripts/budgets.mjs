// Fails where a page needs more than budgets.json allows, gzipped: scripts before a page is usable (the entry, the
// heaviest of the pages that are loaded lazily, and the frame that it stands in), styles, and the render function.
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

const ACCOUNT = 'src/shell/AccountLayout.tsx';
const COMMUNITY = 'src/shell/CommunityLayout.tsx';
const LATER = 'src/shell/laterPages.ts';

/** What else has to be there before a page is usable, and by which budget the page goes. */
function surroundings(manifest, page) {
  if (manifest[LATER]?.dynamicImports.includes(page)) {
    const isAccount = !/src[/]identity[/](pages|letters)[/]|GuestOrderPage/.test(page);
    return isAccount ? { kind: 'account', frame: [LATER, ACCOUNT] } : { kind: 'scripts', frame: [LATER] };
  }
  const isInCommunity = /src[/]community[/]pages[/]/.test(page) && !page.includes('ComposePage');
  return { kind: 'scripts', frame: isInCommunity ? [COMMUNITY] : [] };
}

function measure(app) {
  const folder = `${output}/${FOLDERS[app]}`;
  const manifest = JSON.parse(readFileSync(`${output}/manifests/${app}.json`, 'utf8'));
  const sum = (files) => [...new Set(files)].reduce((total, file) => total + gzipped(`${folder}/${file}`), 0);
  const pages = ['index.html', ...Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && isPage(key))];
  const sizeOf = (page, kind) => {
    const parts = ['index.html', ...surroundings(manifest, page).frame, page];
    return [page, sum(parts.flatMap((part) => filesOf(manifest, part, kind)))];
  };
  const heaviest = (kind, chosen) =>
    chosen.map((page) => sizeOf(page, kind)).reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  const goBy = (kind) => pages.filter((page) => surroundings(manifest, page).kind === kind);
  return {
    scripts: heaviest('scripts', goBy('scripts')),
    account: heaviest('scripts', goBy('account')),
    styles: heaviest('styles', pages),
  };
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
