// @ts-check
// A cell of NAS-Bench-201, drawn as a graph of four nodes and six edges.
import { svg } from './dom.js';

/** Operations with their short names. @type {Record<string, [string, string]>} */
const operations = {
  none: ['none', 'none'], skip_connect: ['skip', 'skip'], nor_conv_1x1: ['1×1', 'conv1'], nor_conv_3x3: ['3×3', 'conv3'],
  avg_pool_3x3: ['pool', 'pool'],
};

/** Where the nodes stand, and each edge's control point and label. */
const nodeAt = [[28, 70], [112, 70], [196, 70], [280, 70]];
/** @type {Record<string, { path: string, at: [number, number] }>} */
const edgeAt = {
  '0-1': { path: 'M28 70L112 70', at: [70, 70] },
  '1-2': { path: 'M112 70L196 70', at: [154, 70] },
  '2-3': { path: 'M196 70L280 70', at: [238, 70] },
  '0-2': { path: 'M28 70C60 26 164 26 196 70', at: [112, 37] },
  '1-3': { path: 'M112 70C144 114 248 114 280 70', at: [196, 103] },
  '0-3': { path: 'M28 70C56 -12 252 -12 280 70', at: [154, 8.5] },
};

/**
 * Reads the notation `|op~0|+|op~0|op~1|+|op~0|op~1|op~2|`.
 * @param {string} architecture
 * @returns {{ from: number, to: number, operation: string }[]}
 */
function edgesOf(architecture) {
  return architecture.split('+').flatMap((node, i) => node.split('|').filter((part) => part !== '').map((part) => {
    const [operation, from] = part.split('~');
    return { from: Number(from), to: i + 1, operation };
  }));
}

/** The cell in words, for those who do not see it. @param {string} architecture */
function cellInWords(architecture) {
  return edgesOf(architecture).filter((edge) => edge.operation !== 'none')
    .map((edge) => `${edge.from} to ${edge.to} ${operations[edge.operation]?.[0] ?? edge.operation}`).join(', ') || 'no edge';
}

/** Whether an architecture is a cell, which those of other spaces than NAS-Bench-201 need not be. @param {string} architecture */
export function isCell(architecture) {
  return architecture.startsWith('|');
}

/**
 * Draws a cell; null for what is none.
 * @param {string} architecture
 * @returns {SVGElement | null}
 */
export function drawCell(architecture) {
  if (!isCell(architecture)) return null;
  const edges = edgesOf(architecture).filter((edge) => edgeAt[`${edge.from}-${edge.to}`]);
  const live = edges.filter((edge) => edge.operation !== 'none');
  return svg('svg', { class: 'cell', viewBox: '0 -6 308 126', role: 'img', 'aria-label': `Cell: ${cellInWords(architecture)}` },
    edges.map((edge) => svg('path', {
      class: `edge ${operations[edge.operation]?.[1] ?? ''}`, d: edgeAt[`${edge.from}-${edge.to}`].path,
    })),
    live.map((edge) => {
      const [x, y] = edgeAt[`${edge.from}-${edge.to}`].at;
      const [name, style] = operations[edge.operation] ?? [edge.operation, ''];
      return svg('g', { class: `label ${style}` },
        svg('rect', { x: x - 17, y: y - 10, width: 34, height: 20, rx: 10 }), svg('text', { x, y: y + 4 }, name));
    }),
    nodeAt.map(([x, y], i) => svg('g', { class: 'node' },
      svg('circle', { cx: x, cy: y, r: 13 }), svg('text', { x, y: y + 4.5 }, i === 0 ? 'in' : i === 3 ? 'out' : i))));
}
