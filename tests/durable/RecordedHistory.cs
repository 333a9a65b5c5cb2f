using DurableTask.Core;
using DurableTask.Core.Command;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;
using PelNas.Local.Engine.History;
using PelNas.Local.Engine.Shims;

namespace PelNas.Tests.Durable;

/// <summary>The history of an instance's run, to keep in a file and to replay against a later version of the app.</summary>
/// <param name="Events">The events, in order.</param>
internal sealed record RecordedHistory(IReadOnlyList<HistoryEvent> Events)
{
    public string InstanceId => Start.OrchestrationInstance.InstanceId;

    public string Name => Start.Name;

    public ParentOrchestrationInstance? Parent =>
        Start.ParentInstance is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.OrchestrationInstance.InstanceId) : null;

    private ExecutionStartedEvent Start => Events.OfType<ExecutionStartedEvent>().First();

    public static async Task<RecordedHistory> ReadAsync(DurableTaskClient client, string instanceId, CancellationToken cancellation) =>
        new([.. await client.GetOrchestrationHistoryAsync(instanceId, cancellation)]);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static RecordedHistory FromJson(string json) =>
        new([.. JArray.Parse(json).Select(e => EventJson.Read(e["EventType"]!.ToObject<EventType>(), e.ToString()))]);

    /// <summary>The history as JSON, for a file; without stacks, which name files of this machine.</summary>
    public string ToJson()
    {
        JArray events = new(Events.Select(e => JObject.Parse(EventJson.Write(e)!)));
        foreach (JObject e in events.Cast<JObject>())
        {
            e["EventType"] = ((EventType)(int)e["EventType"]!).ToString();
            e.Descendants().OfType<JProperty>().Where(property => property.Name == "StackTrace").ToList().ForEach(stack => stack.Remove());
        }

        return events.ToString(Formatting.Indented, new StringEnumConverter());
    }

    /// <summary>Replays the history. No activity is run and nothing is recorded.</summary>
    /// <returns>Null when it replays; else how the code differs from it.</returns>
    public string? FindDifference(IDurableFunctions functions)
    {
        if (!functions.HasOrchestrator(Name))
        {
            return $"There is no orchestrator '{Name}'.";
        }

        DurableTaskShimFactory shims = new(new DurableTaskWorkerOptions { DataConverter = EngineServices.Converter });
        OrchestratorShim orchestrator = new(Name, functions, shims, NullLoggerFactory.Instance, _ => { }) { Parent = Parent };
        OrchestrationRuntimeState state = new([.. Events]);
        TaskOrchestrationExecutor executor = new(
            state, orchestrator, BehaviorOnContinueAsNew.Carryover, ErrorPropagationMode.UseFailureDetails);
        OrchestratorAction[] asked = [.. executor.Execute().Actions];
        if (orchestrator.FindViolation() is { } violation)
        {
            return violation;
        }

        ExecutionCompletedEvent? end = Events.OfType<ExecutionCompletedEvent>().LastOrDefault();
        string recorded = end is null ? "to wait" : Describe(end.OrchestrationStatus, end.FailureDetails);
        string replayed = asked.Length == 0 ? "to wait" : string.Join(", ", asked.Select(Describe));
        return recorded == replayed ? null : $"Its history says {recorded}. The code asked for {replayed}.";
    }

    private static string Describe(OrchestratorAction action) => action switch
    {
        OrchestrationCompleteOrchestratorAction end => Describe(end.OrchestrationStatus, end.FailureDetails),
        ScheduleTaskOrchestratorAction call => $"activity '{call.Name}' (#{call.Id})",
        CreateSubOrchestrationAction call => $"sub-orchestration '{call.Name}' (#{call.Id})",
        _ => $"{action.OrchestratorActionType} (#{action.Id})",
    };

    private static string Describe(OrchestrationStatus status, FailureDetails? failure) => $"the end {status} {failure}";
}
