using PelNas.Shared.Records;
using static PelNas.Shared.Storage.Transfer.RunArchiveCheck;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>Checks what an archive says was used: nothing below zero, and no sum that its readers could not hold.</summary>
internal static class ArchivedUsage
{
    /// <exception cref="ArgumentException">A count or cost cannot be.</exception>
    public static void Check(RunArchive archive)
    {
        (string Field, ChatUsage? Usage)[] all =
        [
            .. archive.Proposals.Select(row => ("proposals[].round.usage", (ChatUsage?)row.Round.Usage)),
            .. archive.Proposals.Select(row => ("proposals[].spent", row.Spent)),
            .. archive.Heuristics.Select(row => ("heuristics[].usage", (ChatUsage?)row.Usage)),
            .. archive.Fronts.Select(row => ("fronts[].round.usage", (ChatUsage?)row.Round.Usage)),
            .. archive.Spending.Select(row => ("spending[].spent", (ChatUsage?)row.Spent)),
            .. archive.Spending.Select(row => ("spending[].unconfirmed", (ChatUsage?)row.Unconfirmed)),
            .. archive.Spending.Select(row => ("spending[].inFlight", row.InFlight)),
            ("run.spent", archive.Run.Spent),
            ("run.unconfirmed", archive.Run.Unconfirmed),
            ("prior.usage", archive.Prior?.Usage),
            ("prior.spent", archive.Prior?.Spent),
        ];
        foreach ((string field, ChatUsage? usage) in all)
        {
            Require(usage is null or { Calls: >= 0, InputTokens: >= 0, OutputTokens: >= 0 }, $"{field} has a count below 0");
            Require(usage?.Usd is null or (>= 0 and < double.PositiveInfinity), $"{field}.usd is {usage?.Usd:R}, and a cost is 0 or more");
        }

        Int128 calls = 0;
        Int128 tokens = 0;
        foreach ((_, ChatUsage? usage) in all)
        {
            calls += usage?.Calls ?? 0;
            tokens += (Int128)(usage?.InputTokens ?? 0) + (usage?.OutputTokens ?? 0);
        }

        Require(
            calls <= int.MaxValue && tokens <= long.MaxValue, "the usage of all rows comes to more calls or tokens than can be counted");
    }
}
