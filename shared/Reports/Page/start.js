// @ts-check
// The form that starts a search, with every option of the API.
import { h, replace } from './dom.js';
import { ApiProblem, request } from './api.js';
import { announce } from './actions.js';
import { dollars, whole } from './format.js';

/**
 * @typedef {{ name: string, label: string, help: string, kind: 'choice' | 'whole' | 'number' | 'check' | 'text', value?: any,
 *   choices?: string[], min?: number, max?: number, isNullable?: boolean }} Field
 */

/** @type {Field[]} */
const basics = [
  { name: 'space', label: 'Space', help: 'What is searched.', kind: 'choice', choices: [] },
  { name: 'dataset', label: 'Data set', help: 'Whose accuracies count.', kind: 'choice', choices: [] },
  { name: 'device', label: 'Device', help: 'Whose latency counts.', kind: 'choice', choices: [] },
  { name: 'generations', label: 'Generations', help: 'After the seed population.', kind: 'whole', value: 10, min: 1, max: 1000 },
  { name: 'maxLabels', label: 'Labels', help: 'True accuracies it may look up.', kind: 'whole', value: 120, min: 1, max: 2000 },
  { name: 'seed', label: 'Seed', help: 'The same seed and proposer give the same result.', kind: 'whole', value: 1, min: 0 },
];

/** @type {Field[]} */
const more = [
  { name: 'labelsFrom', label: 'Labels from', help: 'The front is chosen by these and judged on test accuracy.', kind: 'choice',
    choices: ['validation', 'test'] },
  { name: 'partitionScheme', label: 'Partitions by', help: 'How the space is cut.', kind: 'choice',
    choices: ['conv3x3', 'latency-quantile', 'complexity-quantile', 'none'] },
  { name: 'partitions', label: 'Partitions', help: 'What is allowed depends on the scheme.', kind: 'whole', value: 6, min: 1 },
  { name: 'proposalsPerPartition', label: 'Proposals', help: 'For each partition and generation.', kind: 'whole', value: 24, min: 1,
    max: 64 },
  { name: 'maxLlmCalls', label: 'Most calls', help: 'To the proposer; empty for no limit.', kind: 'whole', min: 0 },
  { name: 'maxUsd', label: 'Most dollars', help: 'For the proposer; empty for no limit.', kind: 'number', min: 0 },
  { name: 'maxLatencyMs', label: 'Latency limit, ms', help: 'On every architecture; empty for none.', kind: 'number', min: 0 },
  { name: 'maxParamsM', label: 'Parameter limit, millions', help: 'On every architecture; empty for none.', kind: 'number', min: 0 },
  { name: 'maxEnergyMj', label: 'Energy limit, mJ', help: 'For one image; there are tables of it for edgegpu, eyeriss and fpga.',
    kind: 'number', min: 0 },
  { name: 'predictor', label: 'Predictor sees', help: 'What of a cell.', kind: 'choice', choices: ['both', 'paths', 'proxies'] },
  { name: 'proxyScores', label: 'Proxy scores', help: 'From the table that ships, or computed here.', kind: 'choice',
    choices: ['', 'table', 'compute'] },
  { name: 'prior', label: 'Prior', help: 'What is believed before the first label.', kind: 'choice',
    choices: ['', 'none', 'llm', 'transfer'] },
  { name: 'labelPathless', label: 'Label the pathless',
    help: 'The fastest cell of all may be labelled, though no path joins its input and output.', kind: 'check', value: false },
  { name: 'verifyFront', label: 'Verify the front', help: 'It asks you for latencies of its front that are only predicted.', kind: 'check',
    value: false },
  { name: 'useHeuristics', label: 'Rewrite heuristics', help: 'Off is the ablation of the paper.', kind: 'check', value: true },
];

/** Where labels come from that are not the table's. @type {Field[]} */
const ownLabels = [
  { name: 'labels.by', label: 'Labels by',
    help: 'The table at once; you, whom the search asks and waits for; or training on this machine.', kind: 'choice',
    choices: ['table', 'you', 'training'] },
  { name: 'ownDataset', label: 'Your data set', help: 'A name for images of your own; empty for the data set above.', kind: 'text' },
  { name: 'labels.imageSize', label: 'Image size', help: 'Pixels of a side; for your data set.', kind: 'whole', min: 1 },
  { name: 'labels.classes', label: 'Classes', help: 'For your data set.', kind: 'whole', min: 2 },
  { name: 'labels.deadlineHours', label: 'Waits, hours', help: 'Without a label it then ends with what it has.', kind: 'number',
    value: 168, min: 0 },
];

/** @type {Field[]} */
const training = [
  { name: 'labels.training.images', label: 'Folder of images', help: 'On the server, a folder for each class.', kind: 'text' },
  { name: 'labels.training.channels', label: 'Channels', help: 'Of the first stage.', kind: 'whole', value: 8, min: 1 },
  { name: 'labels.training.cellsPerStage', label: 'Cells per stage', help: 'There are three stages.', kind: 'whole', value: 1, min: 1 },
  { name: 'labels.training.epochs', label: 'Epochs', help: 'Passes over the images.', kind: 'whole', value: 3, min: 1 },
  { name: 'labels.training.batchSize', label: 'Batch size', help: 'Images of a step.', kind: 'whole', value: 64, min: 2 },
  { name: 'labels.training.maxImages', label: 'Most images', help: 'To train and validate on; empty for all.', kind: 'whole', value: 6000,
    min: 20, isNullable: true },
  { name: 'labels.training.minutes', label: 'Most minutes', help: 'Of all training; empty for no limit.', kind: 'number', min: 0 },
];

/** What stands in for a latency where nothing was timed. */
const counted = ['flops', 'params'];

/** A device of which nothing is known: each label by the user comes with its latency. */
const toldDevice = 'told';

/**
 * @param {Element} main
 * @param {AbortSignal} signal
 */
export async function showStart(main, signal) {
  const [{ devices, datasets }, { spaces }, { searches }] = await Promise.all(
    [request('devices'), request('spaces'), request('searches?top=50')]);
  if (signal.aborted) return;
  const cost = h('p.note', { role: 'status' });
  // The same form sent twice, as by a double click, is one search.
  let sent = { body: '', key: '' };
  const form = h('form.start', { novalidate: true, onsubmit: submit, oninput: estimate, onchange: estimate },
    h('fieldset', {}, h('legend', {}, 'What to search'), basics.map(fieldOf)),
    h('details', {}, h('summary', {}, 'Labels and images of your own'),
      h('fieldset', {}, h('legend.hidden', {}, 'Labels and images of your own'), ownLabels.map(fieldOf)),
      h('fieldset.training', { hidden: true }, h('legend', {}, 'Training'), training.map(fieldOf))),
    h('details', {}, h('summary', {}, 'More options'), h('fieldset', {}, h('legend.hidden', {}, 'More options'), more.map(fieldOf))),
    cost, h('div.row', {}, h('button.primary', { type: 'submit' }, 'Start'), h('a.button', { href: '#/runs' }, 'Back')));
  const input = (/** @type {string} */ name) => form.elements.namedItem(name);
  const choose = (/** @type {string} */ name, /** @type {string[]} */ values) => {
    const chosen = input(name).value;
    replace(input(name), values.map((value) => h('option', { value, selected: value === chosen }, value)));
  };
  const offer = () => {
    const by = input('labels.by').value;
    for (const field of ownLabels.slice(1)) input(field.name).closest('.field').hidden = by === 'table';
    form.querySelector('.training').hidden = by !== 'training';
    const space = spaces.find((/** @type {any} */ one) => one.name === input('space').value);
    choose('dataset', space?.datasets ?? datasets);
    const dataset = datasetOf(input);
    const names = space?.devices ?? devices.filter((/** @type {import('./types.js').Device} */ device) => device.datasets.includes(dataset))
      .map((/** @type {any} */ device) => device.name);
    choose('device', [...names, ...(by === 'table' ? [] : counted), ...(by === 'you' ? [toldDevice] : [])]);
  };
  replace(input('space'), h('option', { value: '' }, 'nas-bench-201'),
    spaces.map((/** @type {any} */ one) => h('option', { value: one.name }, one.name)));
  for (const name of ['space', 'dataset', 'labels.by', 'ownDataset']) input(name).addEventListener('change', offer);
  offer();
  estimate();
  replace(main, h('h1', {}, 'Start a search'), form);

  function estimate() {
    const of = (/** @type {string} */ name) => Number(input(name).value) || 0;
    const calls = of('generations') * of('partitions') * (input('useHeuristics').checked ? 2 : 1);
    const limit = input('maxLlmCalls').value === '' ? calls : Math.min(calls, of('maxLlmCalls'));
    const paid = searches.filter((/** @type {any} */ run) => run.spent?.usd > 0 && run.spent.calls > 0);
    const total = paid.reduce((/** @type {number} */ sum, /** @type {any} */ run) => sum + run.spent.usd / run.spent.calls, 0);
    const mean = paid.length > 0 && total / paid.length;
    const free = searches[0]?.proposer === 'offline';
    const dollarsAtMost = input('maxUsd').value === '' ? '' : ` It stops before ${dollars(of('maxUsd'))}.`;
    const words = [`Up to about ${whole(limit)} calls to the proposer and ${whole(of('maxLabels'))} labels. `,
      free ? 'The last search used the offline proposer, which costs nothing.'
        : mean ? `A call has cost ${dollars(mean)} on average, so about ${dollars(mean * limit)}.`
          : 'What a call costs is not known from earlier searches.', dollarsAtMost].join('');
    // Text that is written again would be read again.
    if (cost.textContent !== words) cost.textContent = words;
  }

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    form.querySelectorAll('.error').forEach((/** @type {Element} */ error) => error.remove());
    form.querySelectorAll('[aria-invalid]').forEach((/** @type {Element} */ field) => field.removeAttribute('aria-invalid'));
    const unread = [...form.elements].filter((field) => field.validity.badInput);
    if (unread.length > 0) {
      showErrors(form, new ApiProblem(400, '', Object.fromEntries(unread.map((field) => [field.name, ['This is not a number.']]))));
      return;
    }
    const body = JSON.stringify(bodyOf(input));
    if (body !== sent.body) sent = { body, key: randomKey() };
    try {
      const started = await request('searches', {
        method: 'POST', body, type: 'application/json', headers: { 'Idempotency-Key': sent.key },
      });
      location.hash = `#/run/${started.id}`;
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      showErrors(form, problem);
    }
  }
}

/** @param {(name: string) => any} input */
function datasetOf(input) {
  return (input('labels.by').value !== 'table' && input('ownDataset').value.trim()) || input('dataset').value;
}

/** What the API is to get: the names of fields with dots are those of objects within it. @param {(name: string) => any} input */
function bodyOf(input) {
  const by = input('labels.by').value;
  const fields = [...basics, ...more, ...(by === 'table' ? [] : ownLabels), ...(by === 'training' ? training : [])];
  /** @type {any} */
  const body = by === 'training' ? { labels: { training: {} } } : by === 'you' ? { labels: {} } : {};
  for (const field of fields) {
    const value = valueOf(field, input(field.name));
    const path = field.name.split('.');
    const within = path.slice(0, -1).reduce((object, name) => object[name], body);
    if (value !== undefined && field.name !== 'ownDataset') within[path[path.length - 1]] = value;
  }
  body.dataset = datasetOf(input);
  return body;
}

/** @param {any} form @param {ApiProblem} problem */
function showErrors(form, problem) {
  const places = { labels: 'ownDataset', 'labels.training': 'labels.training.images',
    ...(form.elements.namedItem('ownDataset').value ? { dataset: 'ownDataset' } : {}) };
  const named = Object.entries(problem.errors)
    .map(([name, messages]) => /** @type {[any, string[]]} */ (
      [form.elements.namedItem(/** @type {any} */ (places)[name] ?? name), messages]))
    .filter(([field]) => field !== null);
  for (const [field, messages] of named) {
    field.setAttribute('aria-invalid', 'true');
    field.closest('.field').append(h('span.error', { id: `${field.id}-error` }, messages.join(' ')));
    field.closest('details')?.setAttribute('open', '');
  }
  if (named.length > 0) named[0][0].focus();
  else announce(problem.message);
}

/** @param {Field} field */
function fieldOf(field) {
  const id = `f-${field.name.replaceAll('.', '-')}`;
  const shared = { id, name: field.name, 'aria-describedby': `${id}-error ${id}-help` };
  const input = field.kind === 'choice' ? h('select', shared, field.choices?.map((value) => h('option', { value }, value || 'as usual')))
    : field.kind === 'check' ? h('input', { ...shared, type: 'checkbox', checked: field.value })
      : field.kind === 'text' ? h('input', { ...shared, type: 'text', autocomplete: 'off' })
        : h('input', { ...shared, type: 'number', value: field.value ?? '', min: field.min, max: field.max,
          step: field.kind === 'whole' ? 1 : 'any' });
  return h('div.field', {}, h('label', { for: id }, field.label), input, h('small', { id: `${id}-help` }, field.help));
}

/** @param {Field} field @param {any} input @returns {any} What the API is to get; undefined leaves the field out. */
function valueOf(field, input) {
  if (field.kind === 'check') return input.checked;
  if (input.value === '') return field.isNullable ? null : undefined;
  return field.kind === 'choice' || field.kind === 'text' ? input.value : Number(input.value);
}

/** A key under which the request may be sent again; crypto.randomUUID is not there over plain HTTP. */
function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
