import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { Axes } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { type ChartData, extent, HEIGHT, MARGIN } from './data.ts';

const LEAST = 1;

/** A bar for each label; what is below zero hangs down, in the colour of warnings. One series. */
export function BarChart(data: ChartData) {
  return (
    <ChartFrame data={data} swatches={['stroke-brand']}>
      {(width, active) => <Plot data={data} width={width} active={active} />}
    </ChartFrame>
  );
}

function Plot({ data, width, active }: { data: ChartData; width: number; active: number | null }) {
  const values = data.series[0]?.values ?? [];
  const places = values.map((_, index) => index);
  const x = scaleBand<number>({ domain: places, range: [MARGIN.left, width - MARGIN.right], padding: 0.25 });
  const y = scaleLinear<number>({ domain: extent(data.series), range: [HEIGHT - MARGIN.bottom, MARGIN.top], nice: 4 });
  const left = (index: number) => x(index) ?? 0;
  return (
    <>
      <Axes data={data} width={width} x={(index) => left(index) + x.bandwidth() / 2} y={y} />
      {places.map((index) => {
        const value = values[index] ?? 0;
        return (
          <Bar
            key={data.labels[index]}
            x={left(index)}
            y={Math.min(y(value), y(0) - (value < 0 ? 0 : LEAST))}
            width={Math.min(x.bandwidth(), 48)}
            height={Math.max(Math.abs(y(value) - y(0)), LEAST)}
            rx={2}
            className={`${value < 0 ? 'fill-danger' : 'fill-brand'} ${active === null || active === index ? '' : 'opacity-40'}`}
          />
        );
      })}
    </>
  );
}
