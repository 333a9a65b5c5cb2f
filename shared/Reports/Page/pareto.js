// @ts-check
// The plot of accuracy over latency, with the list of what is in a range of latencies, and a slider that goes through it.
import { h, replace, speak } from './dom.js';
import { fixed, latencyName, ms } from './format.js';
import { axis, colourOf, legend, makeChart, shapes, tooltip, upright } from './chart.js';
import { hasTest, linkTo, pointsIn, showList, tip } from './points.js';

/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Candidate} Candidate */
/** @typedef {import('./chart.js').Theme} Theme */

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
  const from = h('input', { type: 'number', min: 0, step: 'any', placeholder: 'from', onchange: narrow });
  const to = h('input', { type: 'number', min: 0, step: 'any', placeholder: 'to', onchange: narrow });
  const [name, unit] = [h('span'), h('span')];
  const kind = h('select', { 'aria-label': 'Which architectures', onchange: choose },
    [['front', 'on the front'], ['labelled', 'with a label'], ['all', 'all candidates']]
      .map(([value, words]) => h('option', { value }, words)));
  const zoom = h('input', { type: 'checkbox', checked: true, onchange: draw });
  const brush = h('button.small', { type: 'button', 'aria-pressed': 'false', onclick: () => select(brush.ariaPressed === 'false') },
    'Select on the plot');
  const clear = h('button.small', { type: 'button', onclick: () => setRange('', '') }, 'Clear');
  const point = h('input', { type: 'range', id: 'point', min: 0, value: 0, oninput: pointOut, onblur: () => chart.pointAt(() => false) });
  const pointed = h('span.note');
  /** @type {Report} */
  let report;
  /** @type {Candidate[]} */
  let listed = [];
  chart.on('brushEnd', (event) => {
    const range = event.areas[0]?.coordRange;
    if (!range) return;
    select(false);
    setRange(...range.map((/** @type {number} */ value) => Number(value.toPrecision(4))));
  });
  chart.on('click', (event) => {
    if (id && !report.request.space && event.seriesType === 'scatter') location.hash = `#/cell/${event.value[2]}?run=${id}`;
  });
  return {
    element: h('div.stack',
      { onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && (select(false), chart.pointAt(() => false)) },
      chart.element, note,
      h('div.tools', {}, kind, name, from, h('span', {}, 'to'), to, unit, brush, clear,
        h('label', {}, zoom, ' Best ten points of accuracy')),
      h('div.tools', {}, h('label', { for: 'point' }, 'Go through them'), point, pointed),
      list),
    /** @param {Report} next */
    show(next) {
      report = next;
      const latency = latencyName(next.result.device);
      [name.textContent, unit.textContent] = latency.split(', ');
      [from.ariaLabel, to.ariaLabel] = [`${latency}, least`, `${latency}, greatest`];
      draw();
      showListed();
    },
  };

  function draw() {
    drawPlot(chart, note, report, zoom.checked, rangeOf(from, to));
  }

  function showListed() {
    listed = pointsIn(report, kind.value, rangeOf(from, to));
    point.max = Math.max(0, listed.length - 1);
    showList(list, listed, report, id, kind.value);
  }

  function choose() {
    showListed();
    speak(list.firstChild.textContent);
  }

  function narrow() {
    draw();
    choose();
  }

  function setRange(/** @type {any[]} */ ...ends) {
    [from.value, to.value] = ends;
    narrow();
  }

  /** Whether a range is being selected with the pointer. @param {boolean} isOn */
  function select(isOn) {
    brush.ariaPressed = String(isOn);
    chart.act({ type: 'takeGlobalCursor', key: 'brush', brushOption: { brushType: isOn && 'lineX', brushMode: 'single' } });
    chart.act({ type: 'brush', areas: [] });
  }

  /** What a pointer shows, for those who have none. */
  function pointOut() {
    const candidate = listed[point.value];
    if (!candidate) return;
    const lines = [...tip(candidate, report).querySelectorAll('p')].map((line) => line.textContent);
    point.ariaValueText = `Architecture ${candidate.index}: ${lines.join('. ')}`;
    replace(pointed, linkTo(candidate, report, id), `: ${lines[0]}`);
    chart.pointAt((datum) => datum[2] === candidate.index);
  }
}

/** What the vertical axis shows. @param {Report} report */
function accuracyName(report) {
  return hasTest(report) ? `${report.result.labelsFrom === 'test' ? 'Test' : 'Validation'} accuracy, %` : 'Accuracy, %';
}

/** @param {any} from @param {any} to @returns {[number, number]} */
function rangeOf(from, to) {
  return [from.value === '' ? 0 : Number(from.value), to.value === '' ? Infinity : Number(to.value)];
}

/**
 * @param {import('./chart.js').Chart} chart
 * @param {Element} note
 * @param {Report} report
 * @param {boolean} isNear
 * @param {[number, number]} range
 */
function drawPlot(chart, note, report, isNear, range) {
  const shown = report.candidates.filter((candidate) => candidate.latencyMs !== null && heightOf(candidate) !== null);
  const best = Math.max(0, ...shown.map((candidate) => heightOf(candidate) ?? 0), ...report.exactFront.map((point) => point.accuracy));
  const floor = isNear && best > 10 ? Math.floor(best - 10) : undefined;
  const below = shown.filter((candidate) => (heightOf(candidate) ?? 0) < (floor ?? 0)).length;
  // One latency far outside the rest would leave a line of all others.
  const bound = report.result.latencyBoundMs;
  const beyond = bound ? shown.filter((candidate) => (candidate.latencyMs ?? 0) > bound).length : 0;
  const labelled = shown.filter((candidate) => candidate.accuracy !== null);
  const predicted = shown.filter((candidate) => candidate.accuracy === null)
    .sort((one, other) => (heightOf(other) ?? 0) - (heightOf(one) ?? 0));
  const drawn = [...labelled, ...predicted.slice(0, mostPredicted)];
  const { front, device } = report.result;
  note.textContent = shown.length === 0 ? 'No architecture has an accuracy yet.' : [
    'Filled: with a label. Hollow: predicted',
    predicted.length > mostPredicted ? `, the best ${mostPredicted} of ${predicted.length}.` : '.',
    below > 0 ? ` ${below} lie below the axis.` : '',
    beyond > 0 ? ` Not drawn: ${beyond} that take more than ${ms(bound, device)}.` : '',
  ].join('');
  const knee = front.find((/** @type {{ index: number }} */ point) => point.index === report.knee);
  const at = (/** @type {any} */ point) => `${ms(point?.latencyMs, device)} with ${fixed(point?.accuracy)} %`;
  const label = `Accuracy over latency: ${shown.length} candidates, ${front.length} on the front, `
    + `from ${at(front[0])} to ${at(front.at(-1))}${knee ? `, the knee at ${at(knee)}` : ''}. The list below has the same.`;
  chart.set(label, drawn.length, (theme) => {
    const partitions = [...new Set(drawn.map((candidate) => candidate.partition))].sort((a, b) => a - b);
    const inView = (/** @type {{ y: number | null }} */ point) => floor === undefined || (point.y ?? 0) >= floor;
    const series = partitions.flatMap((partition) => seriesOf(theme, partition,
      drawn.filter((candidate) => candidate.partition === partition && inView({ y: heightOf(candidate) }))));
    const steps = (/** @type {{ latencyMs: number, accuracy: number }[]} */ points) => points
      .filter((point) => inView({ y: point.accuracy }))
      .map((point) => [point.latencyMs, point.accuracy]);
    const limit = report.request.maxLatencyMs;
    return {
      legend: legend(theme, ['Front', ...(knee ? ['Knee'] : []), ...(report.exactFront.length > 0 ? ['Exact front'] : []),
        ...partitions.map((partition) => `Partition ${partition}`)]),
      tooltip: tooltip(theme, (item) => item.seriesType === 'scatter'
        ? tip(/** @type {Candidate} */ (shown.find((one) => one.index === item.value[2])), report) : null),
      brush: { toolbox: [], xAxisIndex: 0, brushStyle: { color: theme.grid, borderColor: theme.soft, opacity: 0.5 },
        outOfBrush: { colorAlpha: 1 }, throttleType: 'debounce', throttleDelay: 100 },
      xAxis: axis(theme, latencyName(device), bound ? { max: Math.ceil(bound) } : {}),
      yAxis: upright(theme, accuracyName(report), { min: floor }),
      series: [
        ...series,
        { name: 'Exact front', type: 'line', step: 'end', data: steps(report.exactFront), symbol: 'none', z: 3, silent: true,
          lineStyle: { color: theme.exact, width: 1.5, type: 'dashed' }, itemStyle: { color: theme.exact } },
        { name: 'Front', type: 'line', step: 'end', data: steps(front), symbol: 'none', z: 4, silent: true,
          lineStyle: { color: theme.ink, width: 1.75 }, itemStyle: { color: theme.ink },
          markLine: limit ? { symbol: 'none', silent: true, data: [{ xAxis: limit }], lineStyle: { color: theme.bad },
            label: { formatter: `limit ${ms(limit, device)}`, color: theme.bad } } : undefined,
          markArea: range[0] > 0 || Number.isFinite(range[1]) ? { silent: true, itemStyle: { color: theme.grid, opacity: 0.6 },
            data: [[{ xAxis: range[0] }, { xAxis: Number.isFinite(range[1]) ? range[1] : 'max' }]] } : undefined },
        { name: 'Knee', type: 'scatter', data: steps(knee ? [knee] : []), symbol: 'circle', symbolSize: 18, z: 5, silent: true,
          itemStyle: { color: 'transparent', borderColor: theme.ink, borderWidth: 2 } },
      ],
    };
  });
}

/**
 * A partition's candidates: those with a label are filled, those that are predicted hollow.
 * @param {Theme} theme
 * @param {number} partition
 * @param {Candidate[]} candidates
 */
function seriesOf(theme, partition, candidates) {
  const colour = colourOf(theme, partition);
  const marks = (/** @type {boolean} */ isLabelled) => ({
    name: `Partition ${partition}`, type: 'scatter', symbol: shapes[partition % shapes.length], z: isLabelled ? 2 : 1,
    symbolSize: isLabelled ? 9 : 6,
    itemStyle: isLabelled ? { color: colour, borderColor: theme.card, borderWidth: 1 }
      : { color: 'transparent', borderColor: colour, borderWidth: 1, opacity: 0.45 },
    emphasis: { scale: 1.6 },
    // The third value names the candidate.
    data: candidates.filter((one) => (one.accuracy !== null) === isLabelled).map((one) => [one.latencyMs, heightOf(one), one.index]),
  });
  return [marks(true), marks(false)];
}
