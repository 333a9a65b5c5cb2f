using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>Trains the network around one cell for its label.</summary>
public sealed class TrainArchitecture(ArchitectureTrainer trainer)
{
    /// <summary>The activity function; returns the seconds that the training took.</summary>
    [Function(nameof(TrainArchitecture))]
    public Task<double> RunAsync([ActivityTrigger] CellStep input, CancellationToken cancellationToken)
        => trainer.TrainAsync(input.Step.RunId, input.Index, cancellationToken);
}
