import type { ChartSeries } from './data.ts';

interface Props {
  series: readonly ChartSeries[];
  swatches: readonly string[];
}

/** Which line is which; one alone needs none. */
export function Legend({ series, swatches }: Props) {
  if (series.length < 2) return null;
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
      {series.map(({ name, trend }, index) => (
        <span key={name} className="inline-flex items-center gap-1.5">
          <svg viewBox="0 0 16 8" className="h-2 w-4" aria-hidden="true">
            <line x1="0" y1="4" x2="16" y2="4" className={swatches[index]} />
          </svg>
          {trend && <span aria-hidden="true">{trend === 'up' ? '▲' : '▼'}</span>}
          {name}
        </span>
      ))}
    </span>
  );
}
