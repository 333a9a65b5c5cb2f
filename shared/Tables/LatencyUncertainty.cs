using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PelNas.Shared.Tables;

/// <summary>What is not certain of a device's latencies, of which some are measured and the others predicted.</summary>
/// <param name="DeviationMs">Standard deviation by architecture, ms.</param>
/// <param name="Measured">The architectures that were measured.</param>
public sealed record LatencyUncertainty(ImmutableArray<double> DeviationMs, FrozenSet<int> Measured);
