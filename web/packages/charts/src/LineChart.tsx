import { scaleLinear } from '@visx/scale';
import { AreaClosed, LinePath } from '@visx/shape';
import { Axes } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { type ChartData, type ChartSeries, extent, HEIGHT, MARGIN } from './data.ts';

const COLOURS = ['stroke-brand', 'stroke-control'];
/** Also who sees no colours knows one line from the other. */
const SHAPES = ['stroke-2', '[stroke-dasharray:4_3]'];
const DOTS = ['fill-brand', 'fill-control'];
const TRENDS = { up: { stroke: 'stroke-up', fill: 'fill-up' }, down: { stroke: 'stroke-down', fill: 'fill-down' } };

const strokeOf = ({ trend }: ChartSeries, index: number) =>
  `${trend ? TRENDS[trend].stroke : COLOURS[index]} ${SHAPES[index]}`;
const fillOf = ({ trend }: ChartSeries, index: number) => (trend ? TRENDS[trend].fill : DOTS[index]);

/** Up to two lines: the first is what is looked at, with its area; the second, dashed, what it is compared with. */
export function LineChart(data: ChartData) {
  return (
    <ChartFrame data={data} swatches={data.series.map(strokeOf)}>
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
          className={`${fillOf(first, 0)} opacity-10`}
        />
      )}
      {series
        .map((one, index) => ({ one, stroke: strokeOf(one, index) }))
        .reverse()
        .map(({ one: { name, values }, stroke }) => (
          <LinePath
            key={name}
            data={points(values)}
            x={(point) => point.x}
            y={(point) => point.y}
            className={`fill-none ${stroke}`}
            strokeLinejoin="round"
          />
        ))}
      {active !== null && (
        <line x1={x(active)} x2={x(active)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} className="stroke-line" />
      )}
      {series.map((one, index) =>
        one.values
          .map((value, place) => ({ value, place }))
          .filter(({ place }) => place === active || labels.length === 1)
          .map(({ value, place }) => (
            <circle key={`${one.name} ${place}`} cx={x(place)} cy={y(value)} r={4} className={fillOf(one, index)} />
          )),
      )}
    </>
  );
}
