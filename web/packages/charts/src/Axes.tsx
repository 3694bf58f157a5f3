import { AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import type { scaleLinear } from '@visx/scale';
import { type ChartData, HEIGHT, labelled, MARGIN } from './data.ts';

const LABEL = { fill: 'var(--muted)', fontSize: 12, fontFamily: 'inherit' } as const;

const TICKS = 4;

interface Props {
  data: ChartData;
  width: number;
  y: ReturnType<typeof scaleLinear<number>>;
  /** The middle of a point. */
  x: (index: number) => number;
}

/** Hairlines at round values, and as many labels below as there is room for. */
export function Axes({ data: { labels, series, format, formatTick = format }, width, y, x }: Props) {
  const plot = width - MARGIN.left - MARGIN.right;
  const places = labelled(labels.length, plot);
  const isWhole = series.every(({ values }) => values.every(Number.isInteger));
  // There is no half order.
  const ticks = y.ticks(TICKS).filter((value) => !isWhole || Number.isInteger(value));
  return (
    <>
      <GridRows scale={y} left={MARGIN.left} width={plot} tickValues={ticks} stroke="var(--line)" />
      <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(0)} y2={y(0)} className="stroke-control" />
      <AxisLeft
        scale={y}
        left={MARGIN.left}
        tickValues={ticks}
        hideAxisLine
        hideTicks
        tickFormat={(value) => formatTick(Number(value))}
        tickLabelProps={() => ({ ...LABEL, textAnchor: 'end', dx: '-0.4em', dy: '0.33em' })}
      />
      {places.map((index) => (
        <text
          key={labels[index]}
          x={x(index)}
          y={HEIGHT - 8}
          textAnchor={index === 0 && labels.length > 1 ? 'start' : 'middle'}
          {...LABEL}
        >
          {labels[index]}
        </text>
      ))}
    </>
  );
}
