export const zh = {
  asTable: '以表格查看',
  noData: '这段时间还没有数据。',
  keys: '用左右方向键逐点查看。',
  point: (label: string, values: string) => `${label}：${values}`,
};
