import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './output.ts';

/** What the start says of itself. */
export interface Ready {
  address: string;
  admin: { email: string; password: string; customer: { email: string; password: string } };
}

const START_SECONDS = 600;
const PAGES_SECONDS = 600;
const QUIET_SECONDS = 180;
/** How soon a message whose worker failed comes back; the deployed queues' own would be minutes. */
const VISIBILITY_SECONDS = 4;

/** The system that tests look at: the one that `SHOP_READY` names (its `--ready-file`), or the one of this run. */
export function ready(): Ready {
  const file = process.env.SHOP_READY;
  if (!file) throw new Error('No system was started');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Starts what `make run` starts, once for all tests, on a free port with a data folder of its own. Gives its end. */
export default async function start(): Promise<() => Promise<void>> {
  if (process.env.SHOP_READY) {
    await settled(ready().address);
    return async () => {};
  }
  const folder = mkdtempSync(`${tmpdir()}/sharestack-web-e2e-`);
  process.env.SHOP_READY = `${folder}/ready.json`;
  const output = openSync(`${folder}/output.txt`, 'a');
  const command = ['-m', 'infra.local', '--port', '0', '--home', `${folder}/home`, '--demo', '--web', '1'];
  command.push('--visibility-timeout', `${VISIBILITY_SECONDS}`);
  const system = spawn(`${ROOT}.venv/bin/python`, [...command, '--ready-file', process.env.SHOP_READY], {
    cwd: ROOT,
    env: environment(),
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  process.once('exit', () => system.kill('SIGINT')); // Ctrl-C while it starts
  const end = async () => {
    await stop(system);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(
      () => existsSync(`${folder}/ready.json`),
      START_SECONDS,
      () => system.exitCode !== null,
    );
    await settled(ready().address);
  } catch (error) {
    const said = readFileSync(`${folder}/output.txt`, 'utf8').slice(-4_000);
    await end();
    throw new Error(`The system did not start: ${error}\n${said}`);
  }
  return end;
}

/** Nothing of the developer's own shop: neither its database, nor accounts, nor real providers. */
function environment(): NodeJS.ProcessEnv {
  const foreign = /^(SHARESTACK_|STRIPE_|ADMIN_|AWS_|DATABASE_URL$|PORT$|WEB$|DEMO$|PACKAGED$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Once pages are built, and what the demo's pictures are made from has left the queues. */
async function settled(address: string): Promise<void> {
  await until(async () => (await fetch(address)).ok, PAGES_SECONDS);
  await until(async () => {
    const state = await (await fetch(`${address}/_local/`, { headers: { accept: 'application/json' } })).json();
    const queues = Object.entries<{ waiting: number; in_flight: number }>(state.queues);
    return queues.every(([name, queue]) => !/picture|image/.test(name) || queue.waiting + queue.in_flight === 0);
  }, QUIET_SECONDS);
}

async function until(
  look: () => boolean | Promise<boolean>,
  seconds: number,
  isOver: () => boolean = () => false,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await look())) {
    if (isOver()) throw new Error('it ended');
    if (Date.now() > deadline) throw new Error(`not within ${seconds} seconds`);
    await sleep(250);
  }
}

async function stop(system: ChildProcess): Promise<void> {
  if (system.exitCode !== null) return;
  const ended = new Promise((resolve) => system.once('exit', resolve));
  system.kill('SIGINT');
  await Promise.race([ended, sleep(30_000).then(() => system.kill('SIGKILL'))]);
}
