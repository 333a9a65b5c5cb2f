// @ts-check
// The HTTP API of this server, or, in a report that was saved, the data in the file.
import { h } from './dom.js';

const keyName = 'pelnas-key';

/** What the API refused, or that it did not answer (status 0). */
export class ApiProblem extends Error {
  /** @param {number} status @param {string} detail @param {Record<string, string[]>} [errors] By field. */
  constructor(status, detail, errors = {}) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/** The report in this file, or null on a server. @returns {import('./types.js').Report | null} */
export function frozenReport() {
  const element = document.getElementById('report');
  return element ? JSON.parse(element.textContent ?? '') : null;
}

/**
 * Sends a request and returns the JSON of the answer, or a blob.
 * @param {string} path Below /api/.
 * @param {{ method?: string, body?: BodyInit, type?: string, headers?: Record<string, string>, as?: 'json' | 'blob' }} [options]
 * @returns {Promise<any>}
 */
export async function request(path, options = {}) {
  const key = sessionStorage.getItem(keyName) ?? await askForKey('');
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(new URL(`../${path}`, location.href), {
      method: options.method ?? 'GET',
      body: options.body,
      headers: { 'x-functions-key': key, ...(options.type ? { 'Content-Type': options.type } : {}), ...options.headers },
    });
  } catch {
    throw new ApiProblem(0, 'The server does not answer.');
  }
  if (answer.status === 401) {
    if (sessionStorage.getItem(keyName) === key) sessionStorage.removeItem(keyName);
    if (!sessionStorage.getItem(keyName)) await askForKey('This key does not open the app.');
    return request(path, options);
  }
  if (answer.ok && options.as === 'blob') return answer.blob();
  const text = await answer.text();
  if (!answer.ok) throw problemOf(answer.status, text);
  return text === '' ? null : JSON.parse(text);
}

/** @param {number} status @param {string} text */
function problemOf(status, text) {
  try {
    const problem = JSON.parse(text);
    return new ApiProblem(status, problem.detail ?? problem.title, problem.errors);
  } catch {
    return new ApiProblem(status, `The server answered with ${status}.`);
  }
}

/** @type {Promise<string> | null} */
let asking = null;

/**
 * Asks for the key, once for all requests that wait for it.
 * @param {string} complaint @returns {Promise<string>}
 */
function askForKey(complaint) {
  asking ??= new Promise((resolve) => {
    const input = h('input', { type: 'password', id: 'key', autocomplete: 'off', required: true, 'aria-describedby': 'key-help' });
    const dialog = h('dialog.key', { 'aria-labelledby': 'key-title' },
      h('form', {
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          sessionStorage.setItem(keyName, input.value.trim());
          dialog.remove();
          asking = null;
          resolve(input.value.trim());
        },
      },
      h('h2', { id: 'key-title' }, 'Key of the app'),
      complaint && h('p.bad', { role: 'alert' }, complaint),
      h('p', { id: 'key-help' }, 'With pelnas serve it is “default” in keys.json in the data folder; in Azure a function key of the app. '
        + 'It stays in this tab until the tab is closed.'),
      h('label', { for: 'key' }, 'Key'), input, h('button.primary', { type: 'submit' }, 'Open')));
    dialog.addEventListener('cancel', (/** @type {Event} */ event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
