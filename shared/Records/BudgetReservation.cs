namespace PelNas.Shared.Records;

/// <summary>A call under way.</summary>
/// <param name="Number">Number within the run.</param>
/// <param name="AtMost">The most it can cost.</param>
/// <param name="Mark">Tells the one who made it that it is his, though the answer to his write was lost; null in older ledgers.</param>
public sealed record BudgetReservation(long Number, ChatUsage AtMost, string? Mark = null);
