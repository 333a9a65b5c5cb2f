// @ts-check
// Keeps a view up to date, and says so when it cannot.
import { replace, h } from './dom.js';
import { ApiProblem } from './api.js';

let current = new AbortController();

/** Ends what keeps the last view up to date, and begins a new one. */
export function beginView() {
  current.abort();
  current = new AbortController();
  showConnection(null);
  return current.signal;
}

/** What ends with the view that is shown. */
export const viewSignal = () => current.signal;

/**
 * Runs a step again and again until its view is left. While the server does not answer, what was shown stays, with a notice.
 * @param {AbortSignal} signal
 * @param {() => Promise<number>} step Returns after how many milliseconds it wants to run again; 0 for never.
 */
export async function keepLive(signal, step) {
  /** @type {Date} */
  let fresh = new Date();
  while (!signal.aborted) {
    let wait = 0;
    try {
      wait = await step();
      if (signal.aborted) return;
      fresh = new Date();
      showConnection(wait === 0 ? null : 'live');
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || (problem.status !== 0 && problem.status < 500)) throw problem;
      if (signal.aborted) return;
      wait = 2000;
      showConnection('stale', `${problem.message} Shown is what it said at ${fresh.toTimeString().slice(0, 8)}.`);
    }
    if (wait === 0) return;
    await new Promise((resolve) => { setTimeout(resolve, wait); });
    while (document.hidden && !signal.aborted) await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
}

/**
 * Has a step run once at a time. Who asks for it while it runs gets a run of its own after that: no older answer comes after a newer one.
 * @param {() => Promise<void>} step
 */
export function inTurn(step) {
  let last = Promise.resolve();
  return () => {
    last = last.then(step, step);
    return last;
  };
}

/** @param {'live' | 'stale' | null} state @param {string} [detail] */
function showConnection(state, detail = '') {
  const place = document.getElementById('connection');
  if (!place || place.dataset.shown === `${state}${detail}`) return;
  place.dataset.shown = `${state}${detail}`;
  place.className = state ?? '';
  replace(place, state && h('span.dot', { 'aria-hidden': 'true' }), state === 'stale' ? `Stale. ${detail}` : state && 'Live');
}
