using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>Draws the front again with the latencies that were told of it, and says which of it are still to be measured.</summary>
public sealed class VerifyFront(FrontVerifier verifier)
{
    [Function(nameof(VerifyFront))]
    public Task<IReadOnlyList<int>> RunAsync([ActivityTrigger] RunStep input, CancellationToken cancellationToken)
        => verifier.VerifyAsync(input.RunId, input.Generation, cancellationToken);
}
