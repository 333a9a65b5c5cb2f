// @ts-check
// One search: how far it is, what it has found, and how that came about. The same in a report that was saved.
import { card, h, replace, said, speak } from './dom.js';
import { request } from './api.js';
import { keepLive } from './live.js';
import { clock, dollars, duration, fixed, isAlive, ms, percent, unconfirmed, unusableOf, whole } from './format.js';
import { actionsOf, badge, confirmed } from './actions.js';
import { saveFile } from './save.js';
import { makeDesks } from './labels.js';
import { makePareto } from './pareto.js';
import { makePredictions, makeProgress, showEvents, showModel, showSpend } from './story.js';
import { makeLanes } from './lanes.js';

/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Details} Details */

/**
 * Shows a search and keeps it up to date.
 * @param {Element} main @param {string} id @param {AbortSignal} signal
 */
export function showRun(main, id, signal) {
  const view = makeRunView(id, true);
  replace(main, view.element);
  let shown = '';
  /** @type {Details | null} */
  let before = null;
  return keepLive(signal, async () => {
    /** @type {Details} */
    const details = await request(`searches/${id}`);
    // For a moment after it has begun a new history, a search does not report its progress.
    if (isAlive(details.status)) details.progress ??= before?.progress ?? null;
    if (before && before.status !== details.status) speak(`The search is ${details.status}.`);
    before = details;
    view.showState(details, () => { shown = ''; });
    const stamp = `${details.status} ${details.progress?.generation} ${details.finishedAt}`;
    await view.refreshLabels(details);
    if (details.startedAt && stamp !== shown) {
      const report = await request(`searches/${id}/report`);
      if (signal.aborted) return 0;
      view.showReport(report);
      shown = stamp;
    }
    return isAlive(details.status) ? 1500 : 15000;
  });
}

/** Shows a report that was saved. @param {Element} main @param {Report} report */
export function showFrozen(main, report) {
  const view = makeRunView(report.result.runId, false);
  replace(main, view.element);
  view.showState({
    ...report.result, id: report.result.runId, request: report.request, status: report.result.finishedAt ? 'completed' : 'not ended',
    progress: null, failure: null, providerFault: null,
  }, () => undefined);
  view.showReport(report);
}

/**
 * @param {string} id @param {boolean} isServed
 */
function makeRunView(id, isServed) {
  const head = h('div');
  const facts = h('dl.facts');
  const notices = h('div');
  const labels = h('div.stack');
  /** @type {ReturnType<typeof makeDesks> | null} */
  let desks = null;
  const figures = h('div', { role: 'group', 'aria-label': 'Key figures' });
  const pareto = makePareto(isServed ? id : null);
  const progress = makeProgress();
  const predictions = makePredictions();
  const model = h('div.stack');
  const spend = h('div.stack');
  const lanes = makeLanes();
  const events = h('ol.events', { tabindex: 0, 'aria-label': 'Events' });
  const predictor = h('p.note');
  let headShown = '';
  /** @type {Details['failure']} */
  let failure = null;
  /** @type {Details['providerFault']} */
  let providerFault = null;

  return {
    element: h('div.run', {}, head, notices, labels, facts, figures,
      card('Accuracy and latency', pareto.element),
      h('div.pair', {}, card('Quality by label', progress.element),
        h('div.stack', {}, card('Where the candidates come from', model), card('Predicted and true accuracy', predictions.element))),
      card('Partitions', lanes.element),
      h('div.pair', {}, card('Events', events), card('Spending', spend)),
      h('footer', {}, h('details', { open: !isServed }, h('summary', {}, 'What the figures mean'), h('p.note', {}, definitions),
        predictor))),
    /** Shows what the search waits for its user to tell. @param {Details} details */
    async refreshLabels(details) {
      if (!details.startedAt) return;
      if (!desks) {
        desks = makeDesks(id, details.request);
        labels.append(...desks.map((desk) => desk.element));
      }
      for (const desk of desks) await desk.refresh();
    },
    /** @param {any} details @param {() => void} changed */
    showState(details, changed) {
      const stamp = JSON.stringify([details.status, details.progress, details.failure, details.proposer, details.providerFault]);
      if (stamp === headShown) return;
      headShown = stamp;
      replace(head, ...headOf(details, isServed, changed));
      ({ failure, providerFault } = details);
      replace(notices, noticesOf(details));
      replace(facts, factsOf(details));
    },
    /** @param {Report} report */
    showReport(report) {
      replace(figures, figuresOf(report));
      replace(notices, noticesOf({ ...report.result, failure, providerFault }));
      replace(facts, factsOf({ ...report.result, request: report.request, stopSentence: report.stopSentence }));
      pareto.show(report);
      progress.show(report);
      predictions.show(report);
      lanes.show(report);
      showModel(model, report);
      showSpend(spend, report);
      showEvents(events, report);
      predictor.textContent = `Predictor: ${report.result.predictor}.`;
    },
  };
}

/** @param {Details} details @param {boolean} isServed @param {() => void} changed */
function headOf(details, isServed, changed) {
  const { progress, request: asked } = details;
  return [
    h('div.title', {},
      h('div', {}, h('p.eyebrow', {}, isServed ? 'Search' : 'PEL-NAS search report'),
        h('h1', {}, `${asked.dataset} on ${asked.device} `, badge(details.status)), h('p.id', {}, details.id)),
      isServed && h('div.row', {}, actionsOf(details.id, details.status, changed, leaveFirst),
      h('button.small', { type: 'button', onclick: () => saveFile(`searches/${details.id}/front?format=csv`, `${details.id}-front.csv`) },
        'front.csv'),
      h('button.small', { type: 'button', onclick: () => saveFile(`searches/${details.id}/result?format=html`, `${details.id}.html`) },
        'report.html'),
      h('a.button.small', { href: `#/compare?runs=${details.id}` }, 'Compare'))),
    progress && h('div.advance', {},
      h('label', {}, `Generation ${progress.generation} of ${progress.generations}`,
        h('progress', { max: progress.generations, value: progress.generation })),
      h('label', {}, `Labels ${progress.labels} of ${progress.maxLabels}`,
        h('progress', { max: progress.maxLabels, value: progress.labels }))),
  ];
}

/**
 * Asks, and leaves the view of a search that is to be removed, so that nothing asks for it any more.
 * @param {string} question @param {string} verb
 */
async function leaveFirst(question, verb) {
  const isSure = await confirmed(question, verb);
  if (isSure) location.hash = '#/runs';
  return isSure;
}

/** @param {any} details */
function noticesOf(details) {
  const hasSome = unusableOf(details.proposerAnswers) < details.proposerAnswers?.answers;
  return [
    details.failure && h('p.notice.bad', { role: 'alert' }, h('strong', {}, 'The search failed. '), said(details.failure.message, 2000)),
    details.providerFault && h('p.notice', { role: 'status' }, h('strong', {}, 'No answer from the provider. '),
      said(details.providerFault, 400),
      ' The search tries again by itself, and fails after some 16 minutes without an answer.'),
    details.proposer === 'offline' && h('p.notice', { role: 'note' }, h('strong', {}, 'Offline proposer. '),
      'A rule-based stand-in proposed these architectures and wrote the heuristics below. No language model was asked.'),
    details.latencyWarning && h('p.notice', { role: 'note' }, h('strong', {}, 'Latencies. '), said(details.latencyWarning, 400)),
    details.hypervolumeNote && h('p.notice', { role: 'note' }, h('strong', {}, 'Hypervolume 0: '), details.hypervolumeNote),
    details.proposerWarning && h('p.notice', { role: 'note' },
      h('strong', {}, `The proposer contributed ${hasSome ? 'less than it was requested' : 'nothing'}. `),
      'Plain operators stood in for it: ', said(details.proposerWarning, 400)),
  ];
}

/** @param {any} details */
function factsOf(details) {
  const { request: asked, proposerAnswers: answers } = details;
  const validated = details.generations?.findLast((/** @type {any} */ one) => one.crossValidation);
  const limits = [asked.maxLatencyMs && ms(asked.maxLatencyMs, asked.device), asked.maxParamsM && `${asked.maxParamsM} M parameters`,
    asked.maxEnergyMj && `${asked.maxEnergyMj} mJ`].filter(Boolean).join(', ');
  return [
    ['Proposer', details.proposer && details.proposerWarning
      ? `${details.proposer}, ${unusableOf(answers)} of ${answers.answers} answers not usable` : details.proposer],
    ['Predictor', details.predictor?.split(' (')[0]],
    ['Cross-validation', validated && crossValidation(validated)],
    ['Space', asked.space], ['Labels', labelsOf(asked)], ['Seed', asked.seed],
    ['Partitions by', asked.space && asked.partitionScheme === 'conv3x3' ? 'complexity-quantile' : asked.partitionScheme],
    ['Limits', limits || null], ['Device table', details.deviceTable],
    ['Started', details.startedAt
      && `${clock(details.startedAt)} UTC${details.finishedAt ? `, took ${duration(details.startedAt, details.finishedAt)}` : ''}`],
    ['Stop reason', details.stopSentence ?? details.stopReason ?? 'not ended yet'],
  ].filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, said(String(value), 240))));
}

/** What labels are. @param {any} asked */
function labelsOf(asked) {
  if (asked.labels?.by === 'you') return 'accuracies that you tell';
  if (asked.labels?.by === 'training') return 'accuracies of networks trained here';
  if (asked.space) return 'accuracies of the table, which the front is judged on too';
  return asked.labelsFrom === 'test' ? 'test accuracies' : 'validation accuracies; test accuracies were never seen';
}

/** @param {any} generation */
function crossValidation(generation) {
  const { labels, spearman, rmse } = generation.crossValidation;
  return `before the labels of generation ${generation.generation}, each of ${labels} predicted from the others: `
    + `Spearman ${fixed(spearman, 3)}, RMSE ${fixed(rmse)} points`;
}

/** @param {Report} report */
function figuresOf({ result }) {
  const { metrics, ceiling, counts, referenceHypervolume: reference } = result;
  const figure = (/** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ note) => h('div.figure', {},
    h('span.name', {}, name), h('span.value', {}, value), h('span.small', {}, note));
  const isOffline = result.proposer === 'offline';
  return [
    metrics ? h('div.figures.quality', {},
      figure('Hypervolume ratio', fixed(metrics.hypervolumeRatio, 4),
        `live ${fixed(metrics.liveHypervolumeRatio, 4)}, 1 is best`
          + (ceiling ? `; with every label ${fixed(ceiling.hypervolumeRatio, 4)}` : '')),
      figure('IGD', fixed(metrics.igd, 4), `live ${fixed(metrics.liveIgd, 4)}, 0 is best`),
      figure('Front hit rate', percent(metrics.frontHitRate),
        `of ${whole(metrics.trueFrontSize)} exact points, live ${percent(metrics.liveFrontHitRate)}`))
      : h('p.note', {},
        'The exact front of this data set and device is not known, so hypervolume ratio, IGD and front hit rate cannot be computed.',
        reference && ` Hypervolume ${fixed(reference.hypervolume, 4)} against ${ms(reference.latencyMs, result.device)} `
          + `and ${fixed(reference.accuracy)} %.`),
    h('div.figures', {},
      figure('Front', whole(result.front.length), 'architectures that none beats in both'),
      figure('Labels', whole(counts.labels), counts.failedLabels > 0 ? `${counts.failedLabels} failed` : 'true accuracies paid for'),
      figure('Candidates', whole(counts.scored), 'timed or predicted'),
      figure(isOffline ? 'Proposer calls' : 'LLM calls', whole(counts.llmCalls),
        isOffline ? 'answered offline' : `${whole(counts.inputTokens + counts.outputTokens)} tokens`),
      figure('Cost', counts.usd === null ? 'unpriced' : dollars(counts.usd, result.proposer), unconfirmed(counts)
        ?? (isOffline ? 'nothing was charged'
          : counts.usd === null ? 'the model has no known price' : 'as the provider counted tokens'))),
  ];
}

const definitions =
  'The front is chosen by the labels and judged on test accuracy. Error and latency are min-max normalised over the whole context, '
  + 'with reference point (1, 1). Hypervolume ratio: hypervolume of the found front over that of the exact front. '
  + 'IGD: mean distance from an exact front point to the nearest found one. Front hit rate: share of exact front points found. '
  + 'Where the search had limits, the exact front is that of the architectures within them. '
  + 'With every label: the exact front of the validation accuracies, judged on test accuracy. '
  + 'Live: the same within ten points of the best accuracy. Label: one true accuracy looked up or one network trained. '
  + 'Candidate: an architecture that was proposed, filled in or found by the predictor.';
