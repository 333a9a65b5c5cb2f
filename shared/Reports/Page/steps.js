// @ts-check
// Arithmetic of step curves.

/** @typedef {import('./types.js').Point} Point */

/** The last value at or before x; null before the first. @param {Point[]} points By x. @param {number} x */
function valueAt(points, x) {
  return points.findLast((point) => point.x <= x)?.y ?? null;
}

/**
 * Mean, least and most of several curves where all of them have begun.
 * @param {Point[][]} curves Each by x.
 * @returns {{ x: number, mean: number, least: number, most: number }[]}
 */
export function bandOf(curves) {
  const places = [...new Set(curves.flat().map((point) => point.x))].sort((a, b) => a - b);
  return places.flatMap((x) => {
    const values = curves.map((curve) => valueAt(curve, x));
    if (values.includes(null)) return [];
    const numbers = /** @type {number[]} */ (values);
    return [{ x, mean: numbers.reduce((sum, one) => sum + one, 0) / numbers.length, least: Math.min(...numbers),
      most: Math.max(...numbers) }];
  });
}

/**
 * The surface that so many of the fronts attain (Fonseca and others, 2001):
 *   at each latency the accuracy that at least `least` of them reach.
 * @param {Point[][]} fronts Each by latency, accuracy rising. @param {number} least
 * @returns {Point[]}
 */
export function attainment(fronts, least) {
  const places = [...new Set(fronts.flat().map((point) => point.x))].sort((a, b) => a - b);
  /** @type {Point[]} */
  const surface = [];
  for (const x of places) {
    const reached = fronts.map((front) => valueAt(front, x)).filter((value) => value !== null).sort((a, b) => b - a);
    if (reached.length >= least && reached[least - 1] > (surface.at(-1)?.y ?? -Infinity)) surface.push({ x, y: reached[least - 1] });
  }
  return surface;
}
