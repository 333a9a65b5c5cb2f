using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>
/// The predictor's own search of an open space: local search, in each partition from the most promising architectures that are known and
/// from some drawn by chance, by neighbours in one decision, a batch of them at a time. Half of what it looks for tops what is labelled as
/// surely as can be, half would gain most if it turned out a standard deviation better than expected.
/// </summary>
internal sealed class PoolSearch(RunContext context, RunCandidates candidates, AccuracyPredictor predictor, Random random)
{
    private const int Rounds = 6;
    private const int Starts = 6;
    private const int Batch = 2000;

    private readonly OpenBenchmark _open = context.Benchmark.Open!;
    private readonly LabelledStaircase _labelled = candidates.Staircase(context, predictor.Scale);
    private readonly HashSet<byte[]> _seen = new(GenotypeComparer.Instance);
    private readonly HashSet<byte[]> _left = [];
    private readonly List<Found>[] _found = [.. context.Run.Partitions.Select(_ => new List<Found>())];

    /// <summary>The best architectures that the run does not look at yet.</summary>
    /// <param name="count">How many of each partition.</param>
    public List<byte[]> Find(int count)
    {
        IEnumerable<byte[]> frontier = [.. Known(), .. _open.Decisions.Sample(Starts, random)];
        for (int round = 0; round < Rounds; round++)
        {
            byte[][] neighbours =
            [
                .. frontier.SelectMany(_open.Decisions.Neighbours)
                    .Where(neighbour => context.Space.IndexOf(neighbour) < 0 && _seen.Add(neighbour)),
            ];
            random.Shuffle(neighbours);
            Evaluate(neighbours[..Math.Min(neighbours.Length, Batch)]);
            frontier = [.. _found.SelectMany(found => Best(found.Where(one => !_left.Contains(one.Genotype)), 2 * Starts))];
            _left.UnionWith(frontier);
        }

        return [.. _found.SelectMany(found => Best(found, count))];
    }

    /// <summary>The best of those that the run looks at.</summary>
    private IEnumerable<byte[]> Known() => Enumerable.Range(0, context.Space.Size)
        .Where(index => context.Space.IsConnected(index) && context.IsAllowed(context.Map.PartitionOf(index), index))
        .GroupBy(context.Map.PartitionOf, RateKnown)
        .SelectMany(partition => Best(partition, 2 * Starts));

    private Found RateKnown(int index)
        => Rate(context.Space.Genotype(index).ToArray(), context.Benchmark.LatencyMs[index], predictor.Predict(index));

    private void Evaluate(byte[][] genotypes)
    {
        RunContext more = OpenContexts.With(context, genotypes);
        ISearchSpace space = _open.SpaceOf(genotypes, genotypes.Length);
        (double Mean, double Deviation)[] predictions = predictor.Predict(space, OpenContexts.Scores(context.Request, space));
        for (int place = 0; place < genotypes.Length; place++)
        {
            int index = context.Space.Size + place;
            int partition = more.Map.PartitionOf(index);
            if (more.IsAllowed(partition, index))
            {
                _found[partition].Add(Rate(genotypes[place], more.Benchmark.LatencyMs[index], predictions[place]));
            }
        }
    }

    private Found Rate(byte[] genotype, double latencyMs, (double Mean, double Deviation) prediction) => new(
        genotype,
        _labelled.Promise(latencyMs, prediction.Mean, prediction.Deviation),
        _labelled.Gain(latencyMs, context.LatencyRangeMs.Max, prediction.Mean + prediction.Deviation));

    /// <summary>In turn the most promising one and that of the largest gain.</summary>
    private static IEnumerable<byte[]> Best(IEnumerable<Found> found, int count)
    {
        Found[] all = [.. found];
        return all.OrderByDescending(one => one.Promise).Zip(all.OrderByDescending(one => one.Gain))
            .SelectMany(pair => new[] { pair.First.Genotype, pair.Second.Genotype })
            .Distinct()
            .Take(count);
    }

    private readonly record struct Found(byte[] Genotype, double Promise, double Gain);
}
