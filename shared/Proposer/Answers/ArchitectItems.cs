using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>Tells which values of one answer are proposed architectures, in whatever shape. Each value is read once.</summary>
/// <param name="notation">Reads architectures.</param>
/// <param name="examples">Architectures that the prompt has for examples.</param>
internal sealed class ArchitectItems(ISearchSpace space, ArchitectureNotation notation, IReadOnlySet<int> examples)
{
    private const int MaxParents = 2;

    // Parts of the names that models give to an architecture's member instead of "architecture".
    private static readonly string[] OtherNames = ["arch", "cell", "geno", "code"];

    private readonly Dictionary<LenientValue, string> _notations = [];
    private readonly Dictionary<LenientValue, LenientValue?> _cells = [];

    /// <summary>
    /// Reads an item of a list; null for what is none. A bare text is one if it is an architecture, or stands in the requested list.
    /// </summary>
    public AnswerEntry<Proposal>? Read(LenientValue item, bool isNamed) => item.Kind switch
    {
        LenientKind.Object => CellOf(item) is not { } cell ? null : item.IsWhole ? Proposal(cell, item) : AnswerEntry<Proposal>.LeftOut,
        LenientKind.List => item.IsWhole && IsCell(item) ? Proposal(item, item) : null,
        _ => isNamed || IsPublished(item) ? Proposal(item, item) : null,
    };

    private AnswerEntry<Proposal> Proposal(LenientValue cell, LenientValue item)
    {
        Proposal proposal = new(
            Notation(cell),
            (item.TextOf("origin") ?? "").Contains("cross", StringComparison.OrdinalIgnoreCase) ? "crossover" : "mutation",
            [.. Parents(item.Field("parents")).Take(MaxParents).Select(Notation)],
            item.TextOf("rationale") ?? "",
            item.Field("expectedAccuracy")?.Number is >= 0 and <= 100 and var expected ? expected : null);
        bool isCell = space.IsNotation(proposal.Architecture);

        // The prompt's example has only dots for a rationale.
        return isCell && space.TryParse(proposal.Architecture, out int index, out _) && examples.Contains(index)
            && !proposal.Rationale.Any(char.IsLetterOrDigit)
            ? AnswerEntry<Proposal>.LeftOut
            : new(proposal, isCell);
    }

    private static IEnumerable<LenientValue> Parents(LenientValue? parents) => parents switch
    {
        null => [],
        { IsScalar: true } => [parents],
        _ => parents.Members.Select(member => member.Value),
    };

    /// <summary>
    /// The part of an object that is its architecture, or the object itself when it is made of edges; null for one that is no item.
    /// </summary>
    private LenientValue? CellOf(LenientValue item)
    {
        if (!_cells.TryGetValue(item, out LenientValue? cell))
        {
            _cells[item] = cell = FindCell(item);
        }

        return cell;
    }

    private LenientValue? FindCell(LenientValue item)
    {
        if (item.Field("architecture") is { } stated)
        {
            // Unless what bears the name is a list of items.
            return stated.IsScalar || IsCell(stated) || !stated.Members.Any(member => IsItem(member.Value)) ? stated : null;
        }

        LenientMember[] others = [.. item.Members.Where(member => !member.IsNamed("parents") && !member.IsNamed("parent"))];
        return Array.Find(others, member => Array.Exists(OtherNames, member.Names) && IsCell(member.Value)).Value
            ?? Array.Find(others, member => member.Name is null ? IsNamelessCell(member.Value) : IsPublished(member.Value)).Value
            ?? (IsOfEdges(item) && IsCell(item) ? item : null);
    }

    private bool IsItem(LenientValue value) => value.Kind == LenientKind.Object && CellOf(value) is not null;

    // A member whose name and value have run together, for want of a quote between them.
    private bool IsNamelessCell(LenientValue value) => value.Kind == LenientKind.Text && IsCell(value);

    private static bool IsOfEdges(LenientValue item) => EdgeList.Read(item) is not null
        || (item.Members.Count > 0 && item.Members.All(member => member.Name?.Count(char.IsAsciiDigit) == 2));

    private bool IsPublished(LenientValue value) => value.IsScalar && space.IsNotation(value.Text);

    /// <summary>Whether a value can be read as an architecture. A list of objects is one only if these are its edges.</summary>
    private bool IsCell(LenientValue value)
        => (value.Kind != LenientKind.List || !HoldsObjects(value) || EdgeList.Read(value) is not null)
            && space.IsNotation(Notation(value));

    private static bool HoldsObjects(LenientValue value)
        => value.Members.Any(member => member.Value.Kind == LenientKind.Object || HoldsObjects(member.Value));

    private string Notation(LenientValue value)
    {
        if (!_notations.TryGetValue(value, out string? text))
        {
            _notations[value] = text = notation.Read(value);
        }

        return text;
    }
}
