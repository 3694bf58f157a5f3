export const zh = {
  label: '涨跌颜色',
  hint: '只记在这个浏览器里。',
  markets: { usual: '按语言的习惯（中文：红涨绿跌）', 'red-up': '红涨绿跌', 'green-up': '绿涨红跌' },
  up: '涨',
  down: '跌',
};
