using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// Reads the architect's answer. Where it holds no list with an architecture that can be read, the architectures that its words name in
/// the published notation are taken, but never the one that the prompt has for an example.
/// </summary>
public sealed class ArchitectAnswerReader : IAnswerReader<ArchitectAnswer>
{
    private const string List = "architectures";

    // As many as a list is read of.
    private const int MaxFromWords = 256;

    private readonly ISearchSpace _space;
    private readonly ArchitectureNotation _notation;
    private readonly HashSet<int> _examples;

    /// <summary>Makes a reader.</summary>
    /// <param name="space">The space that architectures are of.</param>
    public ArchitectAnswerReader(ISearchSpace space)
    {
        _space = space;
        _notation = new ArchitectureNotation(space);
        _examples = [.. _notation.Find(PromptTemplate.Architect.System)];
    }

    /// <inheritdoc/>
    public Reading<ArchitectAnswer> Read(string text)
    {
        AnswerText answer = AnswerText.Read(text);
        AnswerList<Proposal> list = AnswerList<Proposal>.Find(answer, List, new ArchitectItems(_space, _notation, _examples).Read);
        if (list.Usable == 0 && FromWords(answer, list) is { Count: > 0 } named)
        {
            string problem = list.Problem ?? $"no item of the list '{List}' is an architecture";
            return new(new ArchitectAnswer(named), $"{problem}; its words name {named.Count}");
        }

        return new(list.Entries.Count > 0 ? new ArchitectAnswer(list.Entries) : null, list.Problem)
        {
            Unusable = list.WhyNone,
            Visible = answer.Visible,
        };
    }

    /// <summary>
    /// Architectures named in words. Beside a list that holds items, however illegal, JSON is no words: it names parents.
    /// </summary>
    private List<Proposal> FromWords(AnswerText answer, AnswerList<Proposal> list) =>
    [
        .. _notation.Find(list.Entries.Count > 0 ? answer.Words : answer.Visible)
            .Where(index => !_examples.Contains(index))
            .Take(MaxFromWords)
            .Select(index => new Proposal(_space.Format(index), "mutation", [], "")),
    ];
}
