using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// The evaluator that all strategies share: it alone reads true accuracies, and it counts each as a label. Paying for an architecture
/// again is free and answers the same; another cell that computes the same function is another label.
/// </summary>
/// <remarks>Belongs to one run and one thread.</remarks>
public sealed class LabelLedger
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly HashSet<int> _paid = [];
    private readonly HashSet<int> _scored = [];
    private readonly List<LabelEntry> _entries = [];

    /// <summary>Opens the ledger of a run; its clock starts.</summary>
    /// <param name="context">Data set and device.</param>
    /// <param name="labelsFrom">Which accuracies are sold: one of <see cref="LabelSources"/>.</param>
    /// <param name="budget">Labels that may be paid, 1 or more.</param>
    public LabelLedger(BenchmarkContext context, string labelsFrom, int budget, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        Context = context;
        LabelsFrom = labelsFrom;
        Budget = budget;
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Data set and device, with the architectures that can be paid for.</summary>
    internal BenchmarkContext Context { get; set; }

    /// <summary>Which accuracies the labels are: one of <see cref="LabelSources"/>.</summary>
    public string LabelsFrom { get; }

    /// <summary>Labels that may be paid.</summary>
    public int Budget { get; }

    /// <summary>Labels that are left.</summary>
    public int Remaining => Budget - _entries.Count;

    /// <summary>The labels paid, in order.</summary>
    public IReadOnlyList<LabelEntry> Entries => _entries;

    /// <summary>Architectures so far whose latency was looked up or whose accuracy was predicted.</summary>
    public int Scored => _scored.Count;

    /// <summary>Proposals so far that were no legal candidate.</summary>
    public int Invalid { get; private set; }

    /// <summary>Proposals so far of what had been tried before.</summary>
    public int Duplicates { get; private set; }

    /// <summary>
    /// Where all labels of the run came from, once a strategy that distinguishes origins has said so; null for the others.
    /// </summary>
    public LabelOrigins? Origins { get; set; }

    /// <summary>Time since the run began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Whether an architecture's label is paid.</summary>
    public bool IsPaid(int index) => _paid.Contains(index);

    /// <summary>True accuracy, percent, at the price of a label unless it is paid already.</summary>
    /// <exception cref="InvalidOperationException">The budget is spent.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index is not of the space, or the device cannot run the architecture.</exception>
    public double Pay(int index)
    {
        if ((uint)index >= (uint)Context.Space.Size)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Architectures are numbered 0..{Context.Space.Size - 1}.");
        }

        if (!Context.IsFeasible(index))
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"{Context.Device} cannot run the architecture.");
        }

        if (!_paid.Contains(index))
        {
            if (Remaining == 0)
            {
                throw new InvalidOperationException($"The budget of {Budget} labels is spent.");
            }

            _paid.Add(index);
            CountScored(index);
            _entries.Add(new LabelEntry(index, Scored, Invalid, Duplicates, Elapsed));
        }

        return Context.Labels(LabelsFrom)[index];
    }

    /// <summary>Notes that a latency was looked up or an accuracy predicted. Free.</summary>
    public void CountScored(int index) => _scored.Add(index);

    /// <summary>Notes proposals that were no legal candidate.</summary>
    public void CountInvalid(int count) => Invalid += count;

    /// <summary>Notes proposals of what had been tried before.</summary>
    public void CountDuplicates(int count) => Duplicates += count;
}

/// <summary>One label as it was paid, with what the run had used by then.</summary>
/// <param name="Elapsed">Time since the run began.</param>
public readonly record struct LabelEntry(int Index, int Scored, int Invalid, int Duplicates, TimeSpan Elapsed);
