namespace PelNas.Shared.Llm.Budget;

/// <summary>Costs as people read them, in the same words in terminal, report and log.</summary>
public static class CostText
{
    private const double LeastShown = 0.0001;

    /// <summary>A sum of US dollars. One that is not known is no sum of 0, and one that is small not either.</summary>
    /// <param name="usd">US dollars, or null where the model has no price.</param>
    public static string Of(double? usd) => usd switch
    {
        null => "unpriced",
        0 => "no cost",
        < LeastShown => "under USD 0.0001",
        < 1 => $"USD {usd:0.0000}",
        _ => $"USD {usd:0.00}",
    };

    /// <summary>What is said of calls that only their provider could know the cost of; null where there are none.</summary>
    /// <param name="calls">Their number.</param>
    /// <param name="usd">What they are charged, US dollars; null where the model has no price.</param>
    public static string? Unconfirmed(int calls, double? usd) => calls == 0
        ? null
        : $"{calls} {(calls == 1 ? "call" : "calls")} unconfirmed and counted at the most{(usd > 0 ? $", {Of(usd)}" : "")}";
}
