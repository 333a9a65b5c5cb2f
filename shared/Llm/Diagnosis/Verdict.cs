namespace PelNas.Shared.Llm.Diagnosis;

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
