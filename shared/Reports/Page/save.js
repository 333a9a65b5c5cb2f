// @ts-check
// Files of the API, which asks for a key that a link could not send.
import { h } from './dom.js';
import { request } from './api.js';
import { announce } from './actions.js';

/** @param {string} path Below /api/. @param {string} name Of the file. */
export async function saveFile(path, name) {
  try {
    const address = URL.createObjectURL(await request(path, { as: 'blob' }));
    h('a', { href: address, download: name }).click();
    URL.revokeObjectURL(address);
  } catch (problem) {
    announce(/** @type {Error} */ (problem).message);
  }
}
