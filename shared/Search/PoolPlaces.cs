using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// The places that a generation of a search in an open space keeps for what is proposed in one partition and the run does not look at yet.
/// </summary>
/// <param name="begun">The run at the start of the generation.</param>
internal sealed class PoolPlaces(RunContext begun, int partition)
{
    private readonly List<byte[]> _taken = [];
    private RunContext? _grown;

    /// <summary>The run with the architectures that have taken a place.</summary>
    public RunContext Context => _grown ?? begun;

    /// <summary>These architectures.</summary>
    public IReadOnlyList<byte[]> Taken => _taken;

    /// <summary>Gives an architecture a place and returns its index, or null when none is left.</summary>
    public int? TryAdd(byte[] genotype)
    {
        if (_taken.Count == begun.Request.ProposalsPerPartition)
        {
            return null;
        }

        _taken.Add(genotype);
        Extend();
        return Context.Space.Size - 1;
    }

    /// <summary>Takes the last place back.</summary>
    public void Remove()
    {
        _taken.RemoveAt(_taken.Count - 1);
        Extend();
    }

    private void Extend() => _grown = OpenContexts.With(
        begun, [.. Enumerable.Repeat(Array.Empty<byte>(), partition * begun.Request.ProposalsPerPartition), .. _taken]);
}
