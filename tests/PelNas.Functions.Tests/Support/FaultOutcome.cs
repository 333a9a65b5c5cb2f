namespace PelNas.Functions.Tests.Support;

/// <summary>What a search with a failing proposer came to.</summary>
/// <param name="Ended">Its orchestration.</param>
/// <param name="Result">What is in the store, also of a search that has failed.</param>
/// <param name="Spending">What its partitions have spent.</param>
internal sealed record FaultOutcome(OrchestrationMetadata Ended, SearchResult Result, IReadOnlyList<SpendingRow> Spending)
{
    /// <summary>The message of what ended the search.</summary>
    public string Why => Ended.FailureDetails!.Cause().ErrorMessage;

    /// <summary>
    /// Checks that a search which failed in its first generation with an LLM has kept what it had: the seeds with their paid labels and
    /// their front, and nothing spent and nothing in flight.
    /// </summary>
    public void ShouldHaveFailedWithoutLoss(string because, int spentCalls = 0)
    {
        Ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed, because);
        Result.Front.ShouldNotBeEmpty(because);
        Result.Front.ShouldAllBe(point => point.Generation == 0, because);
        Result.Counts.Labels.ShouldBeGreaterThanOrEqualTo(Result.Front.Count, because);
        Spending.Sum(row => row.Spent.Calls).ShouldBe(spentCalls, because);
        Spending.ShouldAllBe(row => row.InFlight == null, because);
    }

    /// <summary>The orchestration and the result.</summary>
    public void Deconstruct(out OrchestrationMetadata ended, out SearchResult result) => (ended, result) = (Ended, Result);
}
