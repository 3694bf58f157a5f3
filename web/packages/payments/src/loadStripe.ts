import type { Locale } from '@sharestack/i18n/locale.tsx';
import type { Stripe } from '@stripe/stripe-js';

const STRIPE_LOCALES: Record<Locale, 'zh' | 'en'> = { 'zh-CN': 'zh', en: 'en' };

let script: Promise<void> | null = null;
const clients = new Map<string, Stripe>();

/**
 * Stripe.js, from the address that `/config.json` names: Stripe's own in production, the simulator's on a computer of
 * ours. Only pages where something is paid load it. What failed is tried anew by the next call.
 */
export async function loadStripe(publishableKey: string, locale: Locale): Promise<Stripe> {
  script ??= loadScript();
  try {
    await script;
  } catch (error) {
    script = null;
    throw error;
  }
  const name = `${publishableKey} ${locale}`;
  const known = clients.get(name);
  if (known) return known;
  if (!window.Stripe) throw new Error('The script of the payment provider gives no Stripe');
  const stripe = window.Stripe(publishableKey, { locale: STRIPE_LOCALES[locale] });
  clients.set(name, stripe);
  return stripe;
}

async function loadScript(): Promise<void> {
  const answer = await fetch(new Request(`${location.origin}/config.json`));
  if (!answer.ok) throw new Error(`/config.json: ${answer.status}`);
  const { stripe_script } = (await answer.json()) as { stripe_script: string };
  await new Promise<void>((resolve, reject) => {
    const element = document.createElement('script');
    element.src = stripe_script;
    element.async = true;
    element.onload = () => resolve();
    element.onerror = () => {
      element.remove();
      reject(new Error(`${stripe_script} could not be loaded`));
    };
    document.head.append(element);
  });
}
