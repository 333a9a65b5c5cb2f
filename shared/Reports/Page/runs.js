// @ts-check
// All searches: find, follow, hold, remove, and choose some to compare.
import { h, replace, put, said, speak } from './dom.js';
import { request } from './api.js';
import { inTurn, keepLive } from './live.js';
import { clock, dollars, duration, fixed, isAlive } from './format.js';
import { actionsOf, announce, badge, confirmed } from './actions.js';

const rowsOnPage = 25;
const mostToCompare = 6;

/** @typedef {import('./types.js').Summary} Summary */
/** @type {[string, string, (run: Summary) => string | number][]} */
const columns = [
  ['Started', '', (run) => run.id],
  ['Status', '', (run) => run.status],
  ['Context', '', (run) => `${run.dataset} ${run.device} ${run.seed}`],
  ['Proposer', '', (run) => run.proposer],
  ['Labels', 'number', (run) => run.labels ?? -1],
  ['Hypervolume', 'number', (run) => run.hypervolume ?? -1],
  ['Cost', 'number', (run) => run.spent?.usd ?? 0],
  ['Duration', 'number', (run) => (run.finishedAt ? Date.parse(run.finishedAt) : Date.now()) - Date.parse(run.startedAt)],
];

/** What the user chose; kept while the tab is open. */
const choice = { text: '', status: '', sort: 0, descending: true, page: 0, /** @type {Set<string>} */ selected: new Set() };

/**
 * @param {Element} main
 * @param {AbortSignal} signal
 */
export function showRuns(main, signal) {
  /** @type {Map<string, Summary>} */
  const known = new Map();
  const body = h('tbody');
  const head = h('tr');
  const pages = h('div.pages');
  const compare = h('a.button', { href: '#/compare' });
  const refresh = () => {
    showHead(head, refresh);
    showRows(body, pages, compare, [...known.values()], refresh, reload);
  };
  const reload = inTurn(() => readRuns(known, () => !signal.aborted && refresh()));
  const filter = (/** @type {'text' | 'status'} */ name) => (/** @type {any} */ event) => {
    choice[name] = event.target.value;
    choice.page = 0;
    refresh();
    speak(pages.firstChild.textContent);
  };
  replace(main,
    h('div.title', {}, h('h1', {}, 'Searches'), h('a.button.primary', { href: '#/start' }, 'Start a search')),
    h('div.tools', { role: 'search' },
      h('label', {}, h('span', {}, 'Find'),
        h('input', { type: 'search', value: choice.text, placeholder: 'id, data set, device, proposer', oninput: filter('text') })),
      h('label', {}, h('span', {}, 'Status'), h('select', { onchange: filter('status') },
        ['', 'pending', 'running', 'suspended', 'completed', 'failed', 'terminated', 'detached'].map((status) => h('option',
          { value: status, selected: choice.status === status }, status || 'all')))),
      compare),
    h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Searches' }, h('table.runs.cards', {},
      h('caption.hidden', {}, 'Searches'), h('thead', {}, head), body)),
    pages);
  return keepLive(signal, async () => {
    await reload();
    return 3000;
  });
}

/**
 * Reads the list: the newest page, and the others where nothing is known of them or something runs.
 * @param {Map<string, Summary>} known @param {() => unknown} show Called as soon as there is more to show.
 */
async function readRuns(known, show) {
  const seen = new Set();
  let continuation = '';
  do {
    const page = await request(`searches?top=200${continuation && `&continuation=${encodeURIComponent(continuation)}`}`);
    for (const run of page.searches) {
      // For a moment after it has begun a new history, a search does not report its progress.
      run.labels ??= known.get(run.id)?.labels ?? null;
      run.hypervolume ??= known.get(run.id)?.hypervolume ?? null;
      const before = known.get(run.id)?.status;
      if (before && before !== run.status) speak(`${run.dataset} on ${run.device}, seed ${run.seed}: ${run.status}`);
      known.set(run.id, run);
      seen.add(run.id);
    }
    continuation = page.continuation ?? '';
    if (continuation && seen.size === known.size) show();
    const older = [...known.values()].filter((run) => !seen.has(run.id));
    if (continuation && older.length > 0 && !older.some((run) => isAlive(run.status))) {
      older.forEach((run) => run.id < page.searches.at(-1)?.id && seen.add(run.id));
      break;
    }
  } while (continuation);
  [...known.keys()].filter((id) => !seen.has(id)).forEach((id) => known.delete(id));
  show();
}

/** @param {Element} head @param {() => void} refresh */
function showHead(head, refresh) {
  replace(head, h('th', { scope: 'col' }, h('span.hidden', {}, 'Compare')), columns.map(([name, style], i) => h('th', {
    scope: 'col', class: style || undefined, 'aria-sort': choice.sort === i ? (choice.descending ? 'descending' : 'ascending') : undefined,
  }, h('button.sort', {
    type: 'button',
    onclick: () => {
      choice.descending = choice.sort === i ? !choice.descending : true;
      choice.sort = i;
      refresh();
    },
  }, name))), h('th', { scope: 'col' }, h('span.hidden', {}, 'Actions')));
}

/**
 * @param {Element} body
 * @param {Element} pages
 * @param {any} compare
 * @param {Summary[]} runs
 * @param {() => void} refresh
 * @param {() => Promise<void>} reload
 */
function showRows(body, pages, compare, runs, refresh, reload) {
  const words = choice.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const textOf = (/** @type {Summary} */ run) =>
    `${run.id} ${run.dataset} ${run.device} ${run.proposer} ${run.status} ${run.stopReason}`.toLowerCase();
  const found = runs.filter((run) => (!choice.status || run.status === choice.status)
    && words.every((word) => textOf(run).includes(word)));
  const value = columns[choice.sort][2];
  found.sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    const order = typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other));
    return choice.descending ? -order : order;
  });
  const last = Math.max(0, Math.ceil(found.length / rowsOnPage) - 1);
  choice.page = Math.min(choice.page, last);
  replace(body, found.slice(choice.page * rowsOnPage, (choice.page + 1) * rowsOnPage).map((run) => rowOf(run, refresh, reload)));
  if (found.length === 0) {
    put(body, h('tr', {}, h('td.none', { colspan: columns.length + 2 },
      runs.length === 0 ? 'No search yet. Start one.' : 'No search fits the filter.')));
  }
  replace(pages, h('span', {}, `${found.length} ${found.length === 1 ? 'search' : 'searches'}`), last > 0 && [
    h('button', { type: 'button', disabled: choice.page === 0, onclick: () => turn(-1) }, 'Previous'),
    h('span', {}, `Page ${choice.page + 1} of ${last + 1}`),
    h('button', { type: 'button', disabled: choice.page === last, onclick: () => turn(1) }, 'Next')]);
  const chosen = [...choice.selected].filter((id) => runs.some((run) => run.id === id));
  compare.hidden = chosen.length < 2;
  compare.href = `#/compare?runs=${chosen.join(',')}`;
  compare.textContent = `Compare ${chosen.length}`;

  /** @param {number} by */
  function turn(by) {
    choice.page += by;
    refresh();
    speak(`Page ${choice.page + 1} of ${last + 1}`);
  }
}

/** @param {Summary} run @param {() => void} refresh @param {() => Promise<void>} reload */
function rowOf(run, refresh, reload) {
  const labels = run.labels ?? 0;
  return h('tr', {},
    h('td.pick', { 'data-label': 'Compare' }, h('input', {
      type: 'checkbox', 'aria-label': `Compare ${run.id}`, checked: choice.selected.has(run.id),
      onchange: (/** @type {any} */ event) => {
        if (!event.target.checked) choice.selected.delete(run.id);
        else if (choice.selected.size < mostToCompare) choice.selected.add(run.id);
        else announce(`At most ${mostToCompare} searches are compared at once.`);
        refresh();
      },
    })),
    h('th', { scope: 'row', 'data-label': 'Started' }, h('a', { href: `#/run/${run.id}`, title: run.id }, clock(run.startedAt))),
    h('td', { 'data-label': 'Status' }, badge(run.status)),
    h('td', { 'data-label': 'Context' }, `${run.dataset} · ${run.device} `, h('span.soft', {}, `seed ${run.seed}`)),
    h('td', { 'data-label': 'Proposer' }, said(run.proposer, 80)),
    h('td.number', { 'data-label': 'Labels' },
      h('progress', { max: run.maxLabels, value: labels, 'aria-label': `${labels} of ${run.maxLabels} labels` }),
      ` ${labels}/${run.maxLabels}`),
    h('td.number', { 'data-label': 'Hypervolume' }, fixed(run.hypervolume, 4)),
    h('td.number', { 'data-label': 'Cost' }, dollars(run.spent?.usd, run.proposer)),
    h('td.number', { 'data-label': 'Duration' }, duration(run.startedAt, run.finishedAt ?? (isAlive(run.status) ? null : run.startedAt))),
    h('td.actions', {}, actionsOf(run.id, run.status, () => reload(), confirmed)));
}