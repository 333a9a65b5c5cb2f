using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// A search that took no label, judged by labels: those of the front of its scores and the latencies, eight at a time, then of the next
/// front. The scores are those that <c>pelnas supernet</c> wrote.
/// </summary>
internal sealed class ScoredFront : IRoundPlanner
{
    private readonly Dictionary<int, double> _scores;

    private ScoredFront(Dictionary<int, double> scores) => _scores = scores;

    /// <summary>Reads a file with the columns <c>index</c> and <c>score</c>; more is better.</summary>
    /// <exception cref="BenchmarkFileException">It is no such file.</exception>
    public static ScoredFront Read(string path, ISearchSpace space)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0] != "index,score")
        {
            throw new BenchmarkFileException(
                $"{path} does not begin with 'index,score' and a row; give a scores.csv of pelnas supernet --judge N.");
        }

        Dictionary<int, double> scores = [];
        foreach ((int number, string line) in lines.Index().Skip(1))
        {
            string[] fields = line.Split(',');
            if (fields.Length != 2
                || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= space.Size
                || !double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double score)
                || !double.IsFinite(score)
                || !scores.TryAdd(index, score))
            {
                throw new BenchmarkFileException(
                    $"Line {number + 1} of {path} is no row of scores: it has to be an index that no other row has, below {space.Size}, "
                        + "and a number.");
            }
        }

        return new ScoredFront(scores);
    }

    public IReadOnlyList<int> Plan(SearchTrial trial, IReadOnlyList<Individual> labelled, int count, Random random)
        => RankedSurvival.BestIndices(
            [
                .. _scores.Where(pair => trial.IsOpen(pair.Key))
                    .Select(pair => new Individual(pair.Key, [trial.LatencyMs(pair.Key), -pair.Value])),
            ],
            count);
}
