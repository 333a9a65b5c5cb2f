using Microsoft.Extensions.Logging;
using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Http.About;

/// <summary>
/// <c>GET /health</c>: whether the app reaches its store and the engine of its orchestrations. Anonymous, and without data.
/// </summary>
public sealed partial class GetHealth(RunRepository runs, TimeProvider time, ILogger<GetHealth> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The HTTP function. Answers 200, or 503 when one is not reached; the log says why.</summary>
    [Function(nameof(GetHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        bool[] reached = await Task.WhenAll(
            ReachesAsync("store", token => runs.ListAsync(1, continuation: null, token), cancellationToken),
            ReachesAsync("engine", token => client.GetInstanceAsync(ActiveSweepOrchestrator.InstanceId, token), cancellationToken));
        return JsonResults.Of(
            new HealthView(reached[0], reached[1]),
            reached.All(isReached => isReached) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<bool> ReachesAsync(string part, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await ask(either.Token);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: that it cannot be used is what was asked.
            LogUnreached(fault, part);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Health: the {Part} cannot be reached.")]
    private partial void LogUnreached(Exception fault, string part);
}

/// <summary>The answer to <c>GET /health</c>.</summary>
/// <param name="Store">Whether the store answers.</param>
/// <param name="Engine">Whether the engine of the orchestrations answers.</param>
public sealed record HealthView(bool Store, bool Engine);
