const NAMES: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: '银联 UnionPay',
  alipay: '支付宝 Alipay',
  wechat_pay: '微信支付 WeChat Pay',
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
};

/** A brand or kind as it calls itself, by the provider's word for it. */
export function brandName(word: string): string {
  return NAMES[word] ?? word.charAt(0).toUpperCase() + word.slice(1).replace(/_/g, ' ');
}
