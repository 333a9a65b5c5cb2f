using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.Reports;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>Makes the <see cref="Counterfactual"/> of a search.</summary>
public static class WithoutProposer
{
    /// <summary>Why there is none for a request, or null.</summary>
    /// <param name="context">Where the request searches.</param>
    public static string? WhyNot(BenchmarkContext context)
        => context.Open is not null ? "nobody knows the exact front of an open space, which the two searches would be measured by"
            : !context.HasAccuracies ? "only a search whose labels come from a table can be done again without its proposer"
            : context.Space is TableSpace && !BenchmarkTables.OtherSpaces.Contains(context.Space.Name)
            ? "only a search in a space that ships can be done again without its proposer"
            : context.TableVersion is not null ? "only a search on a device that ships can be done again without its proposer"
            : null;

    /// <summary>Runs the search again without its proposer.</summary>
    /// <param name="context">The run that has ended.</param>
    /// <param name="labelled">What it has labelled.</param>
    public static async Task<Counterfactual> RunAsync(
        RunContext context, IEnumerable<int> labelled, BenchmarkTables tables, TimeProvider time, CancellationToken cancellationToken)
    {
        SearchRequest request = context.Request with
        {
            Prior = PriorSources.None,
            UseHeuristics = false,
            MaxLlmCalls = null,
            MaxUsd = null,
        };
        PelNasStrategy strategy = new(SilentChatClient.ProviderName, tables, new SilentChatClient(), _ => request);
        SearchTrial trial = new(context.Benchmark, request.LabelsFrom, request.Seed, request.MaxLabels, time);
        await strategy.SearchAsync(trial, cancellationToken);
        int[] had = [.. trial.Ledger.Entries.Select(entry => entry.Index)];
        return new Counterfactual(had.Length, had.Intersect(labelled).Count(), context.Evaluate(had)!);
    }
}
