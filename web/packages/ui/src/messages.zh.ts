export const zh = {
  stars: (value: string) => `${value} 星，满分 5 星`,
  ratings: (count: number) => `${count} 条评价`,
  retry: '再试一次',
  errorTitle: '这里出了点问题',
  errorBody: '内容没能加载出来。多半是暂时的，请稍后再试。',
  offlineTitle: '连不上网络',
  offlineBody: '看起来网络断开了。连上之后再试一次即可，已填写的内容还在。',
  errorId: '问题编号',
  close: '关闭',
  more: '更多',
  loading: '正在加载…',
  shown: (count: number) => `已显示 ${count} 项`,
};
