using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Activities;

/// <summary>Records when and why the run ended.</summary>
public sealed class FinishSearch(SearchFinisher finisher)
{
    [Function(nameof(FinishSearch))]
    public async Task RunAsync([ActivityTrigger] FinishInput input, CancellationToken cancellationToken)
        => ResultTags.OnEnd(await finisher.FinishAsync(input.RunId, input.StopReason, input.FinishedAt, cancellationToken));
}
