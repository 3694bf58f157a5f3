export const zh = {
  cancelTitle: '取消这份订单？',
  cancelUnpaid: '东西会回到购物车，想买时可以再下单。',
  cancelPaid: (amount: string) => `付过的 ${amount} 会退回原来的付款方式。几天到账由银行决定。`,
  cancelFinal: '取消之后不能恢复。',
  cancelReason: '原因（选填）',
  cancelReasonHint: '只给店铺看，能帮我们做得更好。',
  keep: '先不取消',
};
