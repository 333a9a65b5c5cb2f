namespace PelNas.Shared.Storage;

/// <summary>A call under way.</summary>
/// <param name="Number">Number within the run.</param>
/// <param name="AtMost">The most it can cost.</param>
public sealed record BudgetReservation(long Number, ChatUsage AtMost);
