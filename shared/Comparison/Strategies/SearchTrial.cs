using System.Collections.Immutable;
using PelNas.Shared.Common;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>One run of a strategy: what it may know for free, its seed, and the ledger it pays labels from.</summary>
public sealed class SearchTrial
{
    private readonly BenchmarkContext _context;

    /// <summary>Sets up a run.</summary>
    /// <param name="context">Data set and device.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="budget">Labels that may be paid.</param>
    /// <param name="time">Clock.</param>
    public SearchTrial(BenchmarkContext context, int seed, int budget, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        Seed = seed;
        Time = time;
        Ledger = new LabelLedger(context, budget, time);
    }

    /// <summary>Name of the data set.</summary>
    public string Dataset => _context.Dataset;

    /// <summary>Name of the device.</summary>
    public string Device => _context.Device;

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The search space.</summary>
    public ISearchSpace Space => _context.Space;

    /// <summary>The only way to a true accuracy.</summary>
    public LabelLedger Ledger { get; }

    /// <summary>Latency of an architecture, ms. Free, but counted as scored.</summary>
    public double LatencyMs(int index)
    {
        Ledger.CountScored(index);
        return _context.LatencyMs[index];
    }

    /// <summary>Latencies of the whole space by index, ms. Free, but every architecture counts as scored.</summary>
    public ImmutableArray<double> AllLatenciesMs()
    {
        for (int index = 0; index < Space.Size; index++)
        {
            Ledger.CountScored(index);
        }

        return _context.LatencyMs;
    }

    /// <summary>Pays a label and returns both objectives, to be minimised: latency in ms and error (100 - accuracy) in points.</summary>
    public double[] Evaluate(int index) => [LatencyMs(index), 100 - Ledger.Pay(index)];

    /// <summary>
    /// A generator for one purpose of this run, independent of the other contexts' with the same seed, so that means over contexts are
    /// means over independent draws.
    /// </summary>
    public Random Random(string purpose, params ReadOnlySpan<int> place) => SeededRandom.For(Seed, $"{purpose}/{Dataset}/{Device}", place);
}
