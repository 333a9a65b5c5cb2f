using PelNas.Shared.Predictor;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>The functions of a run's candidates with the scores that the search has computed of them: what its predictor knows.</summary>
internal static class ComputedFunctions
{
    /// <summary>
    /// The table of the functions with scores. Its scales are those of the candidates that were proposed before the generation, so that a
    /// step sees the same whatever other partitions have added meanwhile.
    /// </summary>
    public static async Task<FunctionTable> CreateAsync(
        RunContext context, RunCandidates candidates, ComputedScores scores, CancellationToken cancellationToken)
    {
        int[] all = [.. Functions(context, candidates.All)];
        IReadOnlyDictionary<int, ProxyScoreRow> scored = await scores.GetAsync(
            scores.SettingsOf(context.Request, context.Benchmark.Shape), all, cancellationToken);
        HashSet<int> earlier = [.. Functions(context, candidates.Proposed)];
        FunctionTable whole = context.Functions;
        (int Row, bool IsEarlier, double?[] Scores)[] rows =
        [
            .. from row in Enumerable.Range(0, whole.Count)
               let function = context.Space.FunctionId(whole.Cells[row][0])
               where scored.ContainsKey(function)
               select (row, earlier.Contains(function), Columns(context, whole.Cells[row], scored[function])),
        ];
        bool[] isEarlier = [.. rows.Select(row => row.IsEarlier)];
        return whole.Limit([.. rows.Select(row => row.Row)], Fill([.. rows.Select(row => row.Scores)], isEarlier), isEarlier);
    }

    /// <summary>Ids of the candidates' functions. A cell without a live path computes a constant, which no proxy needs to score.</summary>
    public static IEnumerable<int> Functions(RunContext context, IEnumerable<RunCandidate> candidates)
        => candidates.Where(candidate => context.Space.IsConnected(candidate.Row.Index))
            .Select(candidate => context.Space.FunctionId(candidate.Row.Index)).Distinct();

    /// <summary>As <see cref="TrainingFreeScores"/> has them.</summary>
    private static double?[] Columns(RunContext context, int[] cells, ProxyScoreRow scores) =>
    [
        scores.Nwot,
        scores.Synflow,
        cells.Average(cell => Math.Log(context.ParamsM(cell))),
        cells.Average(cell => Math.Log(context.FlopsM(cell))),
    ];

    /// <summary>A function without a score counts as the worst of those that have one.</summary>
    private static double[][] Fill(double?[][] rows, bool[] isEarlier)
    {
        double[] least =
        [
            .. Enumerable.Range(0, rows.Length == 0 ? 0 : rows[0].Length)
                .Select(column => rows.Where((row, i) => isEarlier[i] && row[column] is not null).Select(row => row[column]!.Value)
                    .DefaultIfEmpty().Min()),
        ];
        return Array.ConvertAll(rows, row => row.Select((value, column) => value ?? least[column]).ToArray());
    }
}
