namespace PelNas.Shared.Proposer.Answers;

/// <summary>Goes through the values of an answer and collects the lists that may be the requested one.</summary>
internal sealed class AnswerListFinder<T>(string name, Func<LenientValue, bool, AnswerEntry<T>?> read)
    where T : class
{
    // More than any payload asks for; a model that never ends is not followed.
    private const int MaxItems = 256;

    // JSON in a text of JSON, as the arguments of a tool are.
    private const int MaxTexts = 2;

    // Members of items and of the prompt's document that hold architectures which nobody proposes.
    private static readonly string[] Quoted = ["parents", "parent", "avoid"];

    private readonly List<Candidate> _candidates = [];
    private int _texts;

    /// <summary>A list that may be the requested one.</summary>
    /// <param name="Usable">How many of them can be used.</param>
    /// <param name="Lost">Items that were left out or are none.</param>
    /// <param name="IsNamed">Whether it bears the name requested.</param>
    /// <param name="IsWhole">Whether its end was there.</param>
    internal sealed record Candidate(IReadOnlyList<T> Entries, int Usable, int Lost, bool IsNamed, bool IsWhole);

    /// <summary>
    /// The list with the most usable items, of those with as many the last; where none has any, the last with the right name.
    /// </summary>
    public Candidate? Best
    {
        get
        {
            int most = _candidates.Select(candidate => candidate.Usable).DefaultIfEmpty().Max();
            return most > 0
                ? _candidates.FindLast(candidate => candidate.Usable == most)
                : _candidates.FindLast(candidate => candidate is { IsNamed: true, Entries.Count: > 0 })
                    ?? _candidates.FindLast(candidate => candidate.IsNamed);
        }
    }

    /// <summary>Goes through an answer.</summary>
    /// <returns>Whether it holds a list with a usable item.</returns>
    public bool Visit(AnswerText answer)
    {
        LenientValue all = new(LenientKind.List);
        foreach (LenientValue value in answer.Values)
        {
            all.Add(null, value);
        }

        return Visit(all, isNamed: false);
    }

    private bool Visit(LenientValue container, bool isNamed)
    {
        // The document of the prompt, repeated.
        if (container.Field("prompt") is not null && container.Field("space") is not null)
        {
            return false;
        }

        // Beside the list that was requested nothing else of its object is meant.
        LenientMember[] named = [.. container.Members.Where(member => IsAskedFor(member) && Read(member.Value, isNamed: false) is null)];
        bool isFound = false;
        foreach (LenientMember member in named)
        {
            isFound |= Visit(member.Value, isNamed: true);
        }

        return isFound || Collect(container, isNamed, named);
    }

    /// <summary>Takes the members of a container for items, and looks for lists in those that are none.</summary>
    private bool Collect(LenientValue container, bool isNamed, LenientMember[] visited)
    {
        List<T> entries = [];
        List<LenientValue> others = [];
        int usable = 0;
        int lost = 0;
        foreach (LenientMember member in container.Members.Except(visited).Where(member => !Array.Exists(Quoted, member.IsNamed)))
        {
            AnswerEntry<T>? entry = entries.Count < MaxItems ? Read(member.Value, isNamed) : null;
            if (entry is null)
            {
                others.Add(member.Value);
            }

            if (entry?.Value is { } value)
            {
                entries.Add(value);
                usable += entry.Value.IsUsable ? 1 : 0;
            }
            else
            {
                lost++;
            }
        }

        if (isNamed || usable > 0)
        {
            _candidates.Add(new Candidate(entries, usable, isNamed ? lost : 0, isNamed, container.IsWhole));
        }

        bool isFound = usable > 0;
        foreach (LenientValue other in others)
        {
            isFound |= other.IsScalar ? VisitText(other) : Visit(other, isNamed: false);
        }

        return isFound;
    }

    /// <summary>Reads an item. An object around the list that was requested is none, whatever else it holds.</summary>
    private AnswerEntry<T>? Read(LenientValue value, bool isNamed) => value.Members.Any(IsAskedFor) ? null : read(value, isNamed);

    private bool IsAskedFor(LenientMember member) => member.IsNamed(name) && !member.Value.IsScalar;

    private bool VisitText(LenientValue text)
    {
        if (_texts == MaxTexts || !text.HoldsJson)
        {
            return false;
        }

        _texts++;
        bool isFound = Visit(AnswerText.Read(text.Text));
        _texts--;
        return isFound;
    }
}
