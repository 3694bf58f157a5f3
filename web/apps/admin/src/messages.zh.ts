export const zh = {
  title: '管理后台',
  toShop: '回到商店',
};
