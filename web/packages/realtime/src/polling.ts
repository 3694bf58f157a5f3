import type { Change, Listener, Realtime, Topic } from './realtime.ts';

type Versions = Readonly<Record<string, string>>;

/** What the API says about a topic now: versions by id. Throws where it does not answer. */
export type Look = (topic: Topic) => Promise<Versions>;

export interface PollingOptions {
  look: Look;
  /** Milliseconds between two looks at a topic while the page is visible. */
  interval?: (topic: Topic) => number;
  random?: () => number;
}

const USUAL = 30_000;
const WAITING_PAYMENT = 5_000;
const LONGEST = 300_000;
/** A tenth more or less, so that many browsers do not ask at once after a deployment. */
const JITTER = 0.1;

const usualInterval = (topic: Topic) => (topic.startsWith('payment:') ? WAITING_PAYMENT : USUAL);

interface Watched {
  listeners: Set<Listener>;
  versions: Versions | null;
  failures: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  isLooking: boolean;
}

/**
 * Changes by asking: every half minute, every five seconds for a payment that is waited for; never while the page is
 * hidden, at once when it is seen again, and ever more rarely while the API does not answer. The first look only learns
 * what is there, as the page has just read it.
 */
export class Polling implements Realtime {
  readonly #watched = new Map<Topic, Watched>();
  readonly #look: Look;
  readonly #interval: (topic: Topic) => number;
  readonly #random: () => number;

  constructor({ look, interval = usualInterval, random = Math.random }: PollingOptions) {
    this.#look = look;
    this.#interval = interval;
    this.#random = random;
    document.addEventListener('visibilitychange', this.#onReturn);
    addEventListener('online', this.#onReturn);
  }

  subscribe(topic: Topic, listener: Listener): () => void {
    let watched = this.#watched.get(topic);
    if (!watched) {
      watched = { listeners: new Set(), versions: null, failures: 0, timer: undefined, isLooking: false };
      this.#watched.set(topic, watched);
      void this.#ask(topic, watched);
    }
    const { listeners } = watched;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#end(topic);
    };
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#onReturn);
    removeEventListener('online', this.#onReturn);
    for (const topic of [...this.#watched.keys()]) this.#end(topic);
  }

  #end(topic: Topic): void {
    clearTimeout(this.#watched.get(topic)?.timer);
    this.#watched.delete(topic);
  }

  #onReturn = (): void => {
    for (const [topic, watched] of this.#watched) {
      clearTimeout(watched.timer);
      void this.#ask(topic, watched);
    }
  };

  async #ask(topic: Topic, watched: Watched): Promise<void> {
    if (watched.isLooking || document.hidden) return;
    watched.isLooking = true;
    try {
      const versions = await this.#look(topic);
      watched.failures = 0;
      tell(topic, watched, versions);
    } catch {
      watched.failures += 1;
    } finally {
      watched.isLooking = false;
      const pause = this.#pause(topic, watched.failures);
      if (this.#watched.get(topic) === watched) watched.timer = setTimeout(() => void this.#ask(topic, watched), pause);
    }
  }

  #pause(topic: Topic, failures: number): number {
    const pause = Math.min(this.#interval(topic) * 2 ** failures, LONGEST);
    return pause * (1 - JITTER + 2 * JITTER * this.#random());
  }
}

function tell(topic: Topic, watched: Watched, versions: Versions): void {
  const before = watched.versions;
  watched.versions = versions;
  if (!before) return;
  const changes: Change[] = Object.entries(versions)
    .filter(([id, version]) => before[id] !== version)
    .map(([id, version]) => ({ topic, id, version }));
  for (const change of changes) for (const listener of [...watched.listeners]) listener(change);
}
