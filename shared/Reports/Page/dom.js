// @ts-check
// Elements made from data. Text becomes text nodes and nothing else, whatever stands in it: no markup is ever parsed here.

// Control characters, and those that change the direction of what follows.
const unprintable = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 */

/**
 * Makes an HTML element.
 * @param {string} name Tag, with classes after dots: `p.note`.
 * @param {Record<string, any>} [attributes] Attributes; functions are listeners (`onclick`), booleans are set or left out,
 *   `value` is a property.
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  return fill(element, attributes, children);
}

/**
 * Makes an SVG element.
 * @param {string} name Tag.
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, name), attributes, children);
}

/**
 * @param {any} element
 * @param {Record<string, any>} attributes
 * @param {(Child | Child[])[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'indeterminate') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  put(element, ...children);
  return element;
}

/**
 * Appends children.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function put(element, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/**
 * Replaces the children. The focus stays: on the control of the same name, or else on the one that is in its place.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function replace(element, ...children) {
  const focused = document.activeElement;
  const at = focused && element.contains(focused) ? controlsIn(element).indexOf(focused) : -1;
  element.replaceChildren();
  put(element, ...children);
  if (at < 0) return;
  const controls = controlsIn(element);
  focusOn(controlLike(focused, controls) ?? controls[Math.min(at, controls.length - 1)]);
}

/** The control that has the name of another, which may be gone. @param {Element | null} lost @param {any[]} [controls] */
export function controlLike(lost, controls = controlsIn(document)) {
  const nameOf = (/** @type {Element | null} */ control) => control?.getAttribute('aria-label') ?? control?.getAttribute('href');
  return nameOf(lost) && controls.find((control) => nameOf(control) === nameOf(lost));
}

/** @param {ParentNode} element @returns {Element[]} */
function controlsIn(element) {
  return [...element.querySelectorAll('a[href], summary, [tabindex], :is(button, input, select):enabled')];
}

/** @param {any} control The content where there is none. */
export function focusOn(control) {
  (control ?? document.getElementById('main')).focus({ preventScroll: true });
}

/** Has a screen reader say what changed. @param {string} text */
export function speak(text) {
  const place = document.getElementById('spoken');
  if (place && place.textContent !== text) place.textContent = text;
}

/**
 * Text that somebody else wrote: cut, and kept from turning what stands around it from right to left.
 * @param {string | null | undefined} text @param {number} [length]
 */
export function said(text, length = 300) {
  const whole = (text ?? '').replace(unprintable, '\uFFFD');
  return h('bdi', {}, whole.length > length ? `${whole.slice(0, length)}…` : whole);
}

/**
 * A table with a caption for screen readers.
 * @param {string} caption
 * @param {(string | { text: string, number?: boolean })[]} columns
 * @param {(Child | Child[])[][]} rows The first cell of each is its header.
 * @param {string} [className]
 */
export function table(caption, columns, rows, className = '') {
  const heads = columns.map((column) => (typeof column === 'string' ? { text: column, number: false } : column));
  const style = (/** @type {number} */ i) => (heads[i]?.number ? 'number' : undefined);
  return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': caption },
    h('table', { class: className || undefined },
      h('caption.hidden', {}, caption),
      h('thead', {}, h('tr', {}, heads.map((head, i) => h('th', { scope: 'col', class: style(i) }, head.text)))),
      h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell, i) => h(i === 0 ? 'th' : 'td',
        { scope: i === 0 ? 'row' : undefined, class: style(i), 'data-label': heads[i]?.text }, cell)))))));
}

/** Heads of columns of numbers. @param {string[]} texts */
export function numbers(...texts) {
  return texts.map((text) => ({ text, number: true }));
}

/**
 * A section with a heading.
 * @param {string} title
 * @param {...(Child | Child[])} children
 */
export function card(title, ...children) {
  const id = `s-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  return h('section.card', { 'aria-labelledby': id }, h('h2', { id }, title), ...children);
}
