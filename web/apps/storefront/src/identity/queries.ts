import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

export type OwnProfile = Schemas['OwnProfile'];
export type Consent = Schemas['Consent'];
export type DataExport = Schemas['DataExport'];
export type LoginSession = Schemas['Session'];
export type VerifiedEmail = Schemas['VerifiedEmail'];

const POLL_MS = 5000;
const MAX_WAIT_MS = 60_000;

export const meQuery = (api: Api) =>
  queryOptions({ queryKey: ['me'], queryFn: () => take(api.GET('/api/v1/users/me')), staleTime: 0 });

export const changeProfile = (api: Api, change: Schemas['OwnProfileChange']) =>
  take(api.PATCH('/api/v1/users/me', { body: change }));

/** Keys of the community's, where names and pictures of people stand: contexts do not import each other. */
export const PLACES_OF_PEOPLE = [['people'], ['posts'], ['comments']] as const;

/** An upload for a profile, once it is ready. */
export const showPicture = (api: Api, mediaId: string) =>
  take(api.POST('/api/v1/users/me/profile-picture', { body: { media_id: mediaId } }));

export const hidePicture = (api: Api) => take(api.DELETE('/api/v1/users/me/profile-picture'));

export const changePassword = (api: Api, current: string, wanted: string) =>
  take(api.POST('/api/v1/users/me/password', { body: { current_password: current, new_password: wanted } }));

export const changeEmail = (api: Api, email: string, password: string) =>
  take(api.POST('/api/v1/users/me/email', { body: { new_email: email, password } }));

export const sendVerification = (api: Api) => take(api.POST('/api/v1/auth/email/verification'));

export const sessionsQuery = (api: Api) =>
  infiniteQueryOptions({
    queryKey: ['sessions'],
    queryFn: ({ pageParam: cursor }) =>
      take(api.GET('/api/v1/auth/sessions', { params: { query: { limit: 20, cursor } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 0,
  });

export const endSession = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/auth/sessions/{session_id}', { params: { path: { session_id: id } } }));

export const endOtherSessions = (api: Api) => take(api.DELETE('/api/v1/auth/sessions'));

export const consentsQuery = (api: Api) =>
  queryOptions({ queryKey: ['consents'], queryFn: () => take(api.GET('/api/v1/users/me/consents')), staleTime: 0 });

export const chooseConsent = (api: Api, { purpose, current_version: version }: Consent, granted: boolean) =>
  take(api.PUT('/api/v1/users/me/consents', { body: { consents: [{ purpose, granted, version }] } }));

/** Who registers has agreed to the terms and the privacy notice that the form links to: recorded with their versions. */
export async function agreeToTexts(api: Api): Promise<void> {
  const { consents } = await take(api.GET('/api/v1/users/me/consents'));
  const agreed = consents
    .filter(({ can_be_withdrawn }) => !can_be_withdrawn)
    .map(({ purpose, current_version: version }) => ({ purpose, granted: true, version }));
  await take(api.PUT('/api/v1/users/me/consents', { body: { consents: agreed } }));
}

/** Copies of one's data. While one is being made it is asked for again; a link is good for 15 minutes. */
export const exportsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['data-exports'],
    queryFn: () => take(api.GET('/api/v1/users/me/exports', { params: { query: { limit: 10 } } })),
    staleTime: 0,
    refetchInterval: ({ state }) => {
      const isPending = state.data?.items.some(({ status }) => status === 'pending');
      return isPending ? Math.min(POLL_MS * 2 ** Math.floor(state.dataUpdateCount / 12), MAX_WAIT_MS) : false;
    },
  });

export const requestExport = (api: Api) => take(api.POST('/api/v1/users/me/export'));

/** The same copy, with a link that is good from now on. */
export const freshExport = (api: Api, id: string) =>
  take(api.GET('/api/v1/users/me/exports/{export_id}', { params: { path: { export_id: id } } }));

export const eraseAccount = (api: Api, password: string, withReviews: boolean) =>
  take(api.DELETE('/api/v1/users/me', { body: { password, delete_reviews: withReviews } }));

export const askForReset = (api: Api, email: string) =>
  take(api.POST('/api/v1/auth/password/forgot', { body: { email } }));

export const resetPassword = (api: Api, token: string, wanted: string) =>
  take(api.POST('/api/v1/auth/password/reset', { body: { token, new_password: wanted } }));

export const verifyEmail = (api: Api, token: string) =>
  take(api.POST('/api/v1/auth/email/verify', { body: { token } }));

export const denyEmail = (api: Api, token: string) => take(api.POST('/api/v1/auth/email/deny', { body: { token } }));

export const revertEmail = (api: Api, token: string) =>
  take(api.POST('/api/v1/auth/email/revert', { body: { token } }));

export const unsubscribe = (api: Api, token: string) =>
  take(api.POST('/api/v1/users/unsubscribe', { params: { query: { token } } }));

export const keepAccount = (api: Api, token: string) =>
  take(api.POST('/api/v1/users/me/erasure/cancel', { body: { token } }));
