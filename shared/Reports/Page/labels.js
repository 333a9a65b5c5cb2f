// @ts-check
// Labels that a search asks its user for: the list of those that are open, and a form to tell one.
import { card, h, replace, said } from './dom.js';
import { ApiProblem, request } from './api.js';
import { announce } from './actions.js';
import { drawCell } from './cell.js';
import { fixed } from './format.js';
import { saveFile } from './save.js';

/** @typedef {{ index: number, architecture: string, modelPath: string, generation: number, status: string, claimedBy: string | null, accuracy: number | null, failure: string | null }} Label */

/**
 * Makes the list for a search whose labels are its user's.
 * @param {string} id
 */
export function makeLabels(id) {
  const list = h('ul.labels');
  const element = card('Labels by you', h('p.note', {}, 'The search waits until it is told these accuracies. The first one that is told stands.'), list);
  let shown = '';
  const refresh = async () => {
    const { labels } = await request(`searches/${id}/labels`);
    const stamp = JSON.stringify(labels);
    // A form in which somebody writes stays as it is.
    if (stamp === shown || list.contains(document.activeElement)) return;
    shown = stamp;
    const waiting = labels.filter((/** @type {Label} */ label) => label.status === 'open' || label.status === 'claimed');
    const told = labels.length - waiting.length;
    replace(list, waiting.map((/** @type {Label} */ label) => labelOf(id, label, async () => {
      shown = '';
      await refresh();
    })), h('li.note', {}, `${waiting.length} are waited for, ${told} have been told.`));
  };
  return { element, refresh };
}

/** @param {string} id @param {Label} label @param {() => Promise<void>} done */
function labelOf(id, label, done) {
  const accuracy = h('input', { type: 'number', min: 0, max: 100, step: 'any', required: true, 'aria-label': `Accuracy of ${label.index}, percent`, placeholder: 'accuracy, %' });
  const answer = h('span.bad', { role: 'alert' });
  const tell = async (/** @type {any} */ body) => {
    try {
      const told = await request(`searches/${id}/labels/${label.index}`, { method: 'PUT', type: 'application/json', body: JSON.stringify(body) });
      accuracy.blur();
      announce(told.accuracy === null ? `${label.index}: failed` : `${label.index}: ${fixed(told.accuracy)} %`);
      /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
      await done();
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      answer.textContent = problem.message;
    }
  };
  return h('li', {}, h('span.thumb', {}, drawCell(label.architecture)),
    h('div', {}, h('strong', {}, `Architecture ${label.index}`), ` for generation ${label.generation} `,
      label.status === 'claimed' && h('span.soft', {}, 'taken by ', said(label.claimedBy, 60)), h('code', {}, label.architecture)),
    h('form.row', { onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); tell({ accuracy: Number(accuracy.value) }); } },
      h('button.small', { type: 'button', 'aria-label': `Copy the notation of ${label.index}`, onclick: () => copy(label.architecture) }, 'Copy'),
      h('button.small', { type: 'button', 'aria-label': `PyTorch module of ${label.index}`, onclick: () => saveFile(label.modelPath, `cell-${label.index}.py`) }, 'PyTorch'),
      accuracy, h('button.small', { type: 'submit', 'aria-label': `Tell ${label.index}` }, 'Tell'),
      h('button.small', { type: 'button', 'aria-label': `${label.index} failed`, onclick: () => tell({ failed: true, reason: 'told on the page' }) }, 'Failed'), answer));
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
