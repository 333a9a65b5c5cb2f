using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Runs;

namespace PelNas.Functions.Activities;

/// <summary>Records when and why the run ended.</summary>
public sealed class FinishSearch(SearchFinisher finisher, StepTelemetry telemetry)
{
    /// <summary>The activity function.</summary>
    [Function(nameof(FinishSearch))]
    public Task RunAsync([ActivityTrigger] FinishInput input, CancellationToken cancellationToken)
        => telemetry.RunAsync(
            nameof(FinishSearch),
            new StepPlace(input.RunId),
            () => finisher.FinishAsync(input.RunId, input.StopReason, input.FinishedAt, cancellationToken),
            ResultTags.OnEnd);
}
