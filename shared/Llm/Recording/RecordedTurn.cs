using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Recording;

/// <summary>What came of one prompt: an answer, an unusable answer, or no call for want of budget. Faults that pass are not recorded: another call followed.</summary>
internal sealed record RecordedTurn
{
    /// <summary>Hash of the prompt (<see cref="PromptHash"/>).</summary>
    public required string Hash { get; init; }

    /// <summary>The answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CachedAnswer? Answer { get; init; }

    /// <summary>Whether another run had paid for the answer (<see cref="FreeAnswer"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFree { get; init; }

    /// <summary>Kind of an unusable answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FaultKind? Fault { get; init; }

    /// <summary>What was said of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>The limit that left no budget for the call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StopReason { get; init; }

    /// <summary>Has the same come of it again.</summary>
    public ChatResponse Replay(string runId) => this switch
    {
        { Answer: { } answer } => IsFree ? FreeAnswer.Mark(answer.ToResponse()) : answer.ToResponse(),
        { Fault: { } fault } => throw new ProposerFault(fault, Message ?? "").ToException(),
        _ => throw new BudgetExhaustedException(runId, StopReason ?? StopReasons.LlmCalls),
    };
}
