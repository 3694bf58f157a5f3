import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from 'react';
import { ChartTable } from './ChartTable.tsx';
import { type ChartData, HEIGHT, MARGIN } from './data.ts';
import { Legend } from './Legend.tsx';
import { texts } from './texts.ts';
import { useWidth } from './useWidth.ts';

interface Props {
  data: ChartData;
  /** Swatches of the legend, by series. */
  swatches: readonly string[];
  /** Draws into a plot of this width; `active` is the point that is looked at. */
  children: (width: number, active: number | null) => ReactNode;
}

/** The figure around a chart: caption, legend, a cursor for pointer and arrow keys, and the same as a table. */
export function ChartFrame({ data, swatches, children }: Props) {
  const t = useTexts(texts);
  const id = useId();
  const [ref, width] = useWidth();
  const [active, setActive] = useState<number | null>(null);
  const last = data.labels.length - 1;
  const said = active === null ? null : valuesAt(data, Math.min(active, last));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepOf(event.key, active, last);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
  };
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width: shown } = currentTarget.getBoundingClientRect();
    const part = (clientX - left - MARGIN.left) / (shown - MARGIN.left - MARGIN.right);
    setActive(Math.max(0, Math.min(last, Math.floor(part * data.labels.length))));
  };
  return (
    <figure aria-labelledby={`${id}-title`}>
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm">
        <span id={`${id}-title`} className="font-medium">
          {data.title}
        </span>
        <Legend series={data.series} swatches={swatches} />
      </figcaption>
      <p id={`${id}-about`} className="sr-only">
        {data.description} {last > 0 && t.keys}
      </p>
      {last < 0 ? (
        <p className="py-10 text-center text-muted">{t.noData}</p>
      ) : (
        <div ref={ref} dir="ltr" className="mt-2">
          <p aria-hidden="true" className="h-6 truncate text-sm text-muted tabular-nums">
            {said && t.point(said.label, said.values)}
          </p>
          <div
            role="slider"
            tabIndex={0}
            aria-labelledby={`${id}-title`}
            aria-describedby={`${id}-about`}
            aria-valuemin={0}
            aria-valuemax={last}
            aria-valuenow={Math.min(active ?? 0, last)}
            aria-valuetext={valueText(t, data, Math.min(active ?? 0, last))}
            className="rounded-control"
            onKeyDown={onKeyDown}
            onFocus={() => setActive((now) => now ?? 0)}
            onBlur={() => setActive(null)}
            onPointerMove={onPointerMove}
            onPointerLeave={() => setActive(null)}
          >
            <svg width={width} height={HEIGHT} className="block max-w-full overflow-visible" aria-hidden="true">
              {children(width, active === null ? null : Math.min(active, last))}
            </svg>
          </div>
        </div>
      )}
      {last >= 0 && <ChartTable data={data} />}
    </figure>
  );
}

function valuesAt({ labels, series, format }: ChartData, index: number) {
  const values = series.map(({ name, values }) => {
    const value = format(values[index] ?? 0);
    return series.length > 1 ? `${name} ${value}` : value;
  });
  return { label: labels[index] ?? '', values: values.join(' · ') };
}

function valueText(t: (typeof texts)['en'], data: ChartData, index: number): string {
  const { label, values } = valuesAt(data, index);
  return t.point(label, values);
}

function stepOf(key: string, active: number | null, last: number): number | undefined {
  const at = active ?? 0;
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(at + 1, last);
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  return undefined;
}
