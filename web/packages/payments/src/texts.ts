import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const texts = { 'zh-CN': zh, en };

type Words = (typeof texts)['en'];

/** Why a payment was declined, in a person's words; `code` is the provider's (`failure_code` of a payment). */
export function declineText(t: Words, code: string | null | undefined): string {
  if (!code) return t.failed;
  return t.declines[code] ?? t.declined;
}
