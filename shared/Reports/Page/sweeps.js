// @ts-check
// Sweeps: each context's last comparison with the sweep before, and the trend by night.
import { h, replace, said, table } from './dom.js';
import { request } from './api.js';
import { keepLive } from './live.js';
import { clock, fixed, isAlive } from './format.js';
import { announce, badge, confirmed } from './actions.js';
import { axis, colourOf, legend, makeChart, shapes, tooltip, upright } from './chart.js';

/** @param {Element} place @param {AbortSignal} signal */
export function showSweeps(place, signal) {
  let shown = '';
  const trend = makeChart();
  return keepLive(signal, async () => {
    const { sweeps } = await request('sweeps?top=30');
    const stamp = JSON.stringify(sweeps);
    if (signal.aborted || stamp === shown) return 5000;
    shown = stamp;
    drawSweeps(place, trend, sweeps);
    return 5000;
  });
}

/** @param {Element} place @param {import('./chart.js').Chart} trend @param {any[]} sweeps The latest first. */
function drawSweeps(place, trend, sweeps) {
  if (sweeps.length === 0) {
    replace(place, h('p.note', {}, 'No sweep has run yet.'));
    return;
  }
  const ended = sweeps.filter((/** @type {any} */ sweep) => sweep.contexts.length > 0).reverse();
  const contexts = [...new Set(ended.flatMap((/** @type {any} */ sweep) =>
    sweep.contexts.map((/** @type {any} */ one) => `${one.dataset} · ${one.device}`)))];
  replace(place, ended.length > 1 && trend.element,
    table('Sweeps', ['Sweep', 'Status', 'Started', 'Last against before', 'Actions'], sweeps.map((/** @type {any} */ sweep) => [
      sweep.night ?? sweep.id, badge(sweep.status), clock(sweep.startedAt),
      sweep.skippedBecause ?? (sweep.contexts.length > 0 ? said(sweep.contexts.map(sentence).join('; '), 2000) : progressOf(sweep)),
      isAlive(sweep.status) && endButton(sweep.id)])));
  trend.set(`Hypervolume of ${contexts.length} contexts over ${ended.length} sweeps.`, 100, (theme) => ({
    legend: legend(theme, contexts),
    tooltip: tooltip(theme, (item) => h('p', {}, `${item.seriesName}: ${fixed(item.value[1], 4)}`)),
    xAxis: { ...axis(theme, 'Night'), type: 'category',
      data: ended.map((/** @type {any} */ sweep) => sweep.night ?? sweep.id.replace('sweep-', '')) },
      yAxis: upright(theme, 'Hypervolume', { nameGap: 52 }),
    series: contexts.map((context, i) => ({
      name: context, type: 'line', symbol: shapes[i % shapes.length], symbolSize: 7, lineStyle: { color: colourOf(theme, i) },
      itemStyle: { color: colourOf(theme, i) },
      data: ended.map((/** @type {any} */ sweep, /** @type {number} */ night) => [night,
        sweep.contexts.find((/** @type {any} */ one) => `${one.dataset} · ${one.device}` === context)?.hypervolume ?? null]),
    })),
  }));
}

/** @param {any} sweep */
function progressOf({ progress }) {
  return progress ? `${progress.finished} of ${progress.searches} searches ended${progress.failed ? `, ${progress.failed} failed` : ''}`
    : '–';
}

/** @param {string} id */
function endButton(id) {
  return h('button.small', {
    type: 'button', 'aria-label': `End ${id}`, onclick: async () => {
      if (!await confirmed(`End the sweep ${id} and its searches under way? Those that have ended stay.`, 'End it')) return;
      try {
        await request(`sweeps/${id}/terminate`, { method: 'POST' });
      } catch (problem) {
        announce(/** @type {Error} */ (problem).message);
      }
    },
  }, 'End');
}

/** @param {any} context */
function sentence(context) {
  const { comparison } = context;
  const name = `${context.dataset} · ${context.device} ${fixed(context.hypervolume, 4)}`;
  return comparison
    ? `${name} (${comparison.hypervolumeChange >= 0 ? '+' : ''}${fixed(comparison.hypervolumeChange, 4)}, `
      + `${comparison.pointsGained} gained, ${comparison.pointsLost} lost)`
    : context.notComparedBecause ? `${name} (not compared: ${context.notComparedBecause})` : name;
}
