using PelNas.Shared.Common;
using PelNas.Shared.Records;


namespace PelNas.Shared.Search;

/// <summary>
/// Decides whether a proposed architecture becomes a candidate: legal, runnable on the device, in the partition, within
/// the user's limits, and a function
/// that the run has not seen (paper section 3: legality, novelty, constraint). Every refusal is kept with its reason.
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
    }

    /// <summary>The refusals so far.</summary>
    public IReadOnlyList<RejectedProposal> Rejected => _rejected;

    /// <summary>Takes a proposal in text form, or records why not.</summary>
    public bool TryAccept(string? text, out int index)
    {
        if (!_context.Space.TryParse(text, out index, out string? error))
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

        return _knownFunctions.Add(_context.Space.FunctionId(index))
            || Refuse(text, Duplicate, "the search has already tried an architecture that computes the same function");
    }

    /// <summary>Takes an architecture that was made rather than proposed; says whether it is allowed and new, and records nothing.</summary>
    public bool TryTake(int index)
        => _context.IsAllowed(_partition, index) && _knownFunctions.Add(_context.Space.FunctionId(index));

    /// <summary>Whether an architecture is allowed and new.</summary>
    public bool IsNew(int index)
        => _context.IsAllowed(_partition, index) && !_knownFunctions.Contains(_context.Space.FunctionId(index));

    private bool Refuse(string? text, string reason, string detail)
    {
        _rejected.Add(new RejectedProposal(UntrustedText.Line(text ?? "", TextLimit), reason, detail));
        return false;
    }
}
