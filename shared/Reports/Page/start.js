// @ts-check
// The form that starts a search, with every option of the API.
import { h, replace } from './dom.js';
import { ApiProblem, request } from './api.js';
import { announce } from './actions.js';
import { dollars, whole } from './format.js';

/**
 * @typedef {{ name: string, label: string, help: string, kind: 'choice' | 'whole' | 'number' | 'check', value?: any, choices?: string[], min?: number, max?: number }} Field
 */

/** @type {Field[]} */
const basics = [
  { name: 'dataset', label: 'Data set', help: 'Whose accuracies count.', kind: 'choice', choices: [] },
  { name: 'device', label: 'Device', help: 'Whose latency counts.', kind: 'choice', choices: [] },
  { name: 'generations', label: 'Generations', help: 'After the seed population.', kind: 'whole', value: 10, min: 1, max: 1000 },
  { name: 'maxLabels', label: 'Labels', help: 'True accuracies it may look up.', kind: 'whole', value: 120, min: 1, max: 2000 },
  { name: 'seed', label: 'Seed', help: 'The same seed and proposer give the same result.', kind: 'whole', value: 1, min: 0 },
];

/** @type {Field[]} */
const more = [
  { name: 'labelsFrom', label: 'Labels from', help: 'The front is chosen by these and judged on test accuracy.', kind: 'choice', choices: ['validation', 'test'] },
  { name: 'labels', label: 'Labels by', help: 'The table at once, or you: the search asks and waits.', kind: 'choice', choices: ['table', 'you'] },
  { name: 'partitionScheme', label: 'Partitions by', help: 'How the space is cut.', kind: 'choice', choices: ['conv3x3', 'latency-quantile', 'none'] },
  { name: 'partitions', label: 'Partitions', help: 'What is allowed depends on the scheme.', kind: 'whole', value: 6, min: 1 },
  { name: 'proposalsPerPartition', label: 'Proposals', help: 'For each partition and generation.', kind: 'whole', value: 24, min: 1, max: 64 },
  { name: 'maxLlmCalls', label: 'Most calls', help: 'To the proposer; empty for no limit.', kind: 'whole', min: 0 },
  { name: 'maxUsd', label: 'Most dollars', help: 'For the proposer; empty for no limit.', kind: 'number', min: 0 },
  { name: 'maxLatencyMs', label: 'Latency limit, ms', help: 'On every architecture; empty for none.', kind: 'number', min: 0 },
  { name: 'maxParamsM', label: 'Parameter limit, millions', help: 'On every architecture; empty for none.', kind: 'number', min: 0 },
  { name: 'predictor', label: 'Predictor sees', help: 'What of a cell.', kind: 'choice', choices: ['both', 'paths', 'proxies'] },
  { name: 'proxyScores', label: 'Proxy scores', help: 'From the table that ships, or computed here.', kind: 'choice', choices: ['table', 'compute'] },
  { name: 'prior', label: 'Prior', help: 'What is believed before the first label.', kind: 'choice', choices: ['', 'none', 'llm', 'transfer'] },
  { name: 'useHeuristics', label: 'Rewrite heuristics', help: 'Off is the ablation of the paper.', kind: 'check', value: true },
];

/**
 * @param {Element} main
 * @param {AbortSignal} signal
 */
export async function showStart(main, signal) {
  const [{ devices, datasets }, { searches }] = await Promise.all([request('devices'), request('searches?top=50')]);
  if (signal.aborted) return;
  const cost = h('p.note', { role: 'status' });
  const form = h('form.start', { novalidate: true, onsubmit: submit, oninput: estimate, onchange: estimate },
    h('fieldset', {}, h('legend', {}, 'What to search'), basics.map(fieldOf)),
    h('details', {}, h('summary', {}, 'More options'), h('fieldset', {}, h('legend.hidden', {}, 'More options'), more.map(fieldOf))),
    cost, h('div.row', {}, h('button.primary', { type: 'submit' }, 'Start'), h('a.button', { href: '#/runs' }, 'Back')));
  const input = (/** @type {string} */ name) => form.elements.namedItem(name);
  const offer = () => {
    const names = devices.filter((/** @type {any} */ device) => device.datasets.includes(input('dataset').value)).map((/** @type {any} */ device) => device.name);
    const chosen = input('device').value;
    replace(input('device'), names.map((/** @type {string} */ name) => h('option', { value: name, selected: name === chosen }, name)));
  };
  replace(input('dataset'), datasets.map((/** @type {string} */ name) => h('option', { value: name }, name)));
  input('dataset').addEventListener('change', offer);
  offer();
  estimate();
  replace(main, h('h1', {}, 'Start a search'), form);

  function estimate() {
    const of = (/** @type {string} */ name) => Number(input(name).value) || 0;
    const calls = of('generations') * of('partitions') * (input('useHeuristics').checked ? 2 : 1);
    const limit = input('maxLlmCalls').value === '' ? calls : Math.min(calls, of('maxLlmCalls'));
    const paid = searches.filter((/** @type {any} */ run) => run.spent?.usd > 0 && run.spent.calls > 0);
    const mean = paid.length > 0 && paid.reduce((/** @type {number} */ sum, /** @type {any} */ run) => sum + run.spent.usd / run.spent.calls, 0) / paid.length;
    const free = searches[0]?.proposer === 'offline';
    const dollarsAtMost = input('maxUsd').value === '' ? '' : ` It stops before ${dollars(of('maxUsd'))}.`;
    replace(cost, `At most about ${whole(limit)} calls to the proposer and ${whole(of('maxLabels'))} labels. `,
      free ? 'The last search used the offline proposer, which costs nothing.'
        : mean ? `A call has cost ${dollars(mean)} on average, so about ${dollars(mean * limit)}.` : 'What a call costs is not known from earlier searches.', dollarsAtMost);
  }

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    form.querySelectorAll('.error').forEach((/** @type {Element} */ error) => error.remove());
    form.querySelectorAll('[aria-invalid]').forEach((/** @type {Element} */ field) => field.removeAttribute('aria-invalid'));
    const body = Object.fromEntries([...basics, ...more].map((field) => [field.name, valueOf(field, input(field.name))]).filter(([, value]) => value !== null));
    try {
      const started = await request('searches', {
        method: 'POST', body: JSON.stringify(body), type: 'application/json', headers: { 'Idempotency-Key': randomKey() },
      });
      location.hash = `#/run/${started.id}`;
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      showErrors(form, problem);
    }
  }
}

/** @param {any} form @param {ApiProblem} problem */
function showErrors(form, problem) {
  const named = Object.entries(problem.errors).filter(([name]) => form.elements.namedItem(name.split('.')[0]));
  for (const [name, messages] of named) {
    const field = form.elements.namedItem(name.split('.')[0]);
    field.setAttribute('aria-invalid', 'true');
    field.closest('.field').append(h('span.error', {}, messages.join(' ')));
    field.closest('details')?.setAttribute('open', '');
  }
  if (named.length > 0) form.elements.namedItem(named[0][0].split('.')[0]).focus();
  else announce(problem.message);
}

/** @param {Field} field */
function fieldOf(field) {
  const id = `f-${field.name}`;
  const shared = { id, name: field.name, 'aria-describedby': `${id}-help` };
  const input = field.kind === 'choice'
    ? h('select', shared, field.choices?.map((value) => h('option', { value }, value || 'as usual')))
    : h('input', field.kind === 'check' ? { ...shared, type: 'checkbox', checked: field.value }
      : { ...shared, type: 'number', value: field.value ?? '', min: field.min, max: field.max, step: field.kind === 'whole' ? 1 : 'any' });
  return h('div.field', {}, h('label', { for: id }, field.label), input, h('small', { id: `${id}-help` }, field.help));
}

/** @param {Field} field @param {any} input @returns {any} What the API is to get; null leaves the field out. */
function valueOf(field, input) {
  if (field.kind === 'check') return input.checked;
  if (input.value === '') return null;
  if (field.name === 'labels') return input.value === 'table' ? null : { by: input.value };
  return field.kind === 'choice' ? input.value : Number(input.value);
}

/** A key under which the request may be sent again; crypto.randomUUID is not there over plain HTTP. */
function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
