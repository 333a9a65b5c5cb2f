namespace PelNas.Shared.Records;

/// <summary>What calls to the proposer used.</summary>
/// <param name="Calls">Number of calls.</param>
/// <param name="InputTokens">Prompt tokens: as the provider counted them, or the most that they can be where it did not.</param>
/// <param name="OutputTokens">Answer tokens, likewise.</param>
/// <param name="Usd">
/// US dollars; 0 for what costs nothing, null where the model has no price. A sum with something unknown is unknown.
/// </param>
public sealed record ChatUsage(int Calls, long InputTokens, long OutputTokens, double? Usd)
{
    /// <summary>No call.</summary>
    public static ChatUsage None { get; } = new(0, 0, 0, 0);

    /// <summary>The sum of two usages.</summary>
    public static ChatUsage operator +(ChatUsage left, ChatUsage right)
        => new(
            left.Calls + right.Calls, left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens, left.Usd + right.Usd);

    /// <summary>The difference of two usages.</summary>
    public static ChatUsage operator -(ChatUsage left, ChatUsage right)
        => new(
            left.Calls - right.Calls, left.InputTokens - right.InputTokens, left.OutputTokens - right.OutputTokens, left.Usd - right.Usd);
}
