using Microsoft.DurableTask;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// How activities are tried again. Failures that trying again cannot mend, such as a bad argument, are not retried. The calls to an
/// LLM have their own retries inside the chat client, so the policy around them is short: two layers must not multiply.
/// </summary>
internal static class Retries
{
    // By name: TaskFailureDetails.IsCausedBy looks the type up in whatever assemblies are loaded, which is no ground for an
    // orchestrator to decide on, and fails when it finds a name twice, as through a type forwarder.
    private static readonly HashSet<string> Hopeless =
    [
        .. new[] { typeof(ArgumentException), typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException), typeof(NotSupportedException) }
            .Select(type => type.FullName!),
    ];

    /// <summary>Steps that read and write the store or compute.</summary>
    public static TaskOptions Store { get; } = TaskOptions.FromRetryPolicy(Policy(maxNumberOfAttempts: 5));

    /// <summary>Steps that call the proposer.</summary>
    public static TaskOptions Proposer { get; } = TaskOptions.FromRetryPolicy(Policy(maxNumberOfAttempts: 2));

    private static RetryPolicy Policy(int maxNumberOfAttempts) => new(
        maxNumberOfAttempts, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30))
    {
        HandleFailure = failure => !Hopeless.Contains(failure.ErrorType),
    };
}
