export const zh = {
  title: '管理后台',
  lead: '请用员工账户登录。',
  rooms: '后台导航',
  overview: '总览',
  toShop: '回到商店',
  signOut: '退出登录',
  notForYouTitle: '这里只供员工使用',
  notForYouBody: '你的账户没有后台权限。如果应该有，请联系管理员。',
  notFound: '没有这个页面',
};
