import { createApi, type Schemas, take } from '@sharestack/api/client.ts';
import { asProblem } from '@sharestack/api/problem.ts';
import { type Tabs, tabsOf } from './tabs.ts';

export type Profile = Schemas['Profile'];
export type Permission = Schemas['Permission'];

export type SessionState =
  | { status: 'unknown' }
  /** `isExpired`: somebody was signed in on this page, and their session ended without their doing. */
  | { status: 'anonymous'; isExpired?: true }
  | { status: 'signed-in'; user: Profile | null; permissions: readonly Permission[] };

export interface Registration {
  email: string;
  password: string;
  full_name: string;
  language: string;
  accepts_marketing: boolean;
}

const CSRF = /(?:^|;\s*)__Host-csrf_token=([^;]*)/;
const EARLY_SECONDS = 60;
const UNKNOWN: SessionState = { status: 'unknown' };

type Tokens = Pick<Schemas['Tokens'], 'access_token' | 'expires_in'>;

/**
 * Who is signed in, in this tab. The refresh token is a cookie that scripts cannot read; the access token is in this
 * object only and dies with the page. Refreshing is done once at a time, in a tab and across tabs: each use of the
 * refresh token makes it void, and a second use at once would look like a theft.
 */
export class Session {
  #state: SessionState = UNKNOWN;
  #token: string | null = null;
  #refreshing: Promise<string | null> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #api = createApi();
  readonly #tabs: Tabs;

  constructor(tabs: Tabs = tabsOf()) {
    this.#tabs = tabs;
    tabs.onMessage((message) => {
      if (message === 'signed-out') this.#forget();
      else void this.refresh();
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** At the start of a page: whoever was signed in still is. */
  async start(): Promise<void> {
    if (csrfToken()) await this.refresh();
    else this.#set({ status: 'anonymous' });
  }

  async signIn(email: string, password: string): Promise<void> {
    const answer = await take(this.#api.POST('/api/v1/auth/login', { body: { email, password, mode: 'cookie' } }));
    this.#enter(answer);
  }

  async register(registration: Registration): Promise<void> {
    const body = { ...registration, mode: 'cookie' as const };
    this.#enter(await take(this.#api.POST('/api/v1/auth/register', { body })));
  }

  /** Ends the session here and in the other tabs, even where the API cannot be told. */
  async signOut(): Promise<void> {
    const csrf = csrfToken();
    this.leave();
    await this.#api.POST('/api/v1/auth/logout', { headers: { 'X-CSRF-Token': csrf ?? '' } }).catch(() => undefined);
  }

  /** Nobody is signed in any more, here and in the other tabs: where the API has ended the session by itself. */
  leave(): void {
    this.#forget();
    this.#tabs.say('signed-out');
  }

  /** The person has changed something about themselves; every place that names them says it anew. */
  keepUser(user: Profile): void {
    if (this.#state.status === 'signed-in') this.#set({ ...this.#state, user });
  }

  /** A fresh access token, or null where nobody is signed in (any more). */
  refresh(): Promise<string | null> {
    this.#refreshing ??= this.#tabs
      .alone(() => this.#refreshOnce())
      .finally(() => {
        this.#refreshing = null;
      });
    return this.#refreshing;
  }

  /** `fetch` with the access token; a token that ended in the meantime is replaced once. */
  fetch = async (request: Request): Promise<Response> => {
    const token = this.#token ?? (this.#state.status === 'unknown' && csrfToken() ? await this.refresh() : null);
    const again = request.clone();
    const answer = await send(request, token);
    if (answer.status !== 401 || !token) return answer;
    const fresh = await this.refresh();
    return fresh ? send(again, fresh) : answer;
  };

  async #refreshOnce(tries = 3): Promise<string | null> {
    const csrf = csrfToken();
    if (!csrf) {
      this.#expire();
      return null;
    }
    try {
      const tokens = await take(this.#api.POST('/api/v1/auth/refresh', { headers: { 'X-CSRF-Token': csrf } }));
      this.#keep(tokens);
      await this.#loadUser(tokens.permissions);
      return tokens.access_token;
    } catch (error) {
      const problem = asProblem(error);
      // A browser without locks: another tab was faster, and its new cookie is ours too.
      if (problem.code === 'refresh_token_just_used' && tries > 1) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return this.#refreshOnce(tries - 1);
      }
      if (problem.status === 401 || problem.status === 403) this.#expire();
      else if (this.#state.status === 'unknown') this.#set({ status: 'anonymous' });
      return null;
    }
  }

  #enter({ user, ...tokens }: Schemas['SignedIn']): void {
    this.#keep(tokens);
    this.#set({ status: 'signed-in', user, permissions: tokens.permissions });
    this.#tabs.say('signed-in');
  }

  #keep({ access_token, expires_in }: Tokens): void {
    this.#token = access_token;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), Math.max(expires_in - EARLY_SECONDS, 5) * 1000);
  }

  /** What is on the page stays, so that whoever was at it can sign in again and go on. */
  #expire(): void {
    const state = this.#state;
    const wasIn = state.status === 'signed-in' || (state.status === 'anonymous' && state.isExpired);
    this.#forget(wasIn ? { status: 'anonymous', isExpired: true } : undefined);
  }

  #forget(state: SessionState = { status: 'anonymous' }): void {
    this.#token = null;
    clearTimeout(this.#timer);
    this.#set(state);
  }

  async #loadUser(permissions: readonly Permission[]): Promise<void> {
    const headers = { Authorization: `Bearer ${this.#token}` };
    const user = await take(this.#api.GET('/api/v1/users/me', { headers })).catch(() => null);
    this.#set({ status: 'signed-in', user: user as Profile | null, permissions });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function csrfToken(): string | null {
  return CSRF.exec(document.cookie)?.[1] ?? null;
}

function send(request: Request, token: string | null): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return fetch(request);
}
