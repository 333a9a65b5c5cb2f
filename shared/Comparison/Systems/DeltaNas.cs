using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// <c>delta-nas</c> (arXiv 2411.14498): predicts not an architecture's accuracy but the difference between two similar ones. Candidates are
/// the cells one edit away from the first two ranks of what is labelled; each one's error is the mean over the labelled cells within two
/// edits, the near ones counting more, of their error and the difference predicted from there. Labelled are the best by rank and crowding.
/// </summary>
/// <remarks>
/// The idea of learning differences is the paper's. Encoding, ridge regression, evolution and its sizes are ours: its body could not be
/// read.
/// </remarks>
internal sealed class DeltaNas : IRoundPlanner
{
    private const int ParentRanks = 2;

    public IReadOnlyList<int> Plan(SearchTrial trial, IReadOnlyList<Individual> labelled, int count, Random random)
    {
        byte[][] cells = LiveCell.All(trial.Space);
        List<(byte[] Cell, double Error)> known = [.. labelled.Select(label => (Cell: cells[label.Index], Error: label.Objectives[1]))
            .Where(label => LiveCell.IsAlive(label.Cell))];
        CellDeltas deltas = CellDeltas.Fit(known);
        int[] candidates =
        [
            .. RankedSurvival.Best(labelled, labelled.Count).Where(ranked => ranked.Rank < ParentRanks)
                .SelectMany(ranked => trial.Space.Neighbours(ranked.Individual.Index))
                .Distinct().Where(index => trial.IsOpen(index) && LiveCell.IsAlive(cells[index])),
        ];
        return RankedSurvival.BestIndices(
            [.. candidates.Select(index => new Individual(index, [trial.LatencyMs(index), deltas.Predict(cells[index], known)]))], count);
    }
}
