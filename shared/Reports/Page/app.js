// @ts-check
// Which page an address shows.
import { h, replace } from './dom.js';
import { ApiProblem, frozenReport } from './api.js';
import { beginView } from './live.js';
import { showRuns } from './runs.js';
import { showStart } from './start.js';
import { showFrozen, showRun } from './run.js';
import { showCell } from './cellpage.js';
import { showCompare } from './compare.js';
import { showDevices } from './devices.js';

/** The pages, in the order of the links. @type {[string, string][]} */
const links = [['runs', 'Searches'], ['compare', 'Compare'], ['devices', 'Devices']];

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const report = frozenReport();

// By itself the link would take the place of the address of the view.
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});

if (report) {
  document.title = `${report.result.runId} – PEL-NAS search report`;
  showFrozen(main, report);
} else {
  addEventListener('hashchange', () => go(true));
  go(false);
}

/** @param {boolean} takesFocus */
async function go(takesFocus) {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [page = '', argument = ''] = path.split('/');
  const parameters = new URLSearchParams(query);
  const signal = beginView();
  const active = links.find(([name]) => name === page)?.[0] ?? (page === 'run' || page === 'start' || page === '' ? 'runs' : '');
  replace(/** @type {HTMLElement} */ (document.getElementById('nav')),
    links.map(([name, words]) => h('a', { href: `#/${name}`, 'aria-current': name === active ? 'page' : undefined }, words)));
  replace(main, h('p.note', { role: 'status' }, 'Loading…'));
  if (takesFocus) main.focus();
  scrollTo(0, 0);
  try {
    await show(page, decodeURIComponent(argument), parameters, signal);
  } catch (problem) {
    if (signal.aborted) return;
    replace(main, h('h1', {}, problem instanceof ApiProblem && problem.status === 404 ? 'Not found' : 'This went wrong'),
      h('p', { role: 'alert' }, /** @type {Error} */ (problem).message),
      h('p', {}, h('a.button', { href: '#/runs' }, 'To the searches')));
    if (!(problem instanceof ApiProblem)) throw problem;
  }
}

/** @param {string} page @param {string} argument @param {URLSearchParams} parameters @param {AbortSignal} signal */
function show(page, argument, parameters, signal) {
  const title = links.find(([name]) => name === page)?.[1]
    ?? { run: argument, start: 'Start a search', cell: `Cell ${argument}` }[page] ?? 'Searches';
  document.title = `${title} – PEL-NAS`;
  switch (page) {
    case 'run': return showRun(main, argument, signal);
    case 'start': return showStart(main, signal);
    case 'cell': return showCell(main, argument, parameters.get('run'), signal);
    case 'compare': return showCompare(main, (parameters.get('runs') ?? '').split(',').filter((id) => id !== ''), signal);
    case 'devices': return showDevices(main, signal);
    default: return showRuns(main, signal);
  }
}
