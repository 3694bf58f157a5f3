const LOOK_SECONDS = 2;

/**
 * Shows the code of WeChat Pay until it is paid, refused, or closed; and the payer's phone as two buttons.
 * @param {Account} account
 * @param {Intent} intent
 * @param {Appearance} appearance
 * @returns {Promise<Answer>}
 */
async function showCode(account, intent, appearance) {
  const { code } = wordsOf(account.locale);
  const action = /** @type {{image_data_url: string}} */ (intent.next_action?.wechat_pay_display_qr_code);
  const host = node('div', { lang: account.locale });
  dress(host, appearance);
  const buttons = {
    paid: node('button', { type: 'button', className: 'main', textContent: code.paid }),
    refused: node('button', { type: 'button', textContent: code.refused }),
    close: node('button', { type: 'button', textContent: code.close }),
  };
  const dialog = node(
    'dialog',
    {},
    node('h2', { id: 'title', textContent: code.title }),
    node('p', { textContent: code.lead }),
    node('img', { src: action.image_data_url, alt: code.picture, width: 200, height: 200 }),
    node('p', { role: 'status', textContent: code.waiting }),
    ...Object.values(buttons),
  );
  dialog.setAttribute('aria-labelledby', 'title');
  shadowOf(host).append(dialog);
  document.body.append(host);
  dialog.showModal();
  try {
    return await answered(account, intent, dialog, buttons);
  } finally {
    dialog.close();
    host.remove();
  }
}

/**
 * @param {Account} account
 * @param {Intent} intent
 * @param {HTMLDialogElement} dialog
 * @param {{paid: HTMLButtonElement, refused: HTMLButtonElement, close: HTMLButtonElement}} buttons
 * @returns {Promise<Answer>}
 */
function answered(account, intent, dialog, buttons) {
  return new Promise((resolve) => {
    const finish = (/** @type {Answer} */ answer) => {
      clearInterval(timer);
      resolve(answer);
    };
    const look = async () => {
      const answer = await retrieve(account, intent.client_secret);
      if (answer.intent && answer.intent.status !== 'requires_action') finish(answer);
    };
    const timer = setInterval(look, LOOK_SECONDS * 1000);
    buttons.paid.onclick = () => void authorize(intent, 'complete').then(look);
    buttons.refused.onclick = () => void authorize(intent, 'fail').then(look);
    buttons.close.onclick = () => finish({ intent });
    dialog.oncancel = () => finish({ intent });
  });
}
