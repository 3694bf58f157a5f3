import { createApi } from '@sharestack/api/client.ts';
import type { Locale } from '@sharestack/i18n/locale.tsx';
import { Session } from '@sharestack/session/session.ts';
import { type Answers, stubApi } from '@sharestack/testing/api.ts';
import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { App } from '../shell/App.tsx';

export interface Opening {
  permissions?: readonly string[];
  locale?: Locale;
}

/** The administration at an address, for somebody of staff with these permissions, in front of an API that answers so. */
export async function openAdmin(path: string, answers: Answers, { permissions = [], locale = 'en' }: Opening = {}) {
  const calls = stubApi({
    'POST /auth/login': { access_token: 'a', expires_in: 900, user: { id: 'u-1', full_name: 'Grace' }, permissions },
    ...answers,
  });
  const session = new Session();
  const history = createMemoryHistory({ initialEntries: [path] });
  await session.start();
  await session.signIn('grace@example.com', 'a long walk by the sea');
  render(<App api={createApi({ fetch: session.fetch })} session={session} locale={locale} history={history} />);
  /** What was asked by `GET /path`, in order. */
  const asked = (call: string) => calls.filter(({ method, path: one }) => `${method} ${one}` === call);
  return { asked, calls, history };
}
