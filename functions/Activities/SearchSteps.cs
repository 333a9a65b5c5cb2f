using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Partitioning;

namespace PelNas.Functions.Activities;

/// <summary>The steps of a search over all its partitions, which <see cref="SearchOrchestrator"/> calls.</summary>
public sealed class SearchSteps(
    SearchPlanner planner, PriorAsker asker, PoolGrower grower, LabelChooser chooser, ArchitectureTrainer trainer,
    FrontPublisher publisher, FrontVerifier verifier, SearchFinisher finisher)
{
    /// <summary>Validates the request, chooses the partitions, writes the run row.</summary>
    [Function(nameof(PlanSearch))]
    public async Task<IReadOnlyList<PartitionPlan>> PlanSearch([ActivityTrigger] PlanInput input, CancellationToken cancellationToken)
        => ResultTags.OnPlan(input.Request, await planner.PlanAsync(input.RunId, input.Request, input.StartedAt, cancellationToken));

    /// <summary>
    /// Writes down what is believed before the first label: the proposer is asked once, or a file or earlier searches are read.
    /// </summary>
    [Function(nameof(AskPrior))]
    public Task<ProposalCounts> AskPrior([ActivityTrigger] RunStep step, CancellationToken cancellationToken)
        => asker.AskAsync(step.RunId, cancellationToken);

    /// <summary>Adds architectures that the predictor finds to those that a search in an open space looks at.</summary>
    [Function(nameof(GrowPool))]
    public Task<int> GrowPool([ActivityTrigger] RunStep step, CancellationToken cancellationToken)
        => grower.GrowAsync(step.RunId, step.Generation, cancellationToken);

    /// <summary>
    /// Chooses over all partitions which candidates are worth a label, and pays for these, or says which have to be got first.
    /// </summary>
    [Function(nameof(ChooseLabels))]
    public Task<LabelChoice> ChooseLabels([ActivityTrigger] LabelStep input, CancellationToken cancellationToken)
        => chooser.ChooseAsync(input.Step.RunId, input.Step.Generation, input.IsLast, cancellationToken);

    /// <summary>Trains the network around one cell for its label, and returns the seconds that it took.</summary>
    [Function(nameof(TrainArchitecture))]
    public Task<double> TrainArchitecture([ActivityTrigger] CellStep input, CancellationToken cancellationToken)
        => trainer.TrainAsync(input.Step.RunId, input.Index, cancellationToken);

    /// <summary>Publishes the non-dominated union of all partitions as the front of a generation.</summary>
    [Function(nameof(ComputeParetoFront))]
    public async Task<GenerationFront> ComputeParetoFront([ActivityTrigger] RunStep step, CancellationToken cancellationToken)
        => ResultTags.OnFront(await publisher.PublishAsync(step.RunId, step.Generation, cancellationToken));

    /// <summary>Draws the front again with the latencies that were told of it, and says which of it are still to be measured.</summary>
    [Function(nameof(VerifyFront))]
    public Task<IReadOnlyList<int>> VerifyFront([ActivityTrigger] RunStep step, CancellationToken cancellationToken)
        => verifier.VerifyAsync(step.RunId, step.Generation, cancellationToken);

    /// <summary>Records when and why the run ended.</summary>
    [Function(nameof(FinishSearch))]
    public async Task FinishSearch([ActivityTrigger] FinishInput input, CancellationToken cancellationToken)
        => ResultTags.OnEnd(await finisher.FinishAsync(input.RunId, input.StopReason, input.FinishedAt, cancellationToken));
}
