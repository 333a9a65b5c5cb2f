// @ts-check
// Architectures of a search in words: beside the pointer, and in a list.
import { h, numbers, replace, said, table } from './dom.js';
import { drawCell, isCell } from './cell.js';
import { fixed, latencyName, ms, originOf, origins } from './format.js';

/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Candidate} Candidate */
/** @typedef {import('./types.js').FrontPoint} FrontPoint */

const rowsShown = 40;

/** Whether there are test accuracies beside the labels. @param {Report} report */
export function hasTest({ request }) {
  return !request.space && (request.labels?.by ?? 'table') === 'table';
}

/** What is shown beside the pointer. @param {Candidate} candidate @param {Report} report */
export function tip(candidate, report) {
  const origin = origins.find(([name]) => name === originOf(candidate.origin))?.[1];
  const point = frontOf(report).get(candidate.index);
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

/** The points of the front by their index. @param {Report} report @returns {Map<number, FrontPoint>} */
function frontOf({ result }) {
  return new Map(result.front.map((/** @type {FrontPoint} */ point) => [point.index, point]));
}

/**
 * Those of a kind in a range of latencies, the fastest first.
 * @param {Report} report
 * @param {string} kind
 * @param {[number, number]} range
 */
export function pointsIn(report, kind, range) {
  const front = frontOf(report);
  return report.candidates
    .filter((one) => one.latencyMs !== null && one.latencyMs >= range[0] && one.latencyMs <= range[1])
    .filter((one) => (kind === 'front' ? front.has(one.index) : kind === 'labelled' ? one.accuracy !== null : true))
    .sort((a, b) => (a.latencyMs ?? 0) - (b.latencyMs ?? 0));
}

/** Its index, with the way to its page where it has one. @param {Candidate} candidate @param {Report} report @param {string | null} id */
export function linkTo({ index }, report, id) {
  return id && !report.request.space ? h('a', { href: `#/cell/${index}?run=${id}` }, index) : index;
}

/** @param {Element} list @param {Candidate[]} found @param {Report} report @param {string | null} id @param {string} kind */
export function showList(list, found, report, id, kind) {
  const front = frontOf(report);
  const isDrawn = report.candidates.every((one) => isCell(one.architecture));
  const withEnergy = [...front.values()].some(hasEnergy);
  const rows = found.slice(0, kind === 'front' ? found.length : rowsShown).map((one) => [
    [linkTo(one, report, id), one.index === report.knee && h('small', {}, ' knee')],
    ...(isDrawn ? [h('span.thumb', {}, drawCell(one.architecture))] : []),
    latencyCell(one, front.get(one.index), report.result.device), ...(withEnergy ? [energyOf(front.get(one.index))] : []),
    accuracyOf(one), ...(hasTest(report) ? [fixed(front.get(one.index)?.testAccuracy)] : []), one.partition, one.generation,
    originOf(one.origin),
    h('code', {}, one.architecture),
  ]);
  replace(list,
    h('p.note', {}, `${found.length} architectures${rows.length < found.length ? `, the fastest ${rows.length} of them shown` : ''}.`,
      report.knee !== null && ' The knee is the compromise to look at first.',
      hasTest(report) && report.result.labelsFrom !== 'test' && ' Test accuracy was never seen by the search and judges it.'),
    rows.length > 0 && table('Architectures, fastest first', ['Index', ...(isDrawn ? ['Cell'] : []),
      ...numbers(latencyName(report.result.device).split(',')[0], ...(withEnergy ? ['Energy'] : []), 'Accuracy',
        ...(hasTest(report) ? ['Test accuracy, %'] : []), 'Partition', 'Generation'),
      'By', 'Notation'], rows, 'list'));
}

/**
 * @param {Candidate} candidate
 * @param {FrontPoint | undefined} point Its point of the front, which knows where its latency comes from.
 * @param {string} device
 */
function latencyCell(candidate, point, device) {
  return [ms(candidate.latencyMs, device), ...(point?.latencyFrom ? [h('small.under', {}, rangeOfLatency(point))] : [])];
}
