// @ts-check
// The plot of accuracy over latency, with the list of what is in a range of latencies.
import { h, replace, said, table } from './dom.js';
import { drawCell, isCell } from './cell.js';
import { fixed, latencyName, ms, originOf, origins } from './format.js';
import { axis, colourOf, legend, makeChart, shapes, tooltip, upright } from './chart.js';

/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Candidate} Candidate */
/** @typedef {import('./types.js').FrontPoint} FrontPoint */
/** @typedef {import('./chart.js').Theme} Theme */

const rowsShown = 40;

// More points that are predicted than this hide each other, and take a second to draw.
const mostPredicted = 2500;

/** @param {Candidate} candidate */
const heightOf = (candidate) => candidate.accuracy ?? candidate.predictedAccuracy;

/**
 * Makes the plot and its list.
 * @param {string | null} id Of the search; null where cells have no page.
 */
export function makePareto(id) {
  const chart = makeChart('tall');
  const list = h('div');
  const note = h('p.note');
  const from = h('input', { type: 'number', min: 0, step: 'any', 'aria-label': 'Least latency, ms', placeholder: 'from' });
  const to = h('input', { type: 'number', min: 0, step: 'any', 'aria-label': 'Greatest latency, ms', placeholder: 'to' });
  const name = h('label', {}, 'Latency');
  const unit = h('span', {}, 'ms');
  const kind = h('select', { 'aria-label': 'Which architectures' },
    [['front', 'on the front'], ['labelled', 'with a label'], ['all', 'all candidates']].map(([value, name]) => h('option', { value }, name)));
  const zoom = h('input', { type: 'checkbox', checked: true });
  /** @type {Report | null} */
  let report = null;
  const refreshList = () => report && showList(list, report, id, kind.value, rangeOf(from, to));
  const refreshPlot = () => report && drawPlot(chart, note, report, zoom.checked, rangeOf(from, to));
  for (const input of [from, to]) input.addEventListener('change', () => { refreshList(); refreshPlot(); });
  kind.addEventListener('change', refreshList);
  zoom.addEventListener('change', refreshPlot);
  const brush = h('button.small', {
    type: 'button',
    onclick: () => chart.act({ type: 'takeGlobalCursor', key: 'brush', brushOption: { brushType: 'lineX', brushMode: 'single' } }),
  }, 'Select on the plot');
  const clear = h('button.small', {
    type: 'button',
    onclick: () => {
      [from.value, to.value] = ['', ''];
      chart.act({ type: 'brush', areas: [] });
      refreshList();
      refreshPlot();
    },
  }, 'Clear');
  chart.on('brushEnd', (event) => {
    const range = event.areas[0]?.coordRange;
    if (!range) return;
    [from.value, to.value] = range.map((/** @type {number} */ value) => Number(value.toPrecision(4)));
    chart.act({ type: 'takeGlobalCursor', key: 'brush', brushOption: { brushType: false } });
    chart.act({ type: 'brush', areas: [] });
    refreshList();
    refreshPlot();
  });
  chart.on('click', (event) => {
    if (id && !report?.request.space && event.seriesType === 'scatter') location.hash = `#/cell/${event.value[2]}?run=${id}`;
  });
  return {
    element: h('div.stack', {}, chart.element, note,
      h('div.tools', {}, kind, name, from, h('span', {}, 'to'), to, unit, brush, clear,
        h('label', {}, zoom, ' Best ten points of accuracy')),
      list),
    /** @param {Report} next */
    show(next) {
      report = next;
      [name.textContent, unit.textContent] = latencyName(next.result.device).split(', ');
      refreshPlot();
      refreshList();
    },
  };
}

/** Whether there are test accuracies beside the labels. @param {Report} report */
function hasTest({ request }) {
  return !request.space && (request.labels?.by ?? 'table') === 'table';
}

/** What the vertical axis shows. @param {Report} report */
function accuracyName(report) {
  return hasTest(report) ? `${report.result.labelsFrom === 'test' ? 'Test' : 'Validation'} accuracy, %` : 'Accuracy, %';
}

/** @param {any} from @param {any} to @returns {[number, number]} */
function rangeOf(from, to) {
  return [from.value === '' ? 0 : Number(from.value), to.value === '' ? Infinity : Number(to.value)];
}

/** @param {import('./chart.js').Chart} chart @param {Element} note @param {Report} report @param {boolean} isNear @param {[number, number]} range */
function drawPlot(chart, note, report, isNear, range) {
  const shown = report.candidates.filter((candidate) => candidate.latencyMs !== null && heightOf(candidate) !== null);
  const best = Math.max(0, ...shown.map((candidate) => heightOf(candidate) ?? 0), ...report.exactFront.map((point) => point.accuracy));
  const floor = isNear && best > 10 ? Math.floor(best - 10) : undefined;
  const below = shown.filter((candidate) => (heightOf(candidate) ?? 0) < (floor ?? 0)).length;
  const labelled = shown.filter((candidate) => candidate.accuracy !== null);
  const predicted = shown.filter((candidate) => candidate.accuracy === null).sort((one, other) => (heightOf(other) ?? 0) - (heightOf(one) ?? 0));
  const drawn = [...labelled, ...predicted.slice(0, mostPredicted)];
  note.textContent = shown.length === 0 ? 'No architecture has an accuracy yet.'
    : `Filled: with a label. Hollow: predicted${predicted.length > mostPredicted ? `, the best ${mostPredicted} of ${predicted.length}` : ''}.${below > 0 ? ` ${below} lie below the axis.` : ''}`;
  const { front, device } = report.result;
  const label = `Accuracy over latency: ${shown.length} candidates, ${front.length} on the front, from ${ms(front[0]?.latencyMs, device)} with ${fixed(front[0]?.accuracy)} % `
    + `to ${ms(front.at(-1)?.latencyMs, device)} with ${fixed(front.at(-1)?.accuracy)} %. The list below has the same.`;
  chart.set(label, drawn.length, (theme) => {
    const partitions = [...new Set(drawn.map((candidate) => candidate.partition))].sort((a, b) => a - b);
    const inView = (/** @type {{ y: number | null }} */ point) => floor === undefined || (point.y ?? 0) >= floor;
    const series = partitions.flatMap((partition) => seriesOf(theme, partition, drawn.filter((candidate) => candidate.partition === partition && inView({ y: heightOf(candidate) }))));
    const steps = (/** @type {{ latencyMs: number, accuracy: number }[]} */ points) => points.filter((point) => inView({ y: point.accuracy }))
      .map((point) => [point.latencyMs, point.accuracy]);
    const limit = report.request.maxLatencyMs;
    return {
      legend: legend(theme, ['Front', ...(report.exactFront.length > 0 ? ['Exact front'] : []), ...partitions.map((partition) => `Partition ${partition}`)]),
      tooltip: tooltip(theme, (item) => item.seriesType === 'scatter' ? tip(/** @type {Candidate} */ (shown.find((one) => one.index === item.value[2])), report) : null),
      brush: { toolbox: [], xAxisIndex: 0, brushStyle: { color: theme.grid, borderColor: theme.soft, opacity: 0.5 }, outOfBrush: { colorAlpha: 1 }, throttleType: 'debounce', throttleDelay: 100 },
      xAxis: axis(theme, latencyName(device)),
      yAxis: upright(theme, accuracyName(report), { min: floor }),
      series: [
        ...series,
        { name: 'Exact front', type: 'line', step: 'end', data: steps(report.exactFront), symbol: 'none', z: 3, silent: true,
          lineStyle: { color: theme.exact, width: 1.5, type: 'dashed' }, itemStyle: { color: theme.exact } },
        { name: 'Front', type: 'line', step: 'end', data: steps(front), symbol: 'none', z: 4, silent: true,
          lineStyle: { color: theme.ink, width: 1.75 }, itemStyle: { color: theme.ink },
          markLine: limit ? { symbol: 'none', silent: true, data: [{ xAxis: limit }], lineStyle: { color: theme.bad }, label: { formatter: `limit ${ms(limit, device)}`, color: theme.bad } } : undefined,
          markArea: range[0] > 0 || Number.isFinite(range[1]) ? { silent: true, itemStyle: { color: theme.grid, opacity: 0.6 },
            data: [[{ xAxis: range[0] }, { xAxis: Number.isFinite(range[1]) ? range[1] : 'max' }]] } : undefined },
      ],
    };
  });
}

/** A partition's candidates: those with a label are filled, those that are predicted hollow. @param {Theme} theme @param {number} partition @param {Candidate[]} candidates */
function seriesOf(theme, partition, candidates) {
  const colour = colourOf(theme, partition);
  const marks = (/** @type {boolean} */ isLabelled) => ({
    name: `Partition ${partition}`, type: 'scatter', symbol: shapes[partition % shapes.length], z: isLabelled ? 2 : 1, symbolSize: isLabelled ? 9 : 6,
    itemStyle: isLabelled ? { color: colour, borderColor: theme.card, borderWidth: 1 } : { color: 'transparent', borderColor: colour, borderWidth: 1, opacity: 0.45 },
    emphasis: { scale: 1.6 },
    // The third value names the candidate.
    data: candidates.filter((one) => (one.accuracy !== null) === isLabelled).map((one) => [one.latencyMs, heightOf(one), one.index]),
  });
  return [marks(true), marks(false)];
}

/** What is shown beside the pointer. @param {Candidate} candidate @param {Report} report */
function tip(candidate, report) {
  const origin = origins.find(([name]) => name === originOf(candidate.origin))?.[1];
  /** @type {FrontPoint | undefined} */
  const point = report.result.front.find((/** @type {FrontPoint} */ one) => one.index === candidate.index);
  return h('div.tipbody', {}, drawCell(candidate.architecture),
    h('p', {}, h('strong', {}, accuracyOf(candidate)), ` at ${ms(candidate.latencyMs, report.result.device)}`),
    point?.latencyFrom && h('p', {}, `Latency ${rangeOfLatency(point)}`),
    hasEnergy(point) && h('p', {}, `Energy ${energyOf(point)}`),
    h('p', {}, `Partition ${candidate.partition}, generation ${candidate.generation}, by ${origin}${point ? '; on the front' : ''}`),
    candidate.rationale && h('p.quote', {}, said(candidate.rationale, 160)));
}

/** Where a latency of the front comes from, where no table has it. @param {FrontPoint} point */
function rangeOfLatency({ latencyFrom, latencyLowMs, latencyHighMs }) {
  return latencyLowMs === latencyHighMs ? latencyFrom : `${latencyFrom}, nine in ten from ${ms(latencyLowMs)} to ${ms(latencyHighMs)}`;
}

/** @param {FrontPoint | undefined} point */
function hasEnergy(point) {
  return point?.energyMj !== null && point?.energyMj !== undefined;
}

/** @param {FrontPoint | undefined} point */
function energyOf(point) {
  return hasEnergy(point) ? `${Number(point?.energyMj?.toPrecision(4))} mJ` : fixed(null);
}

/** @param {Candidate} candidate */
function accuracyOf(candidate) {
  if (candidate.accuracy !== null) return `${fixed(candidate.accuracy)} % measured`;
  if (candidate.predictedAccuracy === null) return 'not predicted';
  const deviation = candidate.predictedDeviation;
  return `${fixed(candidate.predictedAccuracy)} % predicted${deviation === null ? '' : ` ± ${fixed(2 * deviation)}`}`;
}

/**
 * @param {Element} list @param {Report} report @param {string | null} id @param {string} kind @param {[number, number]} range
 */
function showList(list, report, id, kind, range) {
  /** @type {Map<number, FrontPoint>} */
  const front = new Map(report.result.front.map((/** @type {FrontPoint} */ point) => [point.index, point]));
  const [isLinked, isDrawn] = [id && !report.request.space, report.candidates.every((one) => isCell(one.architecture))];
  const withEnergy = [...front.values()].some(hasEnergy);
  const found = report.candidates
    .filter((one) => one.latencyMs !== null && one.latencyMs >= range[0] && one.latencyMs <= range[1])
    .filter((one) => (kind === 'front' ? front.has(one.index) : kind === 'labelled' ? one.accuracy !== null : true))
    .sort((a, b) => (a.latencyMs ?? 0) - (b.latencyMs ?? 0));
  const rows = found.slice(0, kind === 'front' ? found.length : rowsShown).map((one) => [
    [isLinked ? h('a', { href: `#/cell/${one.index}?run=${id}` }, one.index) : one.index, one.index === report.knee && h('small', {}, ' knee')],
    ...(isDrawn ? [h('span.thumb', {}, drawCell(one.architecture))] : []),
    latencyCell(one, front.get(one.index), report.result.device), ...(withEnergy ? [energyOf(front.get(one.index))] : []),
    accuracyOf(one), ...(hasTest(report) ? [fixed(front.get(one.index)?.testAccuracy)] : []), one.partition, one.generation, originOf(one.origin),
    h('code', {}, one.architecture),
  ]);
  replace(list, h('p.note', { role: 'status' }, `${found.length} architectures${rows.length < found.length ? `, the fastest ${rows.length} of them shown` : ''}.`,
    report.knee !== null && ' The knee is the compromise to look at first.', hasTest(report) && report.result.labelsFrom !== 'test' && ' Test accuracy was never seen by the search and judges it.'),
    rows.length > 0 && table('Architectures, fastest first', ['Index', ...(isDrawn ? ['Cell'] : []), { text: latencyName(report.result.device).split(',')[0], number: true },
      ...(withEnergy ? [{ text: 'Energy', number: true }] : []), { text: 'Accuracy', number: true },
      ...(hasTest(report) ? [{ text: 'Test accuracy, %', number: true }] : []), { text: 'Partition', number: true }, { text: 'Generation', number: true }, 'By', 'Notation'], rows, 'list'));
}

/** @param {Candidate} candidate @param {FrontPoint | undefined} point Its point of the front, which knows where its latency comes from. @param {string} device */
function latencyCell(candidate, point, device) {
  return [ms(candidate.latencyMs, device), ...(point?.latencyFrom ? [h('small.under', {}, rangeOfLatency(point))] : [])];
}
