export const zh = {
  title: '创作室',
  toShop: '回到商店',
};
