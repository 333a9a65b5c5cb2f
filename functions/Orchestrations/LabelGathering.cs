using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Functions.Activities;
using PelNas.Shared.Records;
using PelNas.Shared.Search;

namespace PelNas.Functions.Orchestrations;

/// <summary>Chooses a generation's labels and gets them: from the table at once, or from the user, batch after batch, by external events.</summary>
internal sealed class LabelGathering(TaskOrchestrationContext context, SearchRequest request)
{
    /// <summary>The event that says that a label was told; its payload is the architecture's index.</summary>
    public const string LabelTold = "label-told";

    /// <summary>How often the labels that are open are looked at again: an event can be lost when the app is killed between a label's row and its event.</summary>
    private static readonly TimeSpan Reminder = TimeSpan.FromHours(1);

    // The one that waits for the next event: a second one in its place would leave it the event.
    private Task<int>? _next;

    /// <summary>Runs the generation's label step.</summary>
    public async Task<LabelsGathered> RunAsync(RunStep step)
    {
        LabelChoice choice = await ChooseAsync(step, isLast: false);
        while (choice.Wanted.Count > 0)
        {
            if (!await WaitAsync(step, choice.Wanted))
            {
                await ChooseAsync(step, isLast: true);
                return new LabelsGathered(IsAbandoned: true);
            }

            choice = await ChooseAsync(step, isLast: false);
        }

        return new LabelsGathered();
    }

    private Task<LabelChoice> ChooseAsync(RunStep step, bool isLast)
        => context.CallActivityAsync<LabelChoice>(nameof(ChooseLabels), new LabelStep(step, isLast), Retries.Store);

    /// <summary>Waits until all labels of a batch are told. False when none was for as long as the request waits.</summary>
    private async Task<bool> WaitAsync(RunStep step, IReadOnlyList<int> wanted)
    {
        HashSet<int> open = [.. wanted];
        DateTime deadline = context.CurrentUtcDateTime.AddHours(request.Labels!.DeadlineHours);
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
                    deadline = context.CurrentUtcDateTime.AddHours(request.Labels.DeadlineHours);
                }

                _next = null;
            }

            if (open.Count == 0)
            {
                await stop.CancelAsync();
                return true;
            }

            LabelChoice choice = await ChooseAsync(step, isLast: false);
            if (!choice.Wanted.SequenceEqual(wanted))
            {
                return true;
            }

            context.CreateReplaySafeLogger(typeof(SearchOrchestrator)).LogWarning(
                "Search {RunId} waits for {Count} labels, until {Deadline:u}: GET searches/{RunId}/labels lists them.", step.RunId, open.Count, deadline, step.RunId);
        }

        return open.Count == 0;
    }
}

/// <summary>What gathering a generation's labels came to.</summary>
/// <param name="IsAbandoned">Whether nobody told a label until the deadline.</param>
internal sealed record LabelsGathered(bool IsAbandoned = false);
