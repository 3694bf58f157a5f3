import { type ApiProblem, asProblem } from './problem.ts';

interface Intent<T> {
  /** What is to be changed: one at a time of each. */
  key: string;
  /** What the API has, as far as the page knows. */
  now: T;
  wanted: T;
  /** Asks for `wanted`; asked again, it must do no harm. */
  call: (wanted: T) => Promise<unknown>;
  /** Shows a value as if it were so: at once what is wanted, and what the API has where it refuses. */
  show: (value: T) => void;
  /** With the last answer; called when nothing more is wanted. */
  onSettled?: (answer: unknown) => void;
  onRefused?: (problem: ApiProblem) => void;
}

interface Line {
  settled: unknown;
  wanted: unknown;
}

/**
 * What somebody wants of a thing, by its key: shown at once, and brought to the API one call after the other, so that
 * answers cannot overtake each other. Of fifty quick presses the last counts: there are as many calls as it takes to get
 * there, mostly one or two, and none where it ends as it began.
 */
export class Intents {
  readonly #lines = new Map<string, Line>();

  /** What is wanted of a thing while that is under way: presses may come faster than the page is drawn. */
  wanted<T>(key: string): T | undefined {
    return this.#lines.get(key)?.wanted as T | undefined;
  }

  async want<T>(intent: Intent<T>): Promise<void> {
    const line = this.#lines.get(intent.key);
    intent.show(intent.wanted);
    if (line) {
      line.wanted = intent.wanted;
      return;
    }
    await this.#run(intent, { settled: intent.now, wanted: intent.wanted });
  }

  async #run<T>(intent: Intent<T>, line: Line): Promise<void> {
    this.#lines.set(intent.key, line);
    try {
      let answer: unknown;
      while (line.wanted !== line.settled) {
        const next = line.wanted as T;
        try {
          answer = await intent.call(next);
          line.settled = next;
        } catch (error) {
          // Something else is wanted by now: that is tried instead.
          if (line.wanted !== next) continue;
          line.wanted = line.settled;
          intent.show(line.settled as T);
          intent.onRefused?.(asProblem(error));
          return;
        }
      }
      intent.onSettled?.(answer);
    } finally {
      this.#lines.delete(intent.key);
    }
  }
}
