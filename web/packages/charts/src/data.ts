/** One line or one set of bars; `values` has a value for each label of the chart. */
export interface ChartSeries {
  name: string;
  values: readonly number[];
  /** What is a rise or a fall is in the colours that the reader has for these, and has an arrow. */
  trend?: 'up' | 'down';
}

export interface ChartData {
  title: string;
  /** What the figure is about, for who cannot see it; the numbers themselves are read by arrow keys or as a table. */
  description: string;
  /** What the labels are, the head of the table's first column: "Day". */
  axis: string;
  labels: readonly string[];
  series: readonly ChartSeries[];
  format: (value: number) => string;
  /** Shorter, beside the axis. */
  formatTick?: (value: number) => string;
}

export const HEIGHT = 220;
export const MARGIN = { top: 12, right: 8, bottom: 28, left: 56 };

/** From the least to the most, zero included; never empty, so that a shop without sales has an axis too. */
export function extent(series: readonly ChartSeries[]): [number, number] {
  const all = series.flatMap(({ values }) => values);
  const least = Math.min(0, ...all);
  const most = Math.max(0, ...all);
  return least === most ? [0, 1] : [least, most];
}

const LABEL_WIDTH = 84;

/** Places of the labels that fit beside each other: the first, and others at equal distances. */
export function labelled(count: number, width: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(width / LABEL_WIDTH))));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
