// @ts-check
// Numbers, times and statuses as people read them.

const dash = '–';
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** @param {number | null | undefined} value @param {number} [digits] */
export function fixed(value, digits = 2) {
  return value === null || value === undefined || !Number.isFinite(value) ? dash : value.toFixed(digits);
}

/** @param {number | null | undefined} value */
export function whole(value) {
  return value === null || value === undefined ? dash : grouped.format(value);
}

/** @param {number | null | undefined} value A share of 1. */
export function percent(value) {
  return value === null || value === undefined ? dash : `${(100 * value).toFixed(1)} %`;
}

/** What stands in for latency, with its unit. @param {string} [device] Counts, in millions, have names of their own. */
export function latencyName(device) {
  return device === 'flops' ? 'FLOPs, M' : device === 'params' ? 'Parameters, M' : 'Latency, ms';
}

/** @param {number | null | undefined} value @param {string} [device] */
export function ms(value, device) {
  if (value === null || value === undefined) return dash;
  return `${Number(value.toPrecision(4))} ${device === 'flops' ? 'M FLOPs' : device === 'params' ? 'M parameters' : 'ms'}`;
}

/** @param {number | null | undefined} value @param {string | null} [proposer] */
export function dollars(value, proposer = null) {
  if (proposer === 'offline') return 'free';
  if (value === null || value === undefined) return dash;
  return value === 0 ? '$0' : `$${value < 1 ? value.toFixed(4) : value.toFixed(2)}`;
}

/** How many answers could not be used. @param {import('./types.js').Tally | null | undefined} tally */
export function unusableOf(tally) {
  return tally?.unusable.reduce((sum, one) => sum + one.count, 0) ?? 0;
}

/** What calls cost that are charged at the most they can have. @param {any} counts */
export function unconfirmed(counts) {
  if (!counts.unconfirmedCalls) return null;
  const cost = counts.unconfirmedUsd === null ? '' : `, ${dollars(counts.unconfirmedUsd)}`;
  return `${counts.unconfirmedCalls} ${counts.unconfirmedCalls === 1 ? 'call' : 'calls'} unconfirmed and counted at the most${cost}`;
}

/** @param {string | null | undefined} time ISO 8601. */
export function clock(time) {
  return time ? new Date(time).toISOString().slice(0, 19).replace('T', ' ') : dash;
}

/** @param {string | null} from @param {string | null} to Now where it is null. */
export function duration(from, to) {
  if (!from) return dash;
  const seconds = Math.max(0, ((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000);
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** @param {string | null} origin */
export function originOf(origin) {
  return origin === 'seed' || origin === 'prior' || origin === 'predictor' || origin === 'operator' ? origin : 'proposer';
}

/** Origins in the order in which they are drawn, with what they mean. @type {[string, string][]} */
export const origins = [
  ['proposer', 'the proposer'], ['predictor', 'the predictor\u2019s own look'], ['operator', 'plain operators'], ['prior', 'the prior'],
  ['seed', 'the seed population'],
];

/** @param {string} status */
export function isAlive(status) {
  return status === 'pending' || status === 'running' || status === 'suspended';
}
