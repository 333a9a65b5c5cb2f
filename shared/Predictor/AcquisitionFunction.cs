namespace PelNas.Shared.Predictor;

/// <summary>
/// Which cells to label next: in turn that of the largest expected gain, over joint posterior samples, and that of the largest probability
/// of being on the front. Gain alone finds a good front early and few of its exact points, probability the reverse.
/// </summary>
internal static class AcquisitionFunction
{
    private const int Shortlist = 500;

    /// <summary>Chooses up to <paramref name="count"/> cells.</summary>
    /// <param name="table">The functions.</param>
    /// <param name="process">The process, conditioned on the labels.</param>
    /// <param name="open">Cells without a label. Those without a live path are passed over: they sit at chance accuracy.</param>
    /// <param name="latencies">Latency of every cell of the space by index, ms.</param>
    /// <param name="count">How many to choose.</param>
    /// <param name="random">Source of the samples.</param>
    /// <param name="counsel">What the proposer says of cells; null for none.</param>
    /// <param name="deviations">Standard deviation of every cell's latency, ms; null where latencies are known.</param>
    public static IReadOnlyList<int> Choose(
        FunctionTable table,
        FunctionProcess process,
        LabelledStaircase found,
        IEnumerable<int> open,
        IReadOnlyList<double> latencies,
        int count,
        Random random,
        ProposerCounsel? counsel = null,
        IReadOnlyList<double>? deviations = null)
    {
        counsel ??= ProposerCounsel.None;
        int[] promising =
        [
            .. open.Where(cell => table.FunctionOf[cell] >= 0)
                .OrderByDescending(cell =>
                    found.Promise(latencies[cell], process.Means[table.FunctionOf[cell]], process.CellDeviationOf(table.FunctionOf[cell])))
                .ThenBy(cell => cell)
                .Take(Math.Max(Shortlist, count)),
        ];
        int[] cells = [.. promising.OrderBy(cell => latencies[cell]).ThenBy(cell => cell)];
        if (cells.Length == 0 || count <= 0)
        {
            return [];
        }

        PosteriorFronts fronts = PosteriorFronts.Draw(
            table, process, found, cells, [.. cells.Select(cell => latencies[cell])], latencies.Max(), random,
            deviations is null ? null : [.. cells.Select(cell => deviations[cell])]);
        // A veto stands unless the cell is more likely on the front than not.
        bool[] isBarred = [.. cells.Select((cell, place) => fronts.Shares[place] < ProposerCounsel.StrongShare && counsel.IsVetoed(cell))];
        Queue<int> byGain = Rank(fronts.Gains);
        Queue<int> byShare = Rank(fronts.Shares);

        // Where no sample has enough cells on its front, the next most promising ones.
        HashSet<int> barred = [.. cells.Where((_, place) => isBarred[place])];
        Queue<int> rest = new(promising.OrderBy(barred.Contains));
        HashSet<int> taken = [];
        List<int> chosen = [];
        while (chosen.Count < Math.Min(count, cells.Length))
        {
            Queue<int> next = chosen.Count % 2 == 0 ? byGain : byShare;
            if (!next.TryDequeue(out int cell) && !byGain.TryDequeue(out cell) && !byShare.TryDequeue(out cell))
            {
                cell = rest.Dequeue();
            }

            if (taken.Add(cell))
            {
                chosen.Add(cell);
            }
        }

        return chosen;

        // The cells with a score, the highest first, and of equal ones (shares of few samples often are) those that the proposer puts
        // first.
        Queue<int> Rank(double[] scores) => new(Enumerable.Range(0, cells.Length)
            .Where(place => scores[place] > 0 && !isBarred[place])
            .OrderByDescending(place => scores[place]).ThenBy(place => counsel.PlaceOf(cells[place]))
            .Select(place => cells[place]));
    }
}
