export const zh = {
  searchLabel: '搜索商品',
  searchPlaceholder: '找一件好东西',
  search: '搜索',
  categories: '商品分类',
  allProducts: '全部商品',
  suggestions: '搜索建议',
  suggestionKinds: { product: '商品', category: '分类', vendor: '作坊' },
};
