export const zh = {
  homeTitle: ['慢慢做成，', '长久地用。'],
  homeHeadline: '慢慢做成，长久地用',
  homeLead: '小作坊和手艺人的器物：从一炉陶、一块布、一把刀开始。每一件都写明是谁做的。',
  shopAll: '看看全部商品',
  popular: '大家常买',
  newest: '新到',
  seeAll: '全部',
  makers: '出自谁手',
  promises: [
    { title: '付款时，货为你留着', body: '页面上的库存是实时的；进入结账之后，别人买不走你的那一件。' },
    { title: '评价写明是否买过', body: '买过的人有标记，差评和好评一样显示。' },
    { title: '退货不用求人', body: '在订单页选好商品和原因就能申请，退款按原路返回。' },
  ],
  howReturns: '退货怎么办理',
  pieces: (count: number) => `${count} 件`,
};
