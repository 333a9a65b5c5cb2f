// @ts-check
// A lane for each partition: its candidates by generation and origin, what was refused, and its rules as they were rewritten.
import { h, replace, said, svg } from './dom.js';
import { originOf, origins, whole } from './format.js';

/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Rule} Rule */

export function makeLanes() {
  const slider = h('input', { type: 'range', min: 0, max: 0, value: 0, id: 'generation' });
  const shown = h('output', { for: 'generation' });
  const lanes = h('div.lanes');
  /** @type {Report | null} */
  let report = null;
  let follows = true;
  const refresh = () => {
    if (!report) return;
    const open = new Set([...lanes.querySelectorAll('details[open]')].map((one) => /** @type {HTMLElement} */ (one).dataset.partition));
    shown.textContent = `Generation ${slider.value}`;
    replace(lanes, report.result.partitions.map((/** @type {any} */ partition) =>
      laneOf(partition, /** @type {Report} */ (report), Number(slider.value), open)));
  };
  slider.addEventListener('input', () => {
    follows = slider.value === slider.max;
    refresh();
  });
  return {
    element: h('div.stack', {},
      h('div.tools', {}, h('label', { for: 'generation' }, 'Rules of'), slider, shown,
        h('ul.legend', { 'aria-label': 'Colours' }, [...origins, ['refused', 'refused']].map(([name, words]) =>
          h('li', {}, h('span', { class: `swatch ${name}` }), words)))),
      lanes),
    /** @param {Report} next */
    show(next) {
      report = next;
      const last = String(Math.max(0, ...next.rounds.map((round) => round.generation)));
      slider.max = last;
      if (follows) slider.value = last;
      refresh();
    },
  };
}

/** @param {any} partition @param {Report} report @param {number} generation @param {Set<string | undefined>} open */
function laneOf(partition, report, generation, open) {
  const written = report.heuristics.filter((one) => one.partition === partition.id && one.generation <= generation);
  const [before, now] = [written.at(-2)?.rules ?? [], written.at(-1)?.rules ?? []];
  const rounds = report.rounds.filter((round) => round.partition === partition.id);
  const refused = rounds.find((round) => round.generation === generation)?.rejected ?? [];
  return h('article.lane', { 'aria-label': `Partition ${partition.id}` },
    h('header', {}, h('h3', {}, h('span', { class: `swatch p${partition.id % 7}` }), `Partition ${partition.id}`),
      h('p.note', {},
        `${partition.rule}. ${partition.evaluated} labels of ${whole(partition.size)} architectures, `
          + `${partition.archive} in the archive.`)),
    strip(partition.id, report, generation),
    h('details', { open: open.has(String(partition.id)), 'data-partition': partition.id },
      h('summary', {}, `${now.length} rules${changes(before, now)}${refused.length > 0 ? `; ${refused.length} proposals refused` : ''}`),
      h('ul.rules', {}, now.map((rule) => ruleOf(rule, before)),
        before.filter((old) => !now.some((rule) => isSameRule(rule, old))).map(dropped)),
      refused.length > 0 && h('ul.plain', {}, refused.slice(0, 12)
        .map((one) => h('li', {}, h('strong', {}, said(one.reason, 40), ': '), said(one.detail, 200))))));
}

/**
 * Bars by generation: what was proposed by whom, and below the line what was refused.
 * @param {number} partition
 * @param {Report} report
 * @param {number} chosen
 */
function strip(partition, report, chosen) {
  const last = Math.max(0, ...report.rounds.map((round) => round.generation));
  const counts = Array.from({ length: last + 1 }, (_, generation) => ({
    generation, by: origins.map(([name]) => /** @type {[string, number]} */ ([name, 0])), refused: 0,
  }));
  for (const one of report.candidates.filter((candidate) => candidate.partition === partition)) {
    counts[one.generation].by[origins.findIndex(([name]) => name === originOf(one.origin))][1]++;
  }
  for (const round of report.rounds.filter((one) => one.partition === partition)) counts[round.generation].refused = round.rejected.length;
  const most = Math.max(1, ...counts.map((one) => one.by.reduce((sum, [, count]) => sum + count, 0)));
  const scale = 44 / Math.max(most, ...counts.map((one) => 2 * one.refused));
  const width = 600 / (last + 1);
  const words = (/** @type {typeof counts[0]} */ one) => {
    const brought = one.by.filter(([, count]) => count > 0).map(([name, count]) => `${count} by ${name}`);
    return `Generation ${one.generation}: ${brought.join(', ') || 'none'}; ${one.refused} refused`;
  };
  return svg('svg', { class: 'strip', viewBox: '0 0 600 72', preserveAspectRatio: 'none', role: 'img',
    'aria-label': counts.map(words).join('. ') }, counts.map((one, i) => {
    let y = 46;
    return svg('g', { class: one.generation === chosen ? 'chosen' : undefined },
      svg('rect', { class: 'back', x: i * width, y: 0, width, height: 72 }),
      svg('title', {}, words(one)),
      one.by.map(([name, count]) => {
        y -= count * scale;
        return count > 0 && svg('rect', { class: name, x: i * width + width * 0.1, y, width: width * 0.8, height: count * scale });
      }),
      one.refused > 0 && svg('rect', { class: 'refused', x: i * width + width * 0.1, y: 48, width: width * 0.8,
        height: one.refused * scale }));
  }));
}

/** @param {Rule} rule @param {Rule} other */
const isSameText = (rule, other) => rule.text === other.text;

/**
 * Whether one rule is the other, kept or rewritten: of the same kind, about the same edge and operation.
 * @param {Rule} rule
 * @param {Rule} other
 */
function isSameRule(rule, other) {
  return isSameText(rule, other) || (rule.kind === other.kind && rule.edge === other.edge && rule.operation === other.operation
    && (rule.edge !== null || rule.operation !== null));
}

/** @param {Rule} rule @param {Rule[]} before */
function fateOf(rule, before) {
  return before.some((old) => isSameText(rule, old)) ? 'kept' : before.some((old) => isSameRule(rule, old)) ? 'rewritten' : 'new';
}

/** @param {Rule[]} before @param {Rule[]} now */
function changes(before, now) {
  if (before.length === 0) return '';
  const counts = ['kept', 'rewritten', 'new'].map((fate) => [fate, now.filter((rule) => fateOf(rule, before) === fate).length]);
  counts.push(['dropped', before.filter((old) => !now.some((rule) => isSameRule(rule, old))).length]);
  return `: ${counts.filter(([, count]) => Number(count) > 0).map(([fate, count]) => `${count} ${fate}`).join(', ')}`;
}

/** @param {Rule} rule @param {Rule[]} before */
function ruleOf(rule, before) {
  const fate = fateOf(rule, before);
  return h('li', { class: rule.kind === 'negative' ? 'negative' : 'positive' },
    h('span.fate', { class: `fate ${fate}` }, fate), h('strong', {}, rule.kind === 'negative' ? 'Avoid: ' : 'Prefer: '), said(rule.text),
    h('small', {}, `Confidence ${Math.round(100 * rule.confidence)} %`, rule.edge && [', edge ', said(rule.edge, 20)],
      rule.operation && [', ', said(rule.operation, 40)], rule.shared && ', for all partitions', '. ', said(rule.evidence)));
}

/** @param {Rule} rule */
function dropped(rule) {
  return h('li.dropped', {}, h('span.fate.dropped', {}, 'dropped'), h('del', {}, said(rule.text)));
}
