using System.Diagnostics;

namespace PelNas.Functions.Telemetry;

/// <summary>The input of an activity, which says where in a search or sweep its step is.</summary>
public interface IStepInput
{
    /// <summary>Where the step is.</summary>
    StepPlace Place { get; }
}

/// <summary>Where in a search or sweep a step is.</summary>
/// <param name="Id">The run's id, or the sweep's.</param>
/// <param name="IsSweep">Whether it is a sweep's.</param>
/// <param name="Partition">Partition, or null.</param>
/// <param name="Generation">Generation, or null.</param>
public sealed record StepPlace(string Id, bool IsSweep = false, int? Partition = null, int? Generation = null)
{
    /// <summary>Writes it on a span.</summary>
    public void Describe(Activity span)
    {
        span.SetTag(IsSweep ? TelemetryNames.SweepId : TelemetryNames.RunId, Id);
        span.SetTag(TelemetryNames.Partition, Partition);
        span.SetTag(TelemetryNames.Generation, Generation);
    }
}
