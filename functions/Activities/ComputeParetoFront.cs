using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Activities;

/// <summary>Publishes the non-dominated union of all partitions as the front of a generation.</summary>
public sealed class ComputeParetoFront(FrontPublisher publisher)
{
    [Function(nameof(ComputeParetoFront))]
    public async Task<GenerationFront> RunAsync([ActivityTrigger] RunStep step, CancellationToken cancellationToken)
        => ResultTags.OnFront(await publisher.PublishAsync(step.RunId, step.Generation, cancellationToken));
}
