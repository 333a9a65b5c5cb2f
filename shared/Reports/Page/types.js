// @ts-check
// What the HTTP API answers, as far as the page reads it; docs/openapi.yaml has all of it.

/** @typedef {{ calls: number, inputTokens: number, outputTokens: number, usd: number | null }} Usage */
/** @typedef {{ kind: string, count: number, sample: string }} Unusable */
/** @typedef {{ answers: number, unusable: Unusable[] }} Tally */
/**
 * @typedef {{ generation: number, generations: number, labels: number, maxLabels: number, llmCalls: number, hypervolume: number,
 *   front: number }} Progress
 */
/** @typedef {{ id: string, dataset: string, device: string, seed: number, status: string, proposer: string, startedAt: string,
 *   finishedAt: string | null, stopReason: string | null, maxLabels: number, progress: Progress | null, labels: number | null,
 *   hypervolume: number | null, spent: Usage | null }} Summary */
/** @typedef {{ id: string, status: string, progress: Progress | null, request: Record<string, any>, proposer: string | null,
 *   startedAt: string | null, finishedAt: string | null, stopReason: string | null, providerFault: string | null,
 *   failure: { type: string, message: string } | null }} Details */
/** @typedef {{ index: number, architecture: string, partition: number, generation: number, origin: string | null, rationale: string | null,
 *   predictedAccuracy: number | null, predictedDeviation: number | null, latencyMs: number | null, accuracy: number | null,
 *   labelledGeneration: number | null }} Candidate */
/** @typedef {{ index: number, architecture: string, accuracy: number, validationAccuracy: number | null, testAccuracy: number | null,
 *   latencyMs: number, latencyFrom: string | null, latencyLowMs: number | null, latencyHighMs: number | null, energyMj: number | null,
 *   paramsM: number, flopsM: number, partition: number, generation: number }} FrontPoint */
/** @typedef {{ hypervolume: number, hypervolumeRatio: number, igd: number, frontHitRate: number, trueFrontSize: number,
 *   liveHypervolumeRatio: number, liveIgd: number, liveFrontHitRate: number }} Quality */
/**
 * @typedef {{ kind: string, text: string, evidence: string, confidence: number, edge: string | null, operation: string | null,
 *   shared: boolean }} Rule
 */
/** @typedef {{ partition: number, generation: number, rules: Rule[] }} Heuristics */
/** @typedef {{ partition: number, generation: number, accepted: number, filledIn: number, labels: number, archive: number,
 *   rejected: { text: string, reason: string, detail: string }[], usage: Usage, answers: Tally }} Round */
/** @typedef {{ request: Record<string, any>, stopSentence: string | null, knee: number | null, result: Record<string, any>,
 *   exactFront: { latencyMs: number, accuracy: number }[], candidates: Candidate[], rounds: Round[], heuristics: Heuristics[] }} Report */
/** @typedef {{ index: number, architecture: string, partition: number,
 *   datasets: { dataset: string, accuracy: number, paramsM: number, flopsM: number, latencyMs: Record<string, number>,
 *   cannotRun: string[] }[] }} Figures */
/** @typedef {{ dataset: string, device: string, rank: number, cells: number }} Rank */
/** @typedef {{ dataset: string, name: string, value: number }} Score */
/** @typedef {{ cell: Figures, isLive: boolean, partitionRule: string, twins: Figures[], ranks: Rank[], scores: Score[] }} CellAnswer */
/**
 * @typedef {{ name: string, description: string, latencySource: string, source: string, datasets: string[], infeasible: number }} Device
 */
/** @typedef {{ device: string, dataset: string, measured: number, infeasible: number, minLatencyMs: number, maxLatencyMs: number,
 *   warning: string | null,
 *   validation: { cells: number, spearman: number | null, relativeError: number, warning: string | null } | null,
 *   setup: { machine: string, runtime: string, threads: number, measuredAt: string } | null }} StoredDevice */
/**
 * @typedef {{ index: number, architecture: string, latencyMs: number | null, predictedMs: number | null, repeats: number,
 *   spreadMs: number }} DevicePoint
 */
/** @typedef {{ x: number, y: number }} Point */

export {};
