import type { ReportReason } from './queries.ts';

/** As the API names them; what is seen most comes first. */
export const REASONS: readonly ReportReason[] = [
  'spam',
  'scam',
  'market_manipulation',
  'misinformation',
  'harassment',
  'hate',
  'violence',
  'sexual',
  'self_harm',
  'impersonation',
  'privacy',
  'intellectual_property',
  'illegal',
  'other',
];
