// @ts-check
// Two to six searches side by side: fronts, hypervolume by label, attainment, who found what, settings that differ; and sweeps by night.
import { card, h, numbers, replace, said, table } from './dom.js';
import { request } from './api.js';
import { dollars, fixed, latencyName, ms, percent, whole } from './format.js';
import { axis, colourOf, legend, makeChart, shapes, tooltip, upright } from './chart.js';
import { hypervolumeByLabel } from './story.js';
import { attainment, bandOf } from './steps.js';
import { drawCell } from './cell.js';
import { showSweeps } from './sweeps.js';

/** @typedef {import('./types.js').Report} Report */
/** @typedef {{ name: string, reports: Report[] }} Group Searches that differ by their seed alone. */

const most = 6;

/**
 * @param {Element} main @param {string[]} ids @param {AbortSignal} signal
 */
export async function showCompare(main, ids, signal) {
  const chosen = [...new Set(ids)].slice(0, most);
  const { searches } = await request('searches?top=200');
  /** @type {Report[]} */
  const reports = await Promise.all(chosen.map((id) => request(`searches/${id}/report`)));
  if (signal.aborted) return;
  const sweeps = h('div.stack');
  replace(main, h('div.title', {}, h('h1', {}, 'Compare')), choose(searches, chosen),
    reports.length >= 2 && reportsOn(reports), card('From sweeps', sweeps));
  await showSweeps(sweeps, signal);
}

/** @param {any[]} searches @param {string[]} chosen */
function choose(searches, chosen) {
  const list = searches.filter((run) => run.labels !== null || chosen.includes(run.id));
  const form = h('form.card', {
    'aria-label': 'Searches to compare',
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      location.hash =
        `#/compare?runs=${[...form.querySelectorAll('input:checked')].map((/** @type {any} */ input) => input.value).join(',')}`;
    },
  }, h('details', { open: chosen.length < 2 },
    h('summary', {}, chosen.length < 2 ? 'Choose two to six searches' : `${chosen.length} searches; choose others`),
    h('ul.choices', {}, list.map((run) => h('li', {}, h('label', {},
      h('input', { type: 'checkbox', value: run.id, checked: chosen.includes(run.id), onchange: limit }),
      ` ${run.dataset} · ${run.device}, seed ${run.seed}, `, said(run.proposer, 60), ' ', h('small', {}, run.id))))),
    h('button.primary', { type: 'submit' }, 'Compare')));
  const button = form.querySelector('button');
  limit();
  return form;

  function limit() {
    const count = form.querySelectorAll('input:checked').length;
    form.querySelectorAll('input:not(:checked)').forEach((/** @type {any} */ input) => { input.disabled = count >= most; });
    button.disabled = count < 2;
  }
}

/** @param {Report[]} reports */
function reportsOn(reports) {
  const names = namesOf(reports);
  const groups = groupsOf(reports);
  const fronts = makeChart('tall');
  const volumes = makeChart();
  const attained = makeChart();
  const isOneSpace = new Set(reports.map((report) => report.request.space)).size === 1;
  const isOneContext =
    new Set(reports.map((report) => `${report.request.space} ${report.request.dataset} ${report.request.device}`)).size === 1;
  drawFronts(fronts, reports, names);
  drawVolumes(volumes, groups);
  const repeated = groups.filter((group) => group.reports.length > 1);
  drawAttainment(attained, repeated.length > 0 ? repeated : [{ name: 'All searches', reports }]);
  return h('div.stack', {},
    !isOneContext && h('p.notice', { role: 'note' },
      'These searches are about different data sets or devices, so their latencies and accuracies do not compare.'),
    card('In figures', figures(reports, names)),
    card('Fronts over each other', fronts.element),
    h('div.pair', {}, card('Hypervolume by label', h('p.note', {}, 'The mean over seeds, with a band from the worst seed to the best.'),
      volumes.element),
      card('Attainment',
        h('p.note', {}, 'What the seeds reach at each latency: one of them (dotted), half of them (thick), all of them (thin).'),
        attained.element)),
    // In another space the same index is another architecture.
    isOneSpace && card('Who found what', found(reports, names)), card('Settings that differ', settings(reports, names)));
}

/** @param {Report[]} reports */
function namesOf(reports) {
  return reports.map(({ request: asked }, i) =>
    `${String.fromCharCode(65 + i)}: ${asked.dataset} · ${asked.device}, seed ${asked.seed}`);
}

/** @param {Report[]} reports @returns {Group[]} */
function groupsOf(reports) {
  /** @type {Map<string, Report[]>} */
  const groups = new Map();
  for (const report of reports) {
    const key = JSON.stringify([{ ...report.request, seed: 0 }, report.result.proposer]);
    groups.set(key, [...groups.get(key) ?? [], report]);
  }
  return [...groups.values()].map((members) => {
    const letters = members.map((member) => String.fromCharCode(65 + reports.indexOf(member))).join(', ');
    return { name: `${letters}: ${members[0].result.proposer.slice(0, 60)}`, reports: members };
  });
}

/** Axes of fronts, down to ten points below the best accuracy. @param {Report[]} reports */
function planeOf(reports) {
  const best = Math.max(10, ...reports.flatMap((report) => report.result.front.map((/** @type {any} */ point) => point.accuracy)));
  const floor = Math.floor(best - 10);
  const axes = (/** @type {import('./chart.js').Theme} */ theme) => (
    { xAxis: axis(theme, latencyName(reports[0].request.device)), yAxis: upright(theme, 'Accuracy, %', { min: floor }) });
  return { floor, axes };
}

/** @param {import('./chart.js').Chart} chart @param {Report[]} reports @param {string[]} names */
function drawFronts(chart, reports, names) {
  const { floor, axes } = planeOf(reports);
  chart.set(`The fronts of ${reports.length} searches over each other.`, 100, (theme) => ({
    legend: legend(theme, names),
    tooltip: tooltip(theme, (item) => h('div.tipbody', {}, drawCell(item.data.point.architecture),
      h('p', {}, h('strong', {}, `${fixed(item.value[1])} %`), ` at ${ms(item.value[0], reports[0].request.device)}`),
      h('p', {}, item.seriesName))),
    ...axes(theme),
    series: reports.map((report, i) => ({
      name: names[i], type: 'line', step: 'end', symbol: shapes[i], symbolSize: 8, lineStyle: { color: colourOf(theme, i), width: 1.75 },
      itemStyle: { color: colourOf(theme, i) },
      data: report.result.front.filter((/** @type {any} */ point) => point.accuracy >= floor)
        .map((/** @type {any} */ point) => ({ value: [point.latencyMs, point.accuracy], point })),
    })),
  }));
}

/** @param {import('./chart.js').Chart} chart @param {Group[]} groups */
function drawVolumes(chart, groups) {
  const lastOf = (/** @type {Group} */ group) => bandOf(group.reports.map(hypervolumeByLabel)).at(-1)?.mean;
  const ends = groups.map((group) => `${group.name} ends at ${fixed(lastOf(group), 4)}`);
  chart.set(`Hypervolume by label: ${ends.join('; ')}.`, 100, (theme) => ({
    legend: legend(theme, groups.map((group) => group.name)),
    tooltip: tooltip(theme, (item) => h('p', {}, `${item.seriesName}: ${fixed(item.value[1], 4)} after ${item.value[0]} labels`)),
    xAxis: axis(theme, 'Labels', { min: 0, scale: false }), yAxis: upright(theme, 'Hypervolume', { nameGap: 52 }),
    series: groups.flatMap((group, i) => {
      const band = bandOf(group.reports.map(hypervolumeByLabel));
      const line = { name: group.name, type: 'line', symbolSize: 6, symbol: shapes[i], data: band.map((one) => [one.x, one.mean]),
        lineStyle: { color: colourOf(theme, i), width: 2 }, itemStyle: { color: colourOf(theme, i) } };
      return group.reports.length < 2 ? [line] : [line, {
        name: group.name, type: 'custom', silent: true, z: 1, data: band.map((one) => [one.x, one.mean]), clip: true,
        // The band is one shape, drawn with the first of its points.
        renderItem: (/** @type {any} */ item, /** @type {any} */ api) => item.dataIndex === 0 && ({
          type: 'polygon', style: { fill: colourOf(theme, i), opacity: 0.15 },
          shape: { points: [...band.map((one) => api.coord([one.x, one.most])),
            ...[...band].reverse().map((one) => api.coord([one.x, one.least]))] },
        }),
      }];
    }),
  }));
}

/** @param {import('./chart.js').Chart} chart @param {Group[]} groups */
function drawAttainment(chart, groups) {
  const { floor, axes } = planeOf(groups.flatMap((group) => group.reports));
  chart.set(`Attainment of ${groups.map((group) => `${group.name}, ${group.reports.length} searches`).join('; ')}.`, 100, (theme) => ({
    legend: legend(theme, groups.map((group) => group.name)),
    ...axes(theme),
    series: groups.flatMap((group, i) => {
      const fronts = group.reports.map((report) =>
        report.result.front.map((/** @type {any} */ point) => ({ x: point.latencyMs, y: point.accuracy })));
      const count = fronts.length;
      return [...new Set([1, Math.ceil(count / 2), count])].map((least) => ({
        name: group.name, type: 'line', step: 'end', symbol: 'none', silent: true,
        data: attainment(fronts, least).filter((point) => point.y >= floor).map((point) => [point.x, point.y]),
        lineStyle: { color: colourOf(theme, i), width: least === Math.ceil(count / 2) ? 2.25 : 1,
          type: least === count ? 'solid' : least === 1 ? 'dotted' : 'solid' },
        itemStyle: { color: colourOf(theme, i) },
      }));
    }),
  }));
}

/** @param {Report[]} reports @param {string[]} names */
function figures(reports, names) {
  return table('Figures of each search', ['Search', ...numbers('Hypervolume ratio', 'IGD', 'Front hit rate', 'Labels', 'Calls', 'Cost')],
    reports.map(({ result }, i) => [h('a', { href: `#/run/${result.runId}` }, names[i]), fixed(result.metrics?.hypervolumeRatio, 4),
      fixed(result.metrics?.igd, 4),
      percent(result.metrics?.frontHitRate), whole(result.counts.labels), whole(result.counts.llmCalls),
      dollars(result.counts.usd, result.proposer)]));
}

/** The points of all fronts together, and which searches have each. @param {Report[]} reports @param {string[]} names */
function found(reports, names) {
  const points = reports.flatMap((report) => report.result.front).sort((a, b) => a.latencyMs - b.latencyMs || b.accuracy - a.accuracy);
  const union = [...new Map(points.map((point) => [point.index, point])).values()];
  const joined = union.filter((point, i) => union.slice(0, i).every((faster) => faster.accuracy < point.accuracy));
  const mark = (/** @type {Report} */ report, /** @type {any} */ point) => {
    if (report.result.front.some((/** @type {any} */ one) => one.index === point.index)) return 'front';
    const candidate = report.candidates.find((one) => one.index === point.index);
    return !candidate ? '–' : candidate.accuracy === null ? 'seen' : 'labelled';
  };
  const found = reports.map((report, i) => `${names[i][0]} found ${joined.filter((point) => mark(report, point) === 'front').length}`);
  return h('div.stack', {}, h('p.note', {}, `The joined front has ${joined.length} points. ${found.join(', ')}.`),
  table('Points of the joined front', ['Index', 'Cell', ...numbers('Latency', 'Accuracy, %'), ...names.map((name) => name[0])],
    joined.map((point) => [reports[0].request.space ? point.index : h('a', { href: `#/cell/${point.index}` }, point.index),
      h('span.thumb', {}, drawCell(point.architecture)), ms(point.latencyMs, reports[0].request.device), fixed(point.accuracy),
      ...reports.map((report) => mark(report, point))]), 'list'));
}

/** @param {Report[]} reports @param {string[]} names */
function settings(reports, names) {
  const all = reports.map((report) => ({ ...report.request, proposer: report.result.proposer, predictor: report.result.predictor }));
  const keys = [...new Set(all.flatMap((one) => Object.keys(one)))]
    .filter((key) => new Set(all.map((one) => JSON.stringify(/** @type {any} */ (one)[key]))).size > 1);
  return keys.length === 0 ? h('p.note', {}, 'None.')
    : table('Settings that differ', ['Setting', ...names.map((name) => name[0])],
      keys.map((key) => [key, ...all.map((one) => said(wordsOf(/** @type {any} */ (one)[key]), 200))]));
}

/** @param {any} setting */
function wordsOf(setting) {
  return typeof setting === 'object' && setting !== null ? JSON.stringify(setting) : String(setting ?? '–');
}
