using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>Adds architectures that the predictor finds to those that a search in an open space looks at.</summary>
public sealed class GrowPool(PoolGrower grower)
{
    [Function(nameof(GrowPool))]
    public Task<int> RunAsync([ActivityTrigger] RunStep step, CancellationToken cancellationToken)
        => grower.GrowAsync(step.RunId, step.Generation, cancellationToken);
}
