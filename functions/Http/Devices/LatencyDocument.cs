using System.Text.Json;

namespace PelNas.Functions.Http.Devices;

/// <summary>The JSON body of <c>PUT /devices/{name}</c>. The rows stay JSON here, so that each wrong one can be reported.</summary>
/// <param name="Dataset">Data set whose networks the latencies are of.</param>
/// <param name="Latencies">Rows <c>{ "index" or "architecture", "latencyMs" }</c>, one an architecture, in any order.</param>
public sealed record LatencyDocument(string Dataset, JsonElement Latencies);
