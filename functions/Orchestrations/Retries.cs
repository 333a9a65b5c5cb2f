using Microsoft.DurableTask;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Loading;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// How activities are tried again. Failures that trying again cannot mend, such as a bad argument, a damaged table or a run that was
/// deleted, are not retried. The calls to an LLM are tried again within seconds inside the chat client; the policy around them is for what
/// lasts minutes, on durable timers.
/// </summary>
internal static class Retries
{
    // By name: TaskFailureDetails.IsCausedBy looks the type up in whatever assemblies are loaded, which is no ground for an
    // orchestrator to decide on, and fails when it finds a name twice, as through a type forwarder.
    private static readonly HashSet<string> Hopeless =
    [
        .. new[]
        {
            typeof(ArgumentException), typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException), typeof(NotSupportedException),
            typeof(ProposerRefusedException), typeof(DataFileException), typeof(LibTorchException), typeof(ImageFolderException),
            typeof(PriorFileException), typeof(RunNotFoundException),
        }.Select(type => type.FullName!),
    ];

    /// <summary>Steps that read and write the store or compute.</summary>
    public static TaskOptions Store { get; } = Retry(TimeSpan.FromSeconds(2), backoff: 2, longest: TimeSpan.FromSeconds(30));

    /// <summary>
    /// Steps that call the proposer: after 15 s, 1, 4 and 10 min, for a proposer that is away or asks to wait longer than its client
    /// waits. Nothing else in these steps takes that long to mend, and nothing is lost by it.
    /// </summary>
    public static TaskOptions Proposer { get; } = Retry(TimeSpan.FromSeconds(15), backoff: 4, longest: TimeSpan.FromMinutes(10));

    /// <summary>Whether a failure is one that trying again cannot mend.</summary>
    internal static bool IsHopeless(TaskFailureDetails failure) => Hopeless.Contains(failure.ErrorType);

    private static TaskOptions Retry(TimeSpan first, double backoff, TimeSpan longest) => TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, first, backoff, longest) { HandleFailure = failure => !IsHopeless(failure) });
}
