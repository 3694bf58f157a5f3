import { vi } from 'vitest';

export const USER = {
  id: 'u-1',
  email: 'ada@example.com',
  email_verified_at: '2026-11-01T08:00:00Z',
  full_name: 'Ada Hughes',
  language: 'en',
  accepts_marketing: false,
  roles: ['customer'],
  version: 3,
};

/** Answers of an API to which `USER` is signed in by cookie; `refusal` ends the session when it answers. */
export function signedIn(refusal: () => Response | undefined = () => undefined) {
  vi.spyOn(document, 'cookie', 'get').mockReturnValue('__Host-csrf_token=csrf');
  return {
    'POST /auth/refresh': () => refusal() ?? { access_token: 'a', expires_in: 900, permissions: [] },
    'GET /users/me': USER as object,
    'GET /orders': { items: [], next_cursor: null } as object,
    'GET /cart': { items: [], item_count: 0 },
  };
}
