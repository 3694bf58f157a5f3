/** A way to pay that the form offers: its name, what will happen, and the parameters it is confirmed with. */
/** @typedef {{id: string, name: string, how: string, parameters: Record<string, string>}} Way */

/**
 * @param {Intent} intent
 * @param {Words} words
 * @returns {Way[]}
 */
function waysOf(intent, words) {
  const cards = CARDS.map(({ reference, brand, last4, behaviour }) => ({
    id: reference,
    name: `${BRANDS[brand] ?? brand} ${words.endingIn(last4)}`,
    how: words.behaviours[behaviour] ?? behaviour,
    parameters: { payment_method: reference },
  }));
  const wallets = intent.payment_method_types.flatMap((type) => {
    const wallet = words.wallets[type];
    /** @type {Record<string, string>} */
    const parameters = { 'payment_method_data[type]': type };
    // The page, not an app, shows the code.
    if (type === 'wechat_pay') parameters['payment_method_options[wechat_pay][client]'] = 'web';
    return wallet ? [{ id: type, ...wallet, parameters }] : [];
  });
  return intent.payment_method_types.includes('card') ? [...cards, ...wallets] : wallets;
}

/** What stands in for Stripe's frame with fields of a card: nothing can be typed here. */
class PaymentForm {
  /**
   * @param {Account} account
   * @param {string} clientSecret
   * @param {Appearance} appearance
   */
  constructor(account, clientSecret, appearance) {
    this.account = account;
    this.clientSecret = clientSecret;
    this.words = wordsOf(account.locale);
    this.host = node('div', { lang: account.locale });
    this.root = shadowOf(this.host);
    this.problem = node('p', { className: 'problem', role: 'alert' });
    /** @type {Way | null} */
    this.chosen = null;
    /** @type {Map<string, Set<(event?: object) => void>>} */
    this.listeners = new Map();
    this.dress(appearance);
    this.root.append(node('p', { className: 'note', role: 'status', textContent: this.words.loading }));
  }

  /** @param {Appearance} appearance */
  dress(appearance) {
    this.appearance = appearance;
    dress(this.host, appearance);
  }

  async open() {
    const { intent, error } = await retrieve(this.account, this.clientSecret);
    if (error) {
      this.root.replaceChildren(node('p', { className: 'problem', role: 'alert', textContent: this.words.failed }));
      this.say('loaderror', { elementType: 'payment', error });
      return;
    }
    this.root.replaceChildren(
      node(
        'fieldset',
        {},
        node('legend', { textContent: this.words.legend }),
        node('p', { className: 'note', textContent: this.words.note }),
        ...waysOf(intent, this.words).map((way) => this.option(way)),
        this.problem,
      ),
    );
    this.say('ready', { elementType: 'payment' });
  }

  /** @param {Way} way */
  option(way) {
    const radio = node('input', { type: 'radio', name: 'way', value: way.id });
    radio.onchange = () => {
      this.chosen = way;
      this.problem.textContent = '';
      this.say('change', { elementType: 'payment', complete: true, empty: false, value: { type: way.id } });
    };
    const name = node('span', { className: 'name', textContent: way.name });
    return node('label', {}, radio, name, ' ', node('span', { className: 'how', textContent: way.how }));
  }

  /** Stripe's form checks itself, and shows what is missing. */
  check() {
    if (this.chosen) return null;
    this.problem.textContent = this.words.choose;
    this.root.querySelector('input')?.focus();
    return { type: 'validation_error', code: 'incomplete_payment_details', message: this.words.choose };
  }

  /**
   * @param {string} event
   * @param {object} detail
   */
  say(event, detail) {
    for (const listener of this.listeners.get(event) ?? []) listener(detail);
  }
}
