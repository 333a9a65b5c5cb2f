// @ts-check
// Labels that a search asks its user for: the list of those that are open, and a form to tell one.
import { card, h, replace, said } from './dom.js';
import { ApiProblem, request } from './api.js';
import { announce, confirmed } from './actions.js';
import { drawCell } from './cell.js';
import { inTurn } from './live.js';
import { saveFile } from './save.js';

/**
 * @typedef {{ index: number, architecture: string, modelPath?: string, generation?: number, status: string, claimedBy?: string | null,
 *   failure: string | null }} Asked
 */
/** @typedef {{ name: 'accuracy' | 'latencyMs', words: string, unit: string, max?: number }} Figure */
/** @typedef {{ title: string, note: string, path: 'labels' | 'measurements', figures: Figure[] }} Kind */

/** @type {Record<'accuracy' | 'latency', Figure>} */
const tellable = { accuracy: { name: 'accuracy', words: 'Accuracy', unit: '%', max: 100 },
  latency: { name: 'latencyMs', words: 'Latency', unit: 'ms' } };

/**
 * Lists of what a search asks its user for: labels, those of a device that is told with their latencies, and latencies of its front.
 * @param {string} id @param {any} asked What was asked of the search.
 */
export function makeDesks(id, asked) {
  /** @type {Kind[]} */
  const kinds = [];
  if (asked.labels?.by === 'you') {
    const withLatency = asked.device === 'told';
    kinds.push({ title: 'Labels by you', path: 'labels', figures: withLatency ? [tellable.accuracy, tellable.latency] : [tellable.accuracy],
      note: `The search waits until it is told these accuracies${withLatency ? ' and latencies' : ''}. `
        + 'The first one that is told stands.' });
  }
  if (asked.verifyFront) {
    kinds.push({ title: 'Latencies by you', path: 'measurements', figures: [tellable.latency],
      note: 'Before it ends the search waits for latencies of its front that are only predicted.' });
  }
  return kinds.map((kind) => makeDesk(id, kind));
}

/** @param {string} id @param {Kind} kind */
function makeDesk(id, kind) {
  const list = h('ul.labels');
  const element = card(kind.title, h('p.note', {}, kind.note), list);
  let shown = '';
  /** @type {Map<string, Element>} Kept, so that what somebody has begun to write stays. */
  let forms = new Map();
  const refresh = inTurn(async () => {
    /** @type {Asked[]} */
    const all = (await request(`searches/${id}/${kind.path}`))[kind.path];
    const stamp = JSON.stringify(all);
    if (stamp === shown) return;
    shown = stamp;
    const waiting = all.filter((one) => one.status === 'open' || one.status === 'claimed');
    forms = new Map(waiting.map((one) => {
      const key = `${one.index} ${one.claimedBy}`;
      return [key, forms.get(key) ?? formOf(id, kind, one, refresh)];
    }));
    replace(list, [...forms.values()],
      h('li.note', {}, `${waiting.length} are waited for, ${all.length - waiting.length} have been told.`));
  });
  return { element, refresh };
}

/** @param {string} id @param {Kind} kind @param {Asked} asked @param {() => Promise<void>} done */
function formOf(id, kind, asked, done) {
  const inputs = kind.figures.map(({ name, words, unit, max }) => h('input', {
    type: 'number', name, min: 0, max, step: 'any', required: true, 'aria-label': `${words} of ${asked.index}, ${unit}`,
    placeholder: `${words.toLowerCase()}, ${unit}`,
  }));
  const answer = h('span.bad', { role: 'alert' });
  const tell = async (/** @type {any} */ body) => {
    try {
      const told = await request(`searches/${id}/${kind.path}/${asked.index}`,
        { method: 'PUT', type: 'application/json', body: JSON.stringify(body) });
      const values = kind.figures.map(({ name, unit }) => `${told[name]} ${unit}`);
      announce(`${asked.index}: ${told.failure === null ? values.join(', ') : 'failed'}`);
      await done();
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      answer.textContent = problem.message;
    }
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tell(Object.fromEntries(inputs.map((input) => [input.name, Number(input.value)])));
  };
  const fail = async () => {
    if (await confirmed(`Tell that ${asked.index} failed? It is not requested again.`, 'It failed')) {
      await tell({ failed: true, reason: 'told on the page' });
    }
  };
  return h('li', {}, h('span.thumb', {}, drawCell(asked.architecture)),
    h('div', {}, h('strong', {}, `Architecture ${asked.index}`), asked.generation !== undefined && ` for generation ${asked.generation} `,
      asked.status === 'claimed' && h('span.soft', {}, 'taken by ', said(asked.claimedBy, 60)), h('code', {}, asked.architecture)),
    h('form.row', { onsubmit: submit },
      h('button.small', { type: 'button', 'aria-label': `Copy the notation of ${asked.index}`, onclick: () => copy(asked.architecture) },
        'Copy'),
      h('button.small', {
        type: 'button', 'aria-label': `PyTorch module of ${asked.index}`,
        onclick: () => saveFile(asked.modelPath ?? `architectures/${asked.index}/model?format=pytorch`, `cell-${asked.index}.py`),
      }, 'PyTorch'),
      inputs, h('button.small', { type: 'submit', 'aria-label': `Tell ${asked.index}` }, 'Tell'),
      h('button.small', { type: 'button', 'aria-label': `${asked.index} failed`, onclick: fail }, 'Failed'), answer));
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce('Copied.');
  } catch {
    // Over plain HTTP from another machine browsers have no clipboard to offer.
    announce(text);
  }
}
