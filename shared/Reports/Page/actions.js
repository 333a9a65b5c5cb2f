// @ts-check
// What can be done to a search, and the questions before it.
import { controlLike, focusOn, h, replace } from './dom.js';
import { request } from './api.js';
import { isAlive } from './format.js';

/** @param {string} status */
export function badge(status) {
  return h('span.badge', { class: `badge ${status}` }, status);
}

/**
 * Asks before something that cannot be undone.
 * @param {string} question @param {string} verb
 * @returns {Promise<boolean>}
 */
export function confirmed(question, verb) {
  const asker = document.activeElement;
  return new Promise((resolve) => {
    const dialog = h('dialog', { 'aria-labelledby': 'question' }, h('form', { method: 'dialog' },
      h('p', { id: 'question' }, question),
      h('div.row', {}, h('button', { value: 'no' }, 'Cancel'), h('button.danger', { value: 'yes' }, verb))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      // The list may have been drawn again meanwhile.
      focusOn(controlLike(asker));
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * Buttons for what a search in this status allows.
 * @param {string} id @param {string} status @param {(removed: boolean) => unknown} done
 * @param {(question: string, verb: string) => Promise<boolean>} ask
 */
export function actionsOf(id, status, done, ask) {
  const act = (/** @type {string} */ method, /** @type {string} */ path) => async (/** @type {any} */ event) => {
    const button = event.currentTarget;
    // Marked, not disabled: a button that is disabled loses the focus.
    if (button.ariaDisabled) return;
    const question = `Remove the search ${id} with all that is kept of it?${isAlive(status) ? ' It is not finished.' : ''}`;
    if (method === 'DELETE' && !await ask(question, 'Remove')) return;
    button.ariaDisabled = 'true';
    try {
      await request(`searches/${id}${path}`, { method });
      await done(method === 'DELETE');
    } catch (problem) {
      announce(/** @type {Error} */ (problem).message);
    } finally {
      button.ariaDisabled = null;
    }
  };
  const button = (/** @type {string} */ name, /** @type {string} */ method, /** @type {string} */ path) => h('button.small', {
    type: 'button', 'aria-label': `${name} ${id}`, onclick: act(method, path),
  }, name);
  return [
    (status === 'running' || status === 'pending') && button('Suspend', 'POST', '/suspend'),
    status === 'suspended' && button('Resume', 'POST', '/resume'),
    button('Delete', 'DELETE', ''),
  ];
}

/** Shows a message until it is dismissed or another comes. @param {string} message */
export function announce(message) {
  document.getElementById('message')?.remove();
  const place = h('div', { id: 'message', role: 'alert' });
  document.body.append(place);
  replace(place, h('span', {}, message), h('button.small', { type: 'button', onclick: () => place.remove() }, 'Dismiss'));
}
