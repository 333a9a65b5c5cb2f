using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Search;

/// <summary>
/// Decides whether a proposed architecture becomes a candidate: legal, runnable on the device, in the partition, within the user's limits, and a function
/// that the run has not seen (paper section 3: legality, novelty, constraint). Every refusal is kept with its reason. A candidate is always the
/// fastest architecture within the limits that computes its function, and so of one partition only: no function can be labelled twice.
/// </summary>
public sealed class ProposalValidator
{
    /// <summary>Characters of a refused proposal that are kept.</summary>
    public const int TextLimit = 200;

    /// <summary>Reason of a proposal that the run has seen.</summary>
    public const string Duplicate = "duplicate";

    private readonly RunContext _context;
    private readonly int _partition;
    private readonly HashSet<int> _knownFunctions;
    private readonly int[] _fastest;
    private readonly List<RejectedProposal> _rejected = [];

    /// <summary>Starts a round of validation.</summary>
    /// <param name="context">The run.</param>
    /// <param name="partition">The partition that proposals have to be in.</param>
    /// <param name="known">Architectures that the run has seen, of any partition.</param>
    public ProposalValidator(RunContext context, int partition, IEnumerable<int> known)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _partition = partition;
        _knownFunctions = [.. known.Select(index => context.Space.FunctionId(index))];
        _fastest = context.FastestOfFunctions();
    }

    /// <summary>The refusals so far.</summary>
    public IReadOnlyList<RejectedProposal> Rejected => _rejected;

    /// <summary>Takes a proposal in text form, or the fastest architecture with the same function in its place, or records why not.</summary>
    public bool TryAccept(string? text, out int index)
    {
        if (!TryRead(text, out index, out string? error))
        {
            return Refuse(text, "illegal", error ?? "it cannot be read");
        }

        if (!_context.Benchmark.IsFeasible(index))
        {
            return Refuse(text, "infeasible", $"{_context.Benchmark.Device} cannot run it");
        }

        if (_context.Map.PartitionOf(index) is int actual && actual != _partition)
        {
            return Refuse(text, "outside-partition", $"it belongs to partition {actual} ({_context.Map.Plans[actual].Rule})");
        }

        if (_context.WhyOverConstraint(index) is { } limit)
        {
            return Refuse(text, "over-constraint", limit);
        }

        int function = _context.Space.FunctionId(index);
        if (_knownFunctions.Contains(function))
        {
            return Refuse(text, Duplicate, "the search has already tried an architecture that computes the same function");
        }

        index = _fastest[function];
        int other = _context.Map.PartitionOf(index);
        if (other != _partition)
        {
            return Refuse(text, "outside-partition", $"partition {other} has a faster architecture that computes the same function: {_context.Space.Format(index)}");
        }

        return _knownFunctions.Add(function);
    }

    /// <summary>In a closed space that lacks what is proposed, the nearest architecture that may be a candidate stands for it.</summary>
    private bool TryRead(string? text, out int index, out string? error)
    {
        byte[] genotype = new byte[_context.Space.DecisionCount];
        index = _context.Space.TryRead(text, genotype, out error) ? _context.Space.IndexOf(genotype) : -1;
        if (error is null && index < 0)
        {
            index = _context.Space.Nearest(genotype, IsNew);
            error = index < 0 ? "nothing new is left in the partition" : null;
        }

        return error is null;
    }

    /// <summary>Takes an architecture that was made rather than proposed; says whether it may be a candidate and is new, and records nothing.</summary>
    public bool TryTake(int index) => IsNew(index) && _knownFunctions.Add(_context.Space.FunctionId(index));

    /// <summary>Whether an architecture may be a candidate and is new.</summary>
    public bool IsNew(int index)
    {
        int function = _context.Space.FunctionId(index);
        return _fastest[function] == index && _context.Map.PartitionOf(index) == _partition && !_knownFunctions.Contains(function);
    }

    private bool Refuse(string? text, string reason, string detail)
    {
        _rejected.Add(new RejectedProposal(UntrustedText.Line(text ?? "", TextLimit), reason, detail));
        return false;
    }
}
