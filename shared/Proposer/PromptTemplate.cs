using System.Reflection;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer;

/// <summary>A system prompt that ships as a versioned file; the payload contract of each is documented in docs/prompts.md.</summary>
/// <param name="Name">Name and version, for example <c>reasoner.v4</c>. Part of every payload and so of every prompt hash.</param>
public sealed record PromptTemplate(string Name, string System)
{
    /// <summary>LLM call 1 of a generation: rewrite the heuristics.</summary>
    public static PromptTemplate Reasoner { get; } = Load("reasoner.v4");

    /// <summary>LLM call 2 of a generation: propose architectures.</summary>
    public static PromptTemplate Architect { get; } = Load("architect.v5");

    private static readonly PromptTemplate ReasonerOfDecisions = Load("reasoner-decisions.v1");

    private static readonly PromptTemplate ArchitectOfDecisions = Load("architect-decisions.v1");

    /// <summary>The reasoner's prompt for a space: cells and edges, or decisions and choices.</summary>
    public static PromptTemplate ReasonerIn(ISearchSpace space) => space.IsOfCells ? Reasoner : ReasonerOfDecisions;

    /// <summary>The architect's prompt for a space.</summary>
    public static PromptTemplate ArchitectIn(ISearchSpace space) => space.IsOfCells ? Architect : ArchitectOfDecisions;

    /// <summary>Before the first label: what is believed.</summary>
    public static PromptTemplate Prior { get; } = Load("prior.v1");

    /// <summary>
    /// What the repair turn asks for. Part of its document, since the turn goes on under the system message of its question.
    /// </summary>
    public static PromptTemplate Repair { get; } = Load("repair.v2");

    private static PromptTemplate Load(string name)
    {
        Assembly assembly = typeof(PromptTemplate).Assembly;
        using Stream stream = assembly.GetManifestResourceStream($"PelNas.Shared.Proposer.Prompts.{name}.md")
            ?? throw new InvalidOperationException($"The prompt {name} is missing from {assembly.GetName().Name}; rebuild the project.");
        using StreamReader reader = new(stream);
        return new PromptTemplate(name, reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
