using System.Diagnostics;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Telemetry;

namespace PelNas.Functions.Telemetry;

/// <summary>Where in a search or sweep a step is.</summary>
/// <param name="Id">The run's id, or the sweep's.</param>
/// <param name="IsSweep">Whether it is a sweep's.</param>
/// <param name="Partition">Partition, or null.</param>
/// <param name="Generation">Generation, or null.</param>
public sealed record StepPlace(string Id, bool IsSweep = false, int? Partition = null, int? Generation = null)
{
    /// <summary>A step of one partition's generation.</summary>
    public static StepPlace Of(PartitionStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new(step.RunId, Partition: step.Partition, Generation: step.Generation);
    }

    /// <summary>A step of the whole run's generation.</summary>
    public static StepPlace Of(RunStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new(step.RunId, Generation: step.Generation);
    }

    /// <summary>Writes it on a span.</summary>
    public void Describe(Activity span)
    {
        ArgumentNullException.ThrowIfNull(span);
        span.SetTag(IsSweep ? TelemetryNames.SweepId : TelemetryNames.RunId, Id);
        span.SetTag(TelemetryNames.Partition, Partition);
        span.SetTag(TelemetryNames.Generation, Generation);
    }
}
