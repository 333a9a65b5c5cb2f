using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>One run of a strategy: what it may know for free, its seed, and the ledger it pays labels from.</summary>
public sealed class SearchTrial
{
    /// <summary>Sets up a run.</summary>
    /// <param name="context">Data set and device. In an open space the run begins with a sample of its own seed.</param>
    /// <param name="labelsFrom">Which accuracies the labels are: one of <see cref="LabelSources"/>.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="budget">Labels that may be paid.</param>
    public SearchTrial(BenchmarkContext context, string labelsFrom, int seed, int budget, TimeProvider time)
    {
        Seed = seed;
        Time = time;
        Ledger = new LabelLedger(context.Open?.GetContext(context.Dataset, context.Device, seed) ?? context, labelsFrom, budget, time);
    }

    /// <summary>Name of the data set.</summary>
    public string Dataset => Context.Dataset;

    /// <summary>Name of the device.</summary>
    public string Device => Context.Device;

    /// <summary>Image size and classes of the data set.</summary>
    public DatasetShape Shape => Context.Shape;

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The search space; of an open one what the run has looked at.</summary>
    public ISearchSpace Space => Context.Space;

    private BenchmarkContext Context => Ledger.Context;

    /// <summary>
    /// Indices of genotypes, -1 for those that a closed space lacks. In an open space the run looks at those that it had not looked at.
    /// </summary>
    public int[] Resolve(IReadOnlyList<byte[]> genotypes)
    {
        if (Context.Open is { } open)
        {
            byte[][] further = [.. genotypes.Where(genotype => Space.IndexOf(genotype) < 0).Distinct(GenotypeComparer.Instance)];
            Ledger.Context = further.Length > 0 ? open.Extend(Context, further) : Context;
        }

        return [.. genotypes.Select(genotype => Space.IndexOf(genotype))];
    }

    /// <summary>
    /// The architecture of a genotype, or in a closed space that lacks it the nearest that can still be labelled; -1 where there is none.
    /// </summary>
    public int Resolve(byte[] genotype)
        => Space.IsComplete ? Space.IndexOf(genotype)
            : Space.Open is null ? Space.Nearest(genotype, IsOpen)
            : Space.Open.IsAllowed(genotype) ? Resolve([genotype])[0]
            : -1;

    /// <summary>The quality of the front of labelled architectures; in an open space by the best front that is known.</summary>
    /// <param name="labels">The architectures.</param>
    public FrontQuality Judge(IEnumerable<int> labels) => Context.Open is { } open
        ? open.BestKnown(Context.Dataset, Context.Device)
            .Evaluate(labels.Select(index => (Context.LatencyMs[index], Context.TestAccuracy[index])))
        : Context.Metrics.Evaluate(labels, Ledger.LabelsFrom);

    /// <summary>The only way to a true accuracy.</summary>
    public LabelLedger Ledger { get; }

    /// <summary>Number of architectures that the device can run; only they can be labelled.</summary>
    public int FeasibleCount => Context.FeasibleCount;

    /// <summary>Least and greatest latency of the space, ms. Free.</summary>
    public (double Min, double Max) LatencyRangeMs => Context.LatencyRangeMs;

    /// <summary>Whether the device can run an architecture. Free.</summary>
    public bool IsFeasible(int index) => Context.IsFeasible(index);

    /// <summary>Whether a label of the architecture can be paid and is not paid yet.</summary>
    public bool IsOpen(int index) => IsFeasible(index) && !Ledger.IsPaid(index);

    /// <summary>An open architecture by chance, for a strategy that proposes nothing new any more. There has to be one.</summary>
    public int DrawOpen(Random random)
    {
        int[] open = [.. Enumerable.Range(0, Space.Size).Where(IsOpen)];
        return open[random.Next(open.Length)];
    }

    /// <summary>Counts a proposal for which <see cref="IsOpen"/> is false.</summary>
    public void CountRefused(int index)
    {
        Ledger.CountInvalid(IsFeasible(index) ? 0 : 1);
        Ledger.CountDuplicates(Ledger.IsPaid(index) ? 1 : 0);
    }

    /// <summary>Latency of an architecture, ms. Free, but counted as scored.</summary>
    public double LatencyMs(int index)
    {
        Ledger.CountScored(index);
        return Context.LatencyMs[index];
    }

    /// <summary>
    /// Latencies of the whole space by index, ms, NaN where the device cannot run it. Free, but every architecture counts as scored.
    /// </summary>
    public ImmutableArray<double> AllLatenciesMs()
    {
        for (int index = 0; index < Space.Size; index++)
        {
            Ledger.CountScored(index);
        }

        return Context.LatencyMs;
    }

    /// <summary>Pays a label and returns both objectives, to be minimised: latency in ms and error (100 - accuracy) in points.</summary>
    public double[] Evaluate(int index) => [LatencyMs(index), 100 - Ledger.Pay(index)];

    /// <summary>
    /// A generator for one purpose of this run, independent of the other contexts' with the same seed, so that means over contexts are
    /// means over independent draws.
    /// </summary>
    public Random Random(string purpose, params ReadOnlySpan<int> place) => SeededRandom.For(Seed, $"{purpose}/{Dataset}/{Device}", place);
}
