using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Search;

/// <summary>
/// Decides whether a proposed architecture becomes a candidate: legal, runnable on the device, in the partition, within the user's limits,
/// and a function that the run has not seen (paper section 3: legality, novelty, constraint). Every refusal is kept with its reason. A
/// candidate is always the fastest architecture within the limits that computes its function, and so of one partition only: no function can
/// be labelled twice. In an open space what the run does not look at yet takes a place in its pool.
/// </summary>
public sealed class ProposalValidator
{
    /// <summary>Characters of a refused proposal that are kept.</summary>
    public const int TextLimit = 200;

    /// <summary>Reason of a proposal that the run has seen.</summary>
    public const string Duplicate = "duplicate";

    private const string Illegal = "illegal";

    private readonly int _partition;
    private readonly PoolPlaces? _places;
    private readonly HashSet<int> _knownFunctions;
    private readonly int[] _fastest;
    private readonly List<RejectedProposal> _rejected = [];

    /// <summary>Starts a round of validation.</summary>
    /// <param name="partition">The partition that proposals have to be in.</param>
    /// <param name="known">Architectures that the run has seen, of any partition.</param>
    public ProposalValidator(RunContext context, int partition, IEnumerable<int> known)
    {
        Context = context;
        _partition = partition;
        _places = context.Space is { Open: not null, IsComplete: false } ? new PoolPlaces(context, partition) : null;
        _knownFunctions = [.. known.Select(index => context.Space.FunctionId(index))];
        _fastest = context.FastestOfFunctions();
    }

    /// <summary>The run, in an open space with the architectures that were accepted so far.</summary>
    public RunContext Context { get; private set; }

    /// <summary>Architectures that have taken a place in the pool of an open space.</summary>
    public IReadOnlyList<byte[]> Placed => _places?.Taken ?? [];

    /// <summary>The refusals so far.</summary>
    public IReadOnlyList<RejectedProposal> Rejected => _rejected;

    /// <summary>Takes a proposal in text form, or instead the fastest architecture with the same function, or records why not.</summary>
    public bool TryAccept(string? text, out int index)
    {
        byte[] genotype = new byte[Context.Space.DecisionCount];
        (string Reason, string Detail)? refusal = null;
        index = -1;
        if (!Context.Space.TryRead(text, genotype, out string? error))
        {
            refusal = (Illegal, error ?? "it cannot be read");
        }
        else
        {
            (index, bool isPlaced, refusal) = Find(genotype);
            refusal ??= Check(ref index);
            TakeBack(isPlaced && refusal is not null);
        }

        if (refusal is { } known)
        {
            _rejected.Add(new RejectedProposal(UntrustedText.Line(text ?? "", TextLimit), known.Reason, known.Detail));
        }

        return refusal is null;
    }

    /// <summary>
    /// The index of a genotype: its own, in an open space perhaps a new one, or in a closed space that lacks it that of the nearest
    /// architecture that may be a candidate.
    /// </summary>
    private (int Index, bool IsPlaced, (string Reason, string Detail)? Refusal) Find(byte[] genotype)
    {
        int index = Context.Space.IndexOf(genotype);
        if (index >= 0)
        {
            return (index, false, null);
        }

        if (_places is null)
        {
            index = Context.Space.Nearest(genotype, IsNew);
            return (index, false, index < 0 ? (Illegal, "nothing new is left in the partition") : null);
        }

        if (!Context.Space.Open!.IsAllowed(genotype))
        {
            return (-1, false, (Illegal, "it has two choices that are forbidden together"));
        }

        int? placed = _places.TryAdd(genotype);
        Context = _places.Context;
        return placed is { } place ? (place, true, null) : (-1, false, (Illegal, "the generation has no place left for it"));
    }

    private void TakeBack(bool isPlaced)
    {
        if (isPlaced)
        {
            _places!.Remove();
            Context = _places.Context;
        }
    }

    private (string Reason, string Detail)? Check(ref int index)
    {
        if (!Context.Benchmark.IsFeasible(index))
        {
            return ("infeasible", $"{Context.Benchmark.Device} cannot run it");
        }

        if (Context.Map.PartitionOf(index) is int actual && actual != _partition)
        {
            return ("outside-partition", $"it belongs to partition {actual} ({Context.Map.Plans[actual].Rule})");
        }

        if (Context.WhyOverConstraint(index) is { } limit)
        {
            return ("over-constraint", limit);
        }

        int function = Context.Space.FunctionId(index);
        if (_knownFunctions.Contains(function))
        {
            return (Duplicate, "the search has already tried an architecture that computes the same function");
        }

        index = FastestOf(function);
        int other = Context.Map.PartitionOf(index);
        if (other != _partition)
        {
            return ("outside-partition",
                $"partition {other} has a faster architecture that computes the same function: {Context.Space.Format(index)}");
        }

        _knownFunctions.Add(function);
        return null;
    }

    /// <summary>Of a new architecture of an open space nobody knows another that computes its function.</summary>
    private int FastestOf(int function) => function < _fastest.Length ? _fastest[function] : function;

    /// <summary>
    /// Takes an architecture of an open space that was made rather than proposed; says whether it may be a candidate and is new, and
    /// records nothing.
    /// </summary>
    public bool TryTake(byte[] genotype, out int index)
    {
        (index, bool isPlaced, (string Reason, string Detail)? refusal) = Find(genotype);
        bool isTaken = refusal is null && Check(ref index) is null;
        TakeBack(isPlaced && !isTaken);
        return isTaken;
    }

    /// <summary>
    /// Takes an architecture that was made rather than proposed; says whether it may be a candidate and is new, and records nothing.
    /// </summary>
    public bool TryTake(int index) => IsNew(index) && _knownFunctions.Add(Context.Space.FunctionId(index));

    /// <summary>Whether an architecture may be a candidate and is new.</summary>
    public bool IsNew(int index)
    {
        int function = Context.Space.FunctionId(index);
        return FastestOf(function) == index && Context.Map.PartitionOf(index) == _partition && !_knownFunctions.Contains(function);
    }
}
