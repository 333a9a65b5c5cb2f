using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Diagnosis;

/// <summary>What a doctor's call has found out.</summary>
/// <param name="Proposer">Provider and model.</param>
/// <param name="Endpoint">Where it is, or null for one without network.</param>
/// <param name="Findings">What was checked, in order. The last one is the first fault, if there is one.</param>
/// <param name="InputTokens">Prompt tokens of the call; null where there was none, or its provider gave no count that can be true.</param>
/// <param name="OutputTokens">Answer tokens of the call, likewise.</param>
/// <param name="Price">What its tokens cost, or null when that is not known.</param>
public sealed record ProviderDiagnosis(
    string Proposer, string? Endpoint, IReadOnlyList<Finding> Findings, long? InputTokens, long? OutputTokens, ModelPrice? Price)
{
    /// <summary>Whether a search can run.</summary>
    public bool IsHealthy => Findings.All(finding => finding.Verdict != Verdict.Fault);
}

/// <summary>One thing that was checked.</summary>
/// <param name="Detail">What was seen and, where something is wrong, how to mend it.</param>
public sealed record Finding(string What, Verdict Verdict, string Detail);

/// <summary>How a finding stands.</summary>
public enum Verdict
{
    /// <summary>Fine.</summary>
    Good,

    /// <summary>A search runs, but not at its best.</summary>
    Warning,

    /// <summary>No search can run.</summary>
    Fault,
}
