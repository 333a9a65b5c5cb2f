namespace PelNas.Shared.Llm.Diagnosis;

/// <summary>One thing that was checked.</summary>
/// <param name="What">What.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Detail">What was seen and, where something is wrong, how to mend it.</param>
public sealed record Finding(string What, Verdict Verdict, string Detail);
