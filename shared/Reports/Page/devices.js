// @ts-check
// Devices, and the form to upload latencies of one's own.
import { card, h, replace, table } from './dom.js';
import { ApiProblem, request } from './api.js';
import { lookup } from './cellpage.js';
import { measuredOf, suggestions } from './owndevice.js';
import { ms, whole } from './format.js';

/**
 * @param {Element} main @param {AbortSignal} signal
 */
export async function showDevices(main, signal) {
  const list = h('div');
  const own = h('div.stack');
  const refresh = async () => {
    const { devices, datasets } = await request('devices');
    if (signal.aborted) return [];
    replace(list, table('Devices', ['Device', 'Hardware', 'Latencies', ...datasets],
      devices.map((/** @type {import('./types.js').Device} */ device) => [device.name, device.description,
        `${device.latencySource}${device.infeasible > 0 ? `, ${whole(device.infeasible)} cells it cannot run` : ''}`,
        ...datasets.map((/** @type {string} */ dataset) => (device.datasets.includes(dataset) ? 'yes' : '–'))])));
    const uploaded = devices.filter((/** @type {import('./types.js').Device} */ device) => device.latencySource === 'uploaded');
    const measured = await Promise.all(uploaded.flatMap((/** @type {import('./types.js').Device} */ device) =>
      device.datasets.map((dataset) => measuredOf(device, dataset))));
    if (!signal.aborted) replace(own, measured.length > 0 && card('Measured by you', h('div.stack.apart', {}, measured)));
    return datasets;
  };
  const datasets = await refresh();
  if (signal.aborted) return;
  replace(main, h('div.title', {}, h('h1', {}, 'Devices'), lookup()), card('Your device', uploadForm(datasets, refresh)), own,
    card('All devices', list));
}

/** @param {string[]} datasets @param {() => Promise<unknown>} done */
function uploadForm(datasets, done) {
  const name = h('input', { id: 'device-name', required: true, autocomplete: 'off', placeholder: 'my-board' });
  const dataset = h('select', { id: 'device-dataset' }, datasets.map((value) => h('option', { value }, value)));
  const file = h('input', { id: 'device-file', type: 'file', accept: '.csv,.json,text/csv,application/json', required: true,
    class: 'hidden', 'aria-label': 'File with latencies' });
  const chosen = h('p', { role: 'status' }, 'Drop a file here, or choose one.');
  const answer = h('div', { role: 'alert' });
  const drop = h('label.drop', {
    for: 'device-file',
    ondragover: (/** @type {DragEvent} */ event) => { event.preventDefault(); drop.classList.add('over'); },
    ondragleave: () => drop.classList.remove('over'),
    ondrop: (/** @type {DragEvent} */ event) => {
      event.preventDefault();
      drop.classList.remove('over');
      if (event.dataTransfer) file.files = event.dataTransfer.files;
      tell();
    },
  }, chosen, file);
  file.addEventListener('change', tell);
  return h('form.stack', { onsubmit: submit },
    h('p.note', {},
      'A CSV file with the columns index (or architecture) and latency_ms, a line for each cell that was measured; or the same as JSON. '
      + 'Five cells are the least and twenty are good: the others are predicted. Measure a cell again in a further line. '
      + 'Searches that were planned before keep to what they were planned with.'),
    suggestions(() => name.value || 'a-new-device'),
    h('div.fields', {}, h('div.field', {}, h('label', { for: 'device-name' }, 'Name'), name),
      h('div.field', {}, h('label', { for: 'device-dataset' }, 'Data set'), dataset)),
    drop, answer, h('div.row', {}, h('button.primary', { type: 'submit' }, 'Upload')));

  function tell() {
    const first = file.files?.[0];
    chosen.textContent = first ? `${first.name}, ${whole(first.size)} bytes` : 'Drop a file here, or choose one.';
  }

  /** @param {any} event */
  async function submit(event) {
    event.preventDefault();
    const content = file.files[0];
    const isJson = content.name.endsWith('.json') || content.type === 'application/json';
    try {
      const stored = await request(`devices/${encodeURIComponent(name.value)}${isJson ? '' : `?dataset=${dataset.value}`}`, {
        method: 'PUT', body: content, type: isJson ? 'application/json' : 'text/csv',
      });
      replace(answer, h('p.good', {},
        `Stored ${stored.device} for ${stored.dataset}: ${whole(stored.architectures)} architectures from ${ms(stored.minLatencyMs)} to `
        + `${ms(stored.maxLatencyMs)}${stored.validation ? `, of which ${whole(stored.measured)} were measured` : ''}. `
        + `${stored.validation?.warning ?? ''} ${stored.warning ?? ''}`));
      await done();
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      const messages = Object.entries(problem.errors).flatMap(([field, texts]) => texts.map((text) => `${field}: ${text}`));
      replace(answer, h('p.bad', {}, messages.length > 0 ? 'The table was not stored.' : problem.message),
        messages.length > 0 && h('ul.plain', {}, messages.map((text) => h('li', {}, text))));
    }
  }
}
