// @ts-check
// Charts by ECharts, in the page's colours, light, dark and on paper.
import { h } from './dom.js';
import { viewSignal } from './live.js';

/** @type {Promise<any> | null} */
let loading = null;

/**
 * The plot library, a classic script: in the file of a report, on a server asked for with the first chart,
 *   so that nothing else waits for it.
 * @returns {Promise<any>}
 */
function loadLibrary() {
  const here = () => /** @type {any} */ (globalThis).echarts;
  loading ??= here() ? Promise.resolve(here()) : new Promise((resolve) => {
    document.head.append(h('script', { src: 'echarts.js', onload: () => resolve(here()), onerror: () => { loading = null; } }));
  });
  return loading;
}

// More points than this are drawn on a canvas; fewer as SVG, which prints sharply.
const mostPointsInSvg = 1500;

// What is between the margins of a page of paper, px; the style sheet has the heights.
const printWidth = 660;

/** Shapes that tell partitions and runs apart without colour. */
export const shapes = ['circle', 'rect', 'triangle', 'diamond', 'roundRect',
  'path://M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4z', 'path://M0 0h12l-12 12h12z'];

/**
 * @typedef {{ ink: string, soft: string, line: string, grid: string, card: string, exact: string, bad: string, colours: string[] }} Theme
 */

/** @returns {Theme} */
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const of = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of('ink'), soft: of('soft'), line: of('line'), grid: of('grid'), card: of('card'), exact: of('exact'), bad: of('bad'),
    colours: [0, 1, 2, 3, 4, 5, 6].map((i) => of(`c${i}`)),
  };
}

/** A colour that stays the same for the same number. @param {Theme} theme @param {number} i */
export function colourOf(theme, i) {
  return theme.colours[i % theme.colours.length];
}

/**
 * @typedef {{ element: HTMLElement, set: (label: string, points: number, build: (theme: Theme) => any) => void,
 *   on: (event: string, handler: (event: any) => void) => void, act: (action: any) => void,
 *   pointAt: (isIt: (datum: any) => boolean) => void }} Chart
 */

/**
 * Makes a place for a chart.
 * @param {string} className
 * @returns {Chart}
 */
export function makeChart(className = '') {
  const canvas = h('div.plot', { class: `plot ${className}`, role: 'img' });
  /** @type {any} */
  let library = null;
  /** @type {any} */
  let chart = null;
  let renderer = '';
  /** @type {[string, (event: any) => void][]} */
  const listeners = [];
  /** @type {((theme: Theme) => any) | null} */
  let builder = null;
  let points = 0;

  const draw = () => {
    if (!library || !builder || canvas.clientWidth === 0) return;
    const wanted = points > mostPointsInSvg ? 'canvas' : 'svg';
    if (chart && renderer !== wanted) {
      chart.dispose();
      chart = null;
    }
    if (!chart) {
      renderer = wanted;
      chart = library.init(canvas, null, { renderer, devicePixelRatio: Math.max(2, devicePixelRatio) });
      listeners.forEach(([event, handler]) => chart.on(event, handler));
    }
    chart.setOption(withDefaults(builder(readTheme()), canvas.clientWidth), { replaceMerge: ['series'] });
  };

  loadLibrary().then((loaded) => {
    library = loaded;
    draw();
  });
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (!chart) draw();
    else if (canvas.clientWidth !== width) {
      chart.resize();
      draw();
    }
    width = canvas.clientWidth;
  });
  observer.observe(canvas);
  const signal = viewSignal();
  for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', draw, { signal });
  addEventListener('beforeprint', () => chart?.resize({ width: printWidth, height: className === 'tall' ? 340 : 220 }), { signal });
  addEventListener('afterprint', () => chart?.resize(), { signal });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    chart?.dispose();
    [chart, builder] = [null, null];
  });

  return {
    element: canvas,
    set(label, count, build) {
      canvas.setAttribute('aria-label', label);
      [builder, points] = [build, count];
      draw();
    },
    on(event, handler) {
      listeners.push([event, handler]);
      chart?.on(event, handler);
    },
    act: (action) => chart?.dispatchAction(action),
    pointAt(isIt) {
      for (const type of ['downplay', 'hideTip']) chart?.dispatchAction({ type });
      chart?.getOption().series.forEach((/** @type {any} */ one, /** @type {number} */ seriesIndex) => {
        const dataIndex = one.data.findIndex(isIt);
        if (dataIndex >= 0) for (const type of ['highlight', 'showTip']) chart.dispatchAction({ type, seriesIndex, dataIndex });
      });
    },
  };
}

/** @param {any} option @param {number} width */
function withDefaults(option, width) {
  return {
    animation: false,
    toolbox: { show: false },
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    grid: { left: 8, right: width < 500 ? 12 : 24, top: option.legend ? (width < 500 ? 74 : 44) : 16, bottom: 8, outerBoundsMode: 'same',
      outerBoundsContain: 'all' },
    ...option,
  };
}

/**
 * An axis of numbers.
 * @param {Theme} theme @param {string} name @param {Record<string, any>} [more]
 */
export function axis(theme, name, more = {}) {
  return {
    type: 'value', name, nameLocation: 'middle', nameGap: 28, scale: true, splitNumber: 5,
    nameTextStyle: { color: theme.soft, fontSize: 12 },
    axisLabel: { color: theme.soft, fontSize: 12, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: theme.line } },
    splitLine: { lineStyle: { color: theme.grid } },
    ...more,
  };
}

/**
 * The vertical axis, whose name stands beside its numbers.
 * @param {Theme} theme
 * @param {string} name
 * @param {Record<string, any>} [more]
 */
export function upright(theme, name, more = {}) {
  return axis(theme, name, { nameGap: 46, ...more });
}

/** A legend above the plot. @param {Theme} theme @param {string[]} names */
export function legend(theme, names) {
  return {
    data: names, top: 0, left: 0, right: 0, type: 'plain', itemWidth: 16, itemHeight: 10, itemGap: 12,
    textStyle: { color: theme.ink, fontSize: 12 }, inactiveColor: theme.exact, tooltip: { show: false },
  };
}

/**
 * A tooltip of elements; text never becomes markup.
 * @param {Theme} theme @param {(item: any) => Node | null} show
 */
export function tooltip(theme, show) {
  return {
    trigger: 'item', confine: true, transitionDuration: 0, backgroundColor: theme.card, borderColor: theme.line, padding: 10,
    className: 'tip',
    textStyle: { color: theme.ink, fontSize: 13 }, formatter: (/** @type {any} */ item) => show(item) ?? '',
  };
}
