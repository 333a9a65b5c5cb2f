// @ts-check
// How a search went: hypervolume by label, what the model did, what it spent, what happened.
import { h, numbers, replace, said, table } from './dom.js';
import { dollars, fixed, originOf, origins, percent, unusableOf, whole } from './format.js';
import { axis, makeChart, tooltip, upright } from './chart.js';

/** @typedef {import('./types.js').Report} Report */

/** Hypervolume after so many labels. @param {Report} report */
export function hypervolumeByLabel(report) {
  return byLabel(report, 'hypervolume');
}

/**
 * A measure after so many labels.
 * @param {Report} report
 * @param {'hypervolume' | 'igd' | 'frontHitRate'} measure
 * @returns {import('./types.js').Point[]}
 */
function byLabel(report, measure) {
  let labels = 0;
  return report.result.generations.flatMap((/** @type {any} */ one) => {
    labels += one.evaluated;
    return typeof one[measure] === 'number' ? [{ x: labels, y: one[measure] }] : [];
  });
}

/** The measures by label. IGD and hit rate need the exact front, and are left out where it is not known. */
export function makeProgress() {
  const measures = /** @type {const} */ ([
    { measure: 'hypervolume', name: 'Hypervolume', chart: makeChart() },
    { measure: 'igd', name: 'IGD, 0 is best', chart: makeChart() },
    { measure: 'frontHitRate', name: 'Front hit rate', chart: makeChart() },
  ]);
  return {
    element: h('div.stack', {}, measures.map(({ chart }) => chart.element)),
    /** @param {Report} report */
    show(report) {
      measures.forEach(({ measure, name, chart }, i) => {
        const points = byLabel(report, measure);
        chart.element.hidden = i > 0 && points.length === 0;
        if (chart.element.hidden) return;
        const last = points.at(-1);
        chart.set(`${name} by label: ${fixed(points[0]?.y, 4)} after ${points[0]?.x} labels, ${fixed(last?.y, 4)} after ${last?.x}.`,
          points.length, (theme) => ({
          tooltip: tooltip(theme,
            (item) => h('p', {}, `Generation ${item.dataIndex}: ${fixed(item.value[1], 4)} after ${item.value[0]} labels`)),
          xAxis: axis(theme, 'Labels', { min: 0, scale: false }),
          yAxis: upright(theme, name, { nameGap: 52 }),
          series: [{ type: 'line', data: points.map((point) => [point.x, point.y]), symbolSize: 7,
            lineStyle: { color: theme.colours[i], width: 2 }, itemStyle: { color: theme.colours[i] } }],
        }));
      });
    },
  };
}

/** The accuracies of labels beside what the predictor said before they were paid for. */
export function makePredictions() {
  const chart = makeChart();
  const note = h('p.note');
  return {
    element: h('div.stack', {}, note, chart.element),
    /** @param {Report} report */
    show(report) {
      /** @type {{ index: number, accuracy: number, predictedAccuracy: number | null }[]} */
      const labels = report.result.labels;
      const pairs = labels.filter((label) => label.predictedAccuracy !== null)
        .map((label) => [label.predictedAccuracy ?? 0, label.accuracy, label.index]);
      chart.element.hidden = pairs.length === 0;
      // As of the front: what a dead cell was predicted would leave a speck of all others.
      const both = pairs.flatMap(([guess, truth]) => [guess, truth]);
      const most = Math.ceil(Math.max(...both));
      const least = Math.max(Math.floor(Math.min(...both)), most - 10);
      const below = pairs.filter(([guess, truth]) => Math.min(guess, truth) < least).length;
      const error = pairs.reduce((sum, [guess, truth]) => sum + Math.abs(guess - truth), 0) / pairs.length;
      note.textContent = pairs.length === 0 ? 'No label was predicted before it was paid for.'
        : `${pairs.length} of ${labels.length} labels were predicted before they were paid for, off by ${fixed(error)} points on average. `
          + `On the line prediction and label agree.${below > 0 ? ` Not drawn: ${below} below ${least} %.` : ''}`;
      if (pairs.length === 0) return;
      const range = { min: least, max: most };
      chart.set(`Accuracy by label over predicted accuracy: ${note.textContent}`, pairs.length, (theme) => ({
        tooltip: tooltip(theme, (item) => h('p', {},
          `Architecture ${item.value[2]}: ${fixed(item.value[0])} % predicted, ${fixed(item.value[1])} % by its label`)),
        xAxis: axis(theme, 'Predicted accuracy, %', range),
        yAxis: upright(theme, 'Accuracy by label, %', range),
        series: [
          { type: 'line', data: [[least, least], [most, most]], symbol: 'none', silent: true,
            lineStyle: { color: theme.exact, width: 1.5, type: 'dashed' } },
          { type: 'scatter', data: pairs, symbolSize: 7, itemStyle: { color: theme.colours[0], opacity: 0.7 } },
        ],
      }));
    },
  };
}

/** Who brought what, and what became of it. @param {Element} place @param {Report} report */
export function showModel(place, report) {
  const { result } = report;
  const front = new Set(result.front.map((/** @type {any} */ point) => point.index));
  const rows = origins.map(([name, words]) => {
    const brought = report.candidates.filter((one) => originOf(one.origin) === name);
    const labelled = brought.filter((one) => one.accuracy !== null);
    const found = brought.filter((one) => front.has(one.index));
    return { words, brought: brought.length, labelled: labelled.length, found: found.length,
      best: Math.max(...labelled.map((one) => one.accuracy ?? 0)) };
  }).filter((row) => row.brought > 0);
  const refused = report.rounds.flatMap((round) => round.rejected);
  const reasons = [...new Set(refused.map((one) => one.reason))]
    .map((reason) => ({ reason, count: refused.filter((one) => one.reason === reason).length }))
    .sort((one, other) => other.count - one.count);
  const { prior, proposerAnswers: answers, counterfactual, heuristicChanges: rules } = result;
  replace(place,
    table('Candidates by who brought them', ['By', ...numbers('Candidates', 'Labels', 'On the front', 'Best, %')],
      rows.map((row) => [row.words, whole(row.brought), whole(row.labelled), whole(row.found), row.labelled > 0 ? fixed(row.best) : '–'])),
    h('p.note', {}, `${refused.length} proposals were refused`,
      reasons.length > 0 && [': ', said(reasons.map((one) => `${one.reason} ${one.count}`).join(', '))],
      `. ${whole(result.counts.filledIn)} were filled in by plain operators.`),
    rules && rules.stated > 0 && h('p.note', {},
      `Design rules: ${rules.stated} stated, ${rules.confirmed} times confirmed, ${rules.weakened} weakened, ${rules.dropped} dropped.`),
    counterfactual && h('p.note', {}, h('strong', {}, 'Without the proposer: '),
      `the same seed and ${counterfactual.labels} labels come to hypervolume ratio ${fixed(counterfactual.metrics.hypervolumeRatio, 4)} `
      + `and IGD ${fixed(counterfactual.metrics.igd, 4)}.`),
    answers.answers > 0 && h('p.note', {}, `${answers.answers} answers, of which ${unusableOf(answers)} could not be used.`),
    answers.unusable.length > 0 && h('ul.plain', {},
      answers.unusable.map((/** @type {any} */ one) => h('li', {}, `${one.count} ${one.kind}: `, h('q', {}, said(one.sample, 100))))),
    prior && h('p.note', {}, 'Prior by ', said(prior.name ?? prior.source, 60),
      `: ${prior.ranked} cells ranked, ${prior.rules} rules, ${prior.vetoes} vetoes. `,
      prior.rankCorrelation === null ? 'Not enough labels to judge it.'
        : `Rank correlation with ${prior.expectations} labels: ${fixed(prior.rankCorrelation)}.`));
}

/** What the calls of each generation cost. @param {Element} place @param {Report} report */
export function showSpend(place, report) {
  const generations = [...new Set(report.rounds.map((round) => round.generation))].sort((a, b) => a - b);
  const rows = generations.map((generation) => {
    const uses = report.rounds.filter((round) => round.generation === generation).map((round) => round.usage);
    const sum = (/** @type {(use: any) => number | null} */ of) => uses.reduce((total, use) => total + (of(use) ?? 0), 0);
    const usd = uses.some((use) => use.usd === null) ? null : sum((use) => use.usd);
    return [generation, whole(sum((use) => use.calls)), whole(sum((use) => use.inputTokens)), whole(sum((use) => use.outputTokens)),
      dollars(usd, report.result.proposer)];
  }).filter((row) => row[1] !== '0');
  const { counts } = report.result;
  replace(place, rows.length > 0
    ? table('Spending by generation', ['Generation', ...numbers('Calls', 'Tokens in', 'Tokens out', 'Cost')],
      [...rows, ['All', whole(counts.llmCalls), whole(counts.inputTokens), whole(counts.outputTokens),
        counts.usd === null ? 'unpriced' : dollars(counts.usd, report.result.proposer)]])
    : h('p.note', {}, 'No call was made.'));
}

/** What happened, generation by generation. @param {Element} place @param {Report} report */
export function showEvents(place, report) {
  const points = hypervolumeByLabel(report);
  const { result } = report;
  replace(place,
    result.generations.map((/** @type {any} */ one, /** @type {number} */ i) => {
      const gain = i > 0 && points[i] && points[i - 1] ? points[i].y - points[i - 1].y : null;
      const validation = one.crossValidation;
      return h('li', {}, h('strong', {}, one.generation === 0 ? 'Seed population' : `Generation ${one.generation}`),
        `: ${one.evaluated} labels, hypervolume ${fixed(one.hypervolume, 4)}`,
        gain === null ? '' : gain > 0 ? ` (+${fixed(gain, 4)})` : ' (no gain)',
        typeof validation?.spearman === 'number' ? `; the predictor’s rank correlation was ${fixed(validation.spearman)}` : '',
        one.answers?.unusable.length > 0 ? `; ${percent(unusableOf(one.answers) / one.answers.answers)} of the answers could not be used`
          : '');
    }),
    result.finishedAt && h('li', {}, h('strong', {}, 'Stopped'), `: ${report.stopSentence ?? result.stopReason}`));
}
