// The simulator over HTTP, as Stripe.js calls Stripe: with a publishable key, and the secret of one intent.

/**
 * @param {Account} account
 * @param {'GET' | 'POST'} method
 * @param {string} path
 * @param {Record<string, string>} parameters
 * @returns {Promise<Answer>}
 */
async function call(account, method, path, parameters) {
  const sent = new URLSearchParams({ key: account.key, ...parameters });
  const address = `${HOME}/v1/${path}`;
  try {
    const answer = await fetch(
      method === 'GET' ? new Request(`${address}?${sent}`) : new Request(address, { method, body: sent }),
    );
    const said = await answer.json();
    return answer.ok ? { intent: said } : { error: said.error };
  } catch {
    return { error: { type: 'api_connection_error', message: wordsOf(account.locale).offline } };
  }
}

/** @param {string} clientSecret */
function pathOf(clientSecret) {
  const id = clientSecret.split('_secret_')[0] ?? '';
  return `${id.startsWith('seti') ? 'setup_intents' : 'payment_intents'}/${id}`;
}

/**
 * @param {Account} account
 * @param {string} clientSecret
 */
function retrieve(account, clientSecret) {
  return call(account, 'GET', pathOf(clientSecret), { client_secret: clientSecret });
}

/**
 * @param {Account} account
 * @param {string} clientSecret
 * @param {Record<string, string>} how
 * @param {string} returnUrl
 */
function confirm(account, clientSecret, how, returnUrl) {
  return call(account, 'POST', `${pathOf(clientSecret)}/confirm`, {
    client_secret: clientSecret,
    return_url: returnUrl,
    ...how,
  });
}

/**
 * The payer's answer to a bank or wallet, given for them.
 * @param {Intent} intent
 * @param {'complete' | 'fail'} outcome
 */
async function authorize(intent, outcome) {
  const body = new URLSearchParams({ outcome });
  const headers = { Accept: 'application/json' };
  await fetch(new Request(`${HOME}/authorize/${intent.id}`, { method: 'POST', headers, body })).catch(() => undefined);
}
