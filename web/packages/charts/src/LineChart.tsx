import { scaleLinear } from '@visx/scale';
import { AreaClosed, LinePath } from '@visx/shape';
import { Axes } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { type ChartData, extent, HEIGHT, MARGIN } from './data.ts';

const STROKES = ['stroke-brand stroke-2', 'stroke-control [stroke-dasharray:4_3]'];
const DOTS = ['fill-brand', 'fill-control'];

/** Up to two lines: the first is what is looked at, with its area; the second, dashed, what it is compared with. */
export function LineChart(data: ChartData) {
  return (
    <ChartFrame data={data} swatches={STROKES}>
      {(width, active) => <Plot data={data} width={width} active={active} />}
    </ChartFrame>
  );
}

function Plot({ data, width, active }: { data: ChartData; width: number; active: number | null }) {
  const { labels, series } = data;
  const half = (width - MARGIN.left - MARGIN.right) / labels.length / 2;
  const y = scaleLinear<number>({ domain: extent(series), range: [HEIGHT - MARGIN.bottom, MARGIN.top], nice: 4 });
  const x = (index: number) => MARGIN.left + half * (2 * index + 1);
  const points = (values: readonly number[]) => values.map((value, index) => ({ x: x(index), y: y(value) }));
  const [first] = series;
  return (
    <>
      <Axes data={data} width={width} x={x} y={y} />
      {first && labels.length > 1 && (
        <AreaClosed
          data={points(first.values)}
          x={(point) => point.x}
          y={(point) => point.y}
          y0={y(0)}
          yScale={y}
          className="fill-brand opacity-10"
        />
      )}
      {[...series].reverse().map(({ name, values }, index) => (
        <LinePath
          key={name}
          data={points(values)}
          x={(point) => point.x}
          y={(point) => point.y}
          className={`fill-none ${STROKES[series.length - 1 - index]}`}
          strokeLinejoin="round"
        />
      ))}
      {active !== null && (
        <line x1={x(active)} x2={x(active)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} className="stroke-line" />
      )}
      {series.map(({ name, values }, index) =>
        values
          .map((value, place) => ({ value, place }))
          .filter(({ place }) => place === active || labels.length === 1)
          .map(({ value, place }) => (
            <circle key={`${name} ${place}`} cx={x(place)} cy={y(value)} r={4} className={DOTS[index]} />
          )),
      )}
    </>
  );
}
