// `window.Stripe` with the methods that the shop calls, for payments with the simulator. No money, no card numbers.

/**
 * Takes the payer where a confirmed intent wants them, or gives it back.
 * @param {Account} account
 * @param {Answer} answer
 * @param {{redirect: string | undefined, returnUrl: string, appearance: Appearance}} way
 * @returns {Promise<Answer>}
 */
async function proceed(account, answer, { redirect, returnUrl, appearance }) {
  if (answer.error) return answer;
  const { intent } = answer;
  const action = intent.status === 'requires_action' ? intent.next_action : null;
  if (action?.type === 'wechat_pay_display_qr_code') {
    const shown = await showCode(account, intent, appearance);
    // Closed without paying: the intent waits on, and the page decides.
    if (shown.intent?.status === 'requires_action') return shown;
    return proceed(account, refusedOr(shown), { redirect, returnUrl, appearance });
  }
  const target = /** @type {{url: string} | undefined} */ (action?.[action.type]);
  if (target) return leaveFor(target.url);
  if (redirect === 'if_required') return refusedOr(answer);
  const added = { [intent.object]: intent.id, redirect_status: intent.status };
  return leaveFor(`${returnUrl}${returnUrl.includes('?') ? '&' : '?'}${new URLSearchParams(added)}`);
}

/**
 * The page is on its way out: nothing more is answered, as Stripe.js does.
 * @param {string} url
 * @returns {Promise<never>}
 */
function leaveFor(url) {
  location.assign(url);
  return new Promise(() => undefined);
}

/**
 * An intent that waits for another payment method was refused: Stripe.js answers why.
 * @param {Answer} answer
 * @returns {Answer}
 */
function refusedOr(answer) {
  const { intent } = answer;
  const error = intent?.last_payment_error ?? intent?.last_setup_error;
  if (!intent || !error || intent.status !== 'requires_payment_method') return answer;
  return { error: { ...error, [intent.object]: intent } };
}

/**
 * @param {Account} account
 * @param {any} options
 * @returns {any}
 */
function newElements(account, { clientSecret, appearance = {}, locale }) {
  const owner = { ...account, locale: locale ?? account.locale };
  /** @type {PaymentForm | null} */
  let form = null;
  /** @type {any} */
  let element = null;
  /** @satisfies {Record<keyof StripeElementsCalls, unknown> & Record<string, unknown>} */
  const elements = {
    create(/** @type {string} */ type) {
      if (type !== 'payment') throw new Error(`The simulator has no element of type ${type}`);
      form = new PaymentForm(owner, clientSecret, appearance);
      element = elementOf(form);
      return element;
    },
    getElement: (/** @type {string} */ type) => (type === 'payment' ? element : null),
    update(/** @type {{appearance?: Appearance}} */ changed) {
      if (changed.appearance) form?.dress(changed.appearance);
    },
    submit: async () => {
      const error = form?.check();
      return error ? { error } : {};
    },
    /** For `confirmPayment` and `confirmSetup` alone. */
    opened: () => ({ form, clientSecret }),
  };
  return elements;
}

/** @param {PaymentForm} form */
function elementOf(form) {
  return {
    mount(/** @type {string | HTMLElement} */ place) {
      const target = typeof place === 'string' ? document.querySelector(place) : place;
      target?.replaceChildren(form.host);
      void form.open();
    },
    unmount: () => form.host.remove(),
    destroy: () => form.host.remove(),
    update: () => undefined,
    focus: () => form.root.querySelector('input')?.focus(),
    on(/** @type {string} */ event, /** @type {() => void} */ listener) {
      form.listeners.set(event, (form.listeners.get(event) ?? new Set()).add(listener));
      return this;
    },
    off(/** @type {string} */ event, /** @type {() => void} */ listener) {
      form.listeners.get(event)?.delete(listener);
      return this;
    },
  };
}

/**
 * @param {Account} account
 * @param {any} options
 * @returns {Promise<Answer>}
 */
async function confirmed(account, { elements, clientSecret, confirmParams = {}, redirect }) {
  const { form, clientSecret: opened } = elements?.opened() ?? {};
  const missing = confirmParams.payment_method ? null : form?.check();
  if (missing) return { error: missing };
  const { return_url: returnUrl, payment_method: saved } = confirmParams;
  const how = saved ? { payment_method: saved } : form.chosen.parameters;
  const answer = await confirm(account, clientSecret ?? opened, how, returnUrl);
  return proceed(account, answer, { redirect, returnUrl, appearance: form?.appearance ?? {} });
}

/**
 * @param {string} key
 * @param {{locale?: string}} options
 */
function Stripe(key, { locale = 'en' } = {}) {
  const account = { key, locale };
  /** @type {(name: string, answer: Answer) => any} */
  const named = (name, { intent, error }) => (error ? { error } : { [name]: intent });
  const unknown = (/** @type {string} */ name) => () => {
    throw new Error(`The simulator has no ${name}`);
  };
  /** @satisfies {StripeCalls & Record<string, unknown>} */
  const stripe = {
    elements: (/** @type {any} */ options) => newElements(account, options),
    confirmPayment: async (/** @type {any} */ options) => named('paymentIntent', await confirmed(account, options)),
    confirmSetup: async (/** @type {any} */ options) => named('setupIntent', await confirmed(account, options)),
    retrievePaymentIntent: async (/** @type {string} */ secret) =>
      named('paymentIntent', await retrieve(account, secret)),
    // React Stripe looks for these before it takes an object for Stripe; the shop calls none of them.
    createToken: unknown('createToken'),
    createPaymentMethod: unknown('createPaymentMethod'),
    confirmCardPayment: unknown('confirmCardPayment'),
  };
  return stripe;
}

Object.assign(window, { Stripe });
