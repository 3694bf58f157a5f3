import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { vi } from 'vitest';

const FILES = ['texts.js', 'calls.js', 'looks.js', 'code_dialog.js', 'fieldset.js', 'stripe.js'];
const CARDS = [
  { reference: 'pm_card_visa', brand: 'visa', last4: '4242', behaviour: 'pays' },
  { reference: 'pm_card_poor', brand: 'visa', last4: '9995', behaviour: 'insufficient_funds' },
  { reference: 'pm_card_asks', brand: 'visa', last4: '3184', behaviour: 'asks' },
];
const HOME = `${location.origin}/_local/stripe`;

/** The simulator's script as `simulators/stripe/browser_script.py` serves it, run once `loadStripe` asks for it. */
function runScript(): void {
  const folder = resolve(import.meta.dirname, '../../../../simulators/stripe/browser');
  const source = FILES.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n');
  new Function('CARDS', 'HOME', source)(CARDS, HOME);
}

export interface IntentCall {
  path: string;
  sent: URLSearchParams;
}

type Answer = object | Error;

interface Simulated {
  calls: IntentCall[];
  /** What confirmations answer, in their order. */
  confirmations: Answer[];
  /** What the intent is when it is asked for. */
  intent: Record<string, unknown>;
}

const json = (said: object, status = 200) =>
  new Response(JSON.stringify(said), { status, headers: { 'content-type': 'application/json' } });

/**
 * Puts Stripe.js, as the simulator gives it, behind `/config.json`, and its answers behind `fetch`; other requests go to
 * `otherwise`. Documents have no scripts that load in tests, so the script is run when it is put into the head.
 */
export function simulateStripe(otherwise: (request: Request) => Promise<Response>): Simulated {
  const simulated: Simulated = { calls: [], confirmations: [], intent: intentOf() };
  vi.spyOn(document.head, 'append').mockImplementation((element) => {
    runScript();
    (element as HTMLScriptElement).onload?.(new Event('load'));
  });
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    if (url.pathname === '/config.json') return json({ stripe_script: '/_local/stripe/js/' });
    if (!url.pathname.startsWith('/_local/stripe')) return otherwise(request);
    const path = url.pathname.replace('/_local/stripe', '');
    const sent = request.method === 'GET' ? url.searchParams : new URLSearchParams(await request.text());
    simulated.calls.push({ path, sent });
    return answerTo(path, sent, simulated);
  });
  return simulated;
}

function answerTo(path: string, sent: URLSearchParams, simulated: Simulated): Response {
  if (path.startsWith('/authorize/')) {
    const isPaid = sent.get('outcome') === 'complete';
    const refusal = { type: 'invalid_request_error', code: 'payment_intent_authentication_failure', message: '' };
    simulated.intent = isPaid
      ? intentOf({ status: 'succeeded' })
      : intentOf({ status: 'requires_payment_method', last_payment_error: refusal });
    return json({});
  }
  if (!path.endsWith('/confirm')) return json(simulated.intent);
  const answer = simulated.confirmations.shift() ?? intentOf({ status: 'succeeded' });
  if (answer instanceof Error) throw answer;
  if ('error' in answer) return json(answer, 402);
  simulated.intent = answer as Record<string, unknown>;
  return json(answer);
}

export function intentOf(more: object = {}): Record<string, unknown> {
  return {
    id: 'pi_1',
    object: 'payment_intent',
    client_secret: 'pi_1_secret_x',
    status: 'requires_payment_method',
    payment_method_types: ['card', 'alipay', 'wechat_pay'],
    next_action: null,
    ...more,
  };
}

export const CODE_SHOWN = intentOf({
  status: 'requires_action',
  next_action: { type: 'wechat_pay_display_qr_code', wechat_pay_display_qr_code: { image_data_url: 'data:,' } },
});

/** The simulator draws into a shadow root, as Stripe draws into a frame. */
export function providersForm(): HTMLElement {
  const hosts = [...document.querySelectorAll('*')].filter((element) => element.shadowRoot);
  const root = hosts.at(-1)?.shadowRoot;
  if (!root) throw new Error('No form of the payment provider is shown');
  return root as unknown as HTMLElement;
}
