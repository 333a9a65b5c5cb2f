// @ts-check
// Devices of one's own: what was measured, how well it predicts the rest, and what to measure next.
import { h, numbers, replace, table } from './dom.js';
import { ApiProblem, request } from './api.js';
import { axis, makeChart, shapes, tooltip, upright } from './chart.js';
import { clock, fixed, ms, percent, whole } from './format.js';

const suggested = 10;

/** @typedef {import('./types.js').Device} Device */
/** @typedef {import('./types.js').DevicePoint} DevicePoint */

/**
 * What is measured of a device for one data set.
 * @param {Device} device @param {string} dataset
 */
export async function measuredOf(device, dataset) {
  /** @type {import('./types.js').StoredDevice} */
  const stored = await request(`devices/${device.name}?dataset=${dataset}&format=summary`);
  const title = h('h3', {}, `${device.name}, ${dataset}`);
  const { validation } = stored;
  if (validation === null) {
    return h('div.stack', {}, title,
      h('p.note', {}, `All ${whole(stored.measured)} cells have a latency, from ${ms(stored.minLatencyMs)} to ${ms(stored.maxLatencyMs)}.`),
      stored.warning && h('p.notice', {}, stored.warning));
  }
  const { cells } = await request(`devices/${device.name}?dataset=${dataset}&format=measured`);
  const { setup } = stored;
  const facts = [
    ['Measured', `${whole(stored.measured)} cells${stored.infeasible > 0 ? `, ${whole(stored.infeasible)} of which do not run` : ''}`],
    ['Rank correlation', validation.spearman === null ? 'none' : fixed(validation.spearman)],
    ['Median error', percent(validation.relativeError)],
    ['Range', `${ms(stored.minLatencyMs)} to ${ms(stored.maxLatencyMs)}`],
    ...(setup ? [['Machine', setup.machine],
      ['Runtime', `${setup.runtime}, ${setup.threads === 1 ? '1 thread' : `${setup.threads} threads`}`],
      ['Measured at', `${clock(setup.measuredAt)} UTC`]] : []),
  ];
  return h('div.stack', {}, title,
    h('dl.facts', {}, facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    [validation.warning, stored.warning].map((text) => text && h('p.notice', {}, text)),
    h('p.note', {}, 'Each measured cell beside what all the others predict of it. On the line they agree.'),
    scatterOf(device.name, cells),
    h('details', {}, h('summary', {}, 'The measurements'), h('div', {}, pointsOf(cells))),
    suggestions(device.name, dataset));
}

/** @param {string} name @param {DevicePoint[]} cells */
function scatterOf(name, cells) {
  const run = cells.filter((cell) => cell.latencyMs !== null && cell.predictedMs !== null);
  const chart = makeChart();
  const ends = run.flatMap((cell) => [Number(cell.latencyMs), Number(cell.predictedMs)]);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  chart.set(`Predicted over measured latency of ${run.length} cells on ${name}. The list below has the same.`, run.length, (theme) => ({
    tooltip: tooltip(theme, (item) => item.data.cell && h('div.tipbody', {}, h('p', {}, h('strong', {}, `Cell ${item.data.cell.index}`)),
      h('p', {}, `${ms(item.data.cell.latencyMs)} measured, ${ms(item.data.cell.predictedMs)} predicted`))),
    xAxis: axis(theme, 'Measured, ms'),
    yAxis: upright(theme, 'Predicted, ms'),
    series: [
      { name: 'Agreement', type: 'line', symbol: 'none', silent: true, data: [[least, least], [most, most]],
        lineStyle: { color: theme.exact, type: 'dashed', width: 1.5 } },
      { name: 'Cells', type: 'scatter', symbol: shapes[0], symbolSize: 9, itemStyle: { color: theme.colours[0] },
        data: run.map((cell) => ({ value: [cell.latencyMs, cell.predictedMs], cell })) },
    ],
  }));
  return chart.element;
}

/** @param {DevicePoint[]} cells */
function pointsOf(cells) {
  return table('Measured cells, fastest first', ['Index', ...numbers('Measured', 'Predicted', 'Repeats', 'Spread'), 'Notation'],
    cells.map((cell) => [cellLink(cell.index), cell.latencyMs === null ? 'does not run' : ms(cell.latencyMs), ms(cell.predictedMs),
      cell.repeats,
      cell.repeats > 1 ? ms(cell.spreadMs) : ms(null), h('code', {}, cell.architecture)]), 'list');
}

/**
 * A button that names the cells to measure, and what it named.
 * @param {string | (() => string)} name Of the device; one that is not stored gets the first cells. @param {string} [dataset]
 */
export function suggestions(name, dataset) {
  const answer = h('div.stack', { role: 'status' });
  const button = h('button.small', {
    type: 'button',
    onclick: async () => {
      if (button.ariaDisabled) return;
      button.ariaDisabled = 'true';
      replace(answer, h('p.note', {}, 'Weighing the cells…'));
      try {
        const device = typeof name === 'string' ? name : name();
        const of = dataset ? `&dataset=${dataset}` : '';
        const { cells } = await request(
          `devices/${encodeURIComponent(device)}/suggestions?count=${suggested * (dataset ? 1 : 2)}${of}`);
        replace(answer, h('p.note', {}, 'The most telling first. A page of a cell has its network as ONNX and PyTorch.'),
          table('Cells to measure', ['Index', 'Notation'],
            cells.map((/** @type {DevicePoint} */ cell) => [cellLink(cell.index), h('code', {}, cell.architecture)]), 'list'));
      } catch (problem) {
        if (!(problem instanceof ApiProblem)) throw problem;
        replace(answer, h('p.bad', {}, Object.values(problem.errors).flat().join(' ') || problem.message));
      } finally {
        button.ariaDisabled = null;
      }
    },
  }, dataset ? 'What to measure next' : 'What to measure first');
  return h('div.stack', {}, h('div.row', {}, button), answer);
}

/** @param {number} index */
function cellLink(index) {
  return h('a', { href: `#/cell/${index}` }, index);
}
