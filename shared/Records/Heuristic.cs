using System.ComponentModel.DataAnnotations;

namespace PelNas.Shared.Records;

/// <summary>
/// One design rule of a partition's knowledge base (paper section 3: positive and negative rules that the reasoner rewrites
/// from results). The text is the proposer's and untrusted; the rest is data the architect can act on.
/// </summary>
/// <param name="Kind"><c>positive</c> or <c>negative</c>.</param>
/// <param name="Text">The rule in one sentence, at most 300 characters.</param>
/// <param name="Evidence">What in the results supports it, at most 300 characters.</param>
/// <param name="Confidence">0 (a guess) to 1 (certain).</param>
/// <param name="Edge">Edge the rule speaks of, for example <c>0-&gt;3</c>, or null when it holds for the whole cell.</param>
/// <param name="Operation">Operation the rule speaks of, or null.</param>
/// <param name="Shared">Whether it holds beyond its partition, so that the others are to see it.</param>
public sealed record Heuristic(
    [property: AllowedValues("positive", "negative")] string Kind,
    string Text,
    string Evidence,
    double Confidence,
    string? Edge = null,
    string? Operation = null,
    bool Shared = false);
