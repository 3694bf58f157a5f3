import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';
import { ROOT } from './output.ts';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
// Without a sandbox, because tests run in containers, often as root. Nothing but our own pages is opened.
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];

/**
 * The browser that `CHROMIUM` names; else the one inside a package of the registry, which brings its libraries for Linux
 * on x86 and is the same for everybody; else the machine's own.
 */
export async function browser(): Promise<LaunchOptions> {
  const chosen = process.env.CHROMIUM;
  const found = chosen ? installed([chosen]) : ((await packaged()) ?? installed(INSTALLED));
  if (found) return { ...found, args: ARGUMENTS };
  throw new Error(
    `${chosen ? `There is no browser at ${chosen}` : 'No browser was found'}. ` +
      'Install one (on Debian and Ubuntu: apt-get install chromium), or name it: CHROMIUM=/path/to/chromium make test-browser',
  );
}

function installed(paths: readonly string[]): LaunchOptions | null {
  const executablePath = paths.find((path) => existsSync(path));
  return executablePath ? { executablePath } : null;
}

async function packaged(): Promise<LaunchOptions | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = `${ROOT}build/chromium`;
  mkdirSync(folder, { recursive: true });
  const before = { ...process.env };
  // The package unpacks below the folder for temporary files, and its libraries only where it takes this for Lambda.
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const executablePath = await chromium.executablePath();
    const { LD_LIBRARY_PATH = '' } = process.env;
    return { executablePath, env: { ...before, LD_LIBRARY_PATH, FONTCONFIG_FILE: fontsIn(folder) } };
  } finally {
    // Its libraries are the browser's alone: Python, for one, has others.
    process.env = before;
  }
}

/** The package's own list names the folders of Lambda; without any font, a page with a form ends the browser. */
function fontsIn(folder: string): string {
  const file = `${folder}/fonts.conf`;
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`,
  );
  return file;
}
