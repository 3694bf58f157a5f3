const ZH = {
  legend: '模拟支付：不会动用真钱',
  note: '这里没有真的银行。请选一张测试卡，或者一个钱包。',
  amount: '应付金额',
  endingIn: (/** @type {string} */ last4) => `尾号 ${last4}`,
  loading: '正在加载付款方式…',
  failed: '付款方式没能加载出来。请刷新页面。',
  choose: '请选择一种付款方式。',
  offline: '连不上模拟支付服务。',
  /** @type {Record<string, string>} */
  behaviours: {
    pays: '付款成功',
    asks: '银行先要求验证（3-D Secure）',
    asks_then_declines: '验证以后被拒绝',
    generic_decline: '被银行拒绝',
    insufficient_funds: '余额不足',
    expired_card: '卡已过期',
    incorrect_cvc: '安全码不对',
    processing_error: '银行处理出错',
  },
  /** @type {Record<string, {name: string, how: string}>} */
  wallets: {
    alipay: { name: '支付宝', how: '会打开支付宝的模拟页面' },
    wechat_pay: { name: '微信支付', how: '会显示一个二维码' },
  },
  code: {
    title: '微信支付（模拟）',
    lead: '真的支付要用微信扫这个码。这里按下面的按钮，就当作在手机上按过了。',
    picture: '付款二维码',
    paid: '在手机上付款',
    refused: '在手机上取消',
    close: '换一种方式',
    waiting: '正在等待付款…',
  },
};

/** @type {Words} */
const EN = {
  legend: 'Simulated payment: no money',
  note: 'There is no real bank here. Choose a test card or a wallet.',
  amount: 'To pay',
  endingIn: (last4) => `ending in ${last4}`,
  loading: 'Loading the ways to pay…',
  failed: 'The ways to pay could not be loaded. Please reload the page.',
  choose: 'Please choose a way to pay.',
  offline: 'The simulated payment service cannot be reached.',
  behaviours: {
    pays: 'pays',
    asks: 'the bank asks first (3-D Secure)',
    asks_then_declines: 'declined after the bank has asked',
    generic_decline: 'declined',
    insufficient_funds: 'not enough money',
    expired_card: 'expired',
    incorrect_cvc: 'wrong security code',
    processing_error: 'the bank has a problem',
  },
  wallets: {
    alipay: { name: 'Alipay', how: 'opens a simulated page of Alipay' },
    wechat_pay: { name: 'WeChat Pay', how: 'shows a QR code' },
  },
  code: {
    title: 'WeChat Pay (simulated)',
    lead: 'A real payment is made by scanning this code with WeChat. Here, the buttons stand for the phone.',
    picture: 'QR code to pay with',
    paid: 'Pay on the phone',
    refused: 'Refuse on the phone',
    close: 'Pay another way',
    waiting: 'Waiting for the payment…',
  },
};

/** @type {Record<string, string>} */
const BRANDS = { visa: 'Visa', mastercard: 'Mastercard', unionpay: 'UnionPay', amex: 'American Express' };

/** @param {string} locale */
function wordsOf(locale) {
  return locale.startsWith('zh') ? ZH : EN;
}
