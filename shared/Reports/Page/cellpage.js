// @ts-check
// One cell: drawn, with its figures on every data set and device, and the others that compute its function.
import { card, h, numbers, replace, table } from './dom.js';
import { request } from './api.js';
import { saveFile } from './save.js';
import { drawCell } from './cell.js';
import { fixed, ms, whole } from './format.js';

/**
 * @param {Element} main
 * @param {string} architecture Index or notation.
 * @param {string | null} run The search one came from.
 * @param {AbortSignal} signal
 */
export async function showCell(main, architecture, run, signal) {
  /** @type {import('./types.js').CellAnswer} */
  const { cell, isLive, partitionRule, twins, ranks, scores } = await request(`architectures/${encodeURIComponent(architecture)}`);
  if (signal.aborted) return;
  const datasets = cell.datasets.map((one) => one.dataset);
  const devices = [...new Set(cell.datasets.flatMap((one) => [...Object.keys(one.latencyMs), ...one.cannotRun]))];
  const model = (/** @type {string} */ name, /** @type {string} */ format, /** @type {string} */ extension) => h('button.small', {
    type: 'button', onclick: () => saveFile(`architectures/${cell.index}/model?format=${format}`, `cell-${cell.index}.${extension}`),
  }, name);
  replace(main,
    h('div.title', {}, h('div', {}, h('p.eyebrow', {}, 'Cell'), h('h1', {}, `Architecture ${cell.index}`)),
      h('div.row', {}, run && h('a.button.small', { href: `#/run/${run}` }, 'Back to the search'), lookup())),
    h('div.pair', {},
      card('Graph', h('div.big', {}, drawCell(cell.architecture)), h('p', {}, h('code', {}, cell.architecture)),
        h('p.note', {},
          `Partition ${cell.partition}: ${partitionRule}. ${isLive ? '' : 'No path joins input and output, so it computes a constant.'}`),
        h('div.row', {}, model('ONNX', 'onnx', 'onnx'), model('PyTorch', 'pytorch', 'py'))),
      card('Accuracy and size', table('Accuracy and size', ['Data set', ...numbers('Test accuracy, %', 'Parameters, M', 'MACs, M')],
        cell.datasets.map((one) => [one.dataset, fixed(one.accuracy), fixed(one.paramsM, 3), fixed(one.flopsM, 1)])))),
    card('Latency on every device', table('Latency by device and data set', ['Device', ...numbers(...datasets)],
      devices.map((device) => [device,
        ...cell.datasets.map((one) => (one.cannotRun.includes(device) ? 'cannot run it'
          : [ms(one.latencyMs[device]), standing(ranks, one.dataset, device)]))])),
    h('p.note', {}, 'Below each latency, where the cell stands among all that run on the device; the first is the fastest.')),
    card('Scores without training', h('p.note', {}, 'As others published them. A search sees no more of them than its predictor says.'),
      table('Scores without training', ['Score', ...numbers(...datasets)],
        [...new Set(scores.map((score) => score.name))].map((name) => [name, ...cell.datasets.map((one) => {
          const found = scores.find((score) => score.name === name && score.dataset === one.dataset);
          return found ? Number(found.value.toPrecision(4)) : fixed(null);
        })]))),
    card('Twins', h('p.note', {}, twins.length === 0 ? 'No other cell computes the same function.'
      : 'These cells compute the same function; their accuracies differ by the luck of training alone.'),
    twins.length > 0 && table('Twins', ['Index', 'Cell', ...numbers(...datasets.map((one) => `${one}, %`), 'Parameters, M')],
      twins.map((twin) => [h('a', { href: `#/cell/${twin.index}${run ? `?run=${run}` : ''}` }, twin.index),
        h('span.thumb', {}, drawCell(twin.architecture)),
        ...twin.datasets.map((one) => fixed(one.accuracy)), fixed(twin.datasets[0]?.paramsM, 3)]), 'list')));
}

/** @param {import('./types.js').Rank[]} ranks @param {string} dataset @param {string} device */
function standing(ranks, dataset, device) {
  const found = ranks.find((one) => one.dataset === dataset && one.device === device);
  return found ? h('small.under', {}, `${whole(found.rank)} of ${whole(found.cells)}`) : null;
}

/** A field that leads to another cell. */
export function lookup() {
  const input = h('input', { 'aria-label': 'Index or notation of a cell', placeholder: 'index or notation', required: true });
  return h('form.row', {
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      location.hash = `#/cell/${encodeURIComponent(input.value.trim())}`;
    },
  }, input, h('button.small', { type: 'submit' }, 'Look up'));
}
