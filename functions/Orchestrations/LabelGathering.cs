using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Functions.Activities;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// Chooses a generation's labels and gets them, batch after batch: from the table at once, by training here, or from the user by external
/// events. Gets the latencies of a front from the user in the same way.
/// </summary>
public sealed class LabelGathering(TaskOrchestrationContext context, SearchRequest request)
{
    /// <summary>The event that says that a label or a latency was told; its payload is the architecture's index.</summary>
    public const string LabelTold = "label-told";

    /// <summary>
    /// How often the labels that are open are looked at again: an event can be lost when the app is killed between a label's row and its
    /// event.
    /// </summary>
    private static readonly TimeSpan Reminder = TimeSpan.FromHours(1);

    // The one that waits for the next event: a second one in its place would leave it the event.
    private Task<int>? _next;

    /// <summary>Runs the generation's label step.</summary>
    /// <param name="step">The generation.</param>
    /// <param name="secondsBefore">Seconds of training in the generations before.</param>
    public async Task<LabelsGathered> RunAsync(RunStep step, double secondsBefore)
    {
        double seconds = secondsBefore;
        LabelChoice choice = await ChooseAsync(step, isLast: false);
        while (choice.Wanted.Count > 0)
        {
            bool isAbandoned = false;
            if (request.Labels?.Training is { } training)
            {
                seconds += await TrainAsync(step, choice.Wanted);
                isAbandoned = seconds >= training.Minutes * 60;
            }
            else
            {
                isAbandoned = !await WaitAsync(step, choice.Wanted, async () => (await ChooseAsync(step, isLast: false)).Wanted);
            }

            choice = await ChooseAsync(step, isLast: isAbandoned);
            if (isAbandoned)
            {
                return new LabelsGathered(seconds, isAbandoned);
            }
        }

        return new LabelsGathered(seconds, IsAbandoned: false);
    }

    /// <summary>Gets the latencies of the front after a generation, until no point of it is predicted or nobody tells any more.</summary>
    public async Task VerifyAsync(RunStep step)
    {
        IReadOnlyList<int> wanted = await AskAsync();
        while (wanted.Count > 0 && await WaitAsync(step, wanted, AskAsync))
        {
            wanted = await AskAsync();
        }

        Task<IReadOnlyList<int>> AskAsync()
            => context.CallActivityAsync<IReadOnlyList<int>>(nameof(SearchSteps.VerifyFront), step, Retries.Store);
    }

    /// <summary>Trains a batch and returns its seconds, summed over the networks.</summary>
    private async Task<double> TrainAsync(RunStep step, IReadOnlyList<int> wanted)
    {
        double[] seconds = await Task.WhenAll(wanted.Select(
            index => context.CallActivityAsync<double>(nameof(SearchSteps.TrainArchitecture), new CellStep(step, index), Retries.Store)));
        return seconds.Sum();
    }

    private Task<LabelChoice> ChooseAsync(RunStep step, bool isLast)
        => context.CallActivityAsync<LabelChoice>(nameof(SearchSteps.ChooseLabels), new LabelStep(step, isLast), Retries.Store);

    /// <summary>Waits until all of a batch are told. False when none was for as long as the request waits.</summary>
    /// <param name="step">The generation.</param>
    /// <param name="wanted">The batch.</param>
    /// <param name="lookAsync">What is wanted by now, should an event have been lost.</param>
    private async Task<bool> WaitAsync(RunStep step, IReadOnlyList<int> wanted, Func<Task<IReadOnlyList<int>>> lookAsync)
    {
        HashSet<int> open = [.. wanted];
        double hours = (request.Labels ?? new LabelRequest()).DeadlineHours;
        DateTime deadline = context.CurrentUtcDateTime.AddHours(hours);
        while (open.Count > 0 && context.CurrentUtcDateTime < deadline)
        {
            DateTime reminder = context.CurrentUtcDateTime + Reminder;
            using CancellationTokenSource stop = new();
            Task timer = context.CreateTimer(reminder < deadline ? reminder : deadline, stop.Token);
            while (open.Count > 0)
            {
                _next ??= context.WaitForExternalEvent<int>(LabelTold);
                if (await Task.WhenAny(_next, timer) == timer)
                {
                    break;
                }

                if (open.Remove(await _next))
                {
                    deadline = context.CurrentUtcDateTime.AddHours(hours);
                }

                _next = null;
            }

            if (open.Count == 0)
            {
#pragma warning disable CA1849 // An orchestrator awaits nothing but tasks of its context.
                stop.Cancel();
#pragma warning restore CA1849
                return true;
            }

            if (!(await lookAsync()).SequenceEqual(wanted))
            {
                return true;
            }

            context.CreateReplaySafeLogger(typeof(SearchOrchestrator)).LogWarning(
                "Search {RunId} waits for {Count} of its user, until {Deadline:u}: GET searches/{RunId}/labels and measurements list them.",
                step.RunId, open.Count, deadline, step.RunId);
        }

        return open.Count == 0;
    }
}

/// <summary>What gathering a generation's labels came to.</summary>
/// <param name="Seconds">Seconds of training so far.</param>
/// <param name="IsAbandoned">
/// Whether no more labels are to come: nobody told one until the deadline, or the minutes of training are spent.
/// </param>
public sealed record LabelsGathered(double Seconds, bool IsAbandoned);
