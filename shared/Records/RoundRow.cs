using System.Text.Json.Serialization;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;

namespace PelNas.Shared.Records;

/// <summary>What one generation did in one partition, or in the whole run.</summary>
public sealed record RoundRow
{
    /// <summary>Value of <see cref="Partition"/> for the row about the whole run.</summary>
    public const int WholeRun = -1;

    /// <summary>Partition, or <see cref="WholeRun"/>.</summary>
    public required int Partition { get; init; }

    /// <summary>Generation; 0 is the seed population.</summary>
    public required int Generation { get; init; }

    /// <summary>Architectures taken as candidates in this generation.</summary>
    public int Accepted { get; init; }

    /// <summary>Candidates among them that the deterministic operator filled in because the proposer fell short.</summary>
    public int FilledIn { get; init; }

    /// <summary>Proposals refused, each with its reason.</summary>
    public IReadOnlyList<RejectedProposal> Rejected { get; init; } = [];

    /// <summary>What the proposer expects of the architectures that it proposed and that were taken, in its order.</summary>
    public IReadOnlyList<Expectation> Expected { get; init; } = [];

    /// <summary>Labels paid for in this generation.</summary>
    public int Labels { get; init; }

    /// <summary>Size of the archive after this generation: non-dominated labelled candidates.</summary>
    public int Archive { get; init; }

    /// <summary>Whole run only: hypervolume of the front after this generation, normalised as the metrics are.</summary>
    public double? Hypervolume { get; init; }

    /// <summary>
    /// Whole run only: what the predictor expects labels of all else that the search looks at to add to <see cref="Hypervolume"/>; null
    /// where the exact front is known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExpectedGain { get; init; }

    /// <summary>
    /// Whole run only: <see cref="AccuracyPredictor.ShortName"/> where a predictor was trained for this generation, else
    /// <see cref="AccuracyPredictor.None"/>.
    /// </summary>
    public string? Predictor { get; init; }

    /// <summary>Whole run only: how well that predictor predicted each of its labels from the others.</summary>
    public CrossValidation? CrossValidation { get; init; }

    /// <summary>What the calls of this generation cost, both of the proposer's calls together.</summary>
    public ChatUsage Usage { get; init; } = ChatUsage.None;

    /// <summary>What came of them, in the whole run's row those of all partitions.</summary>
    public AnswerTally Answers { get; init; } = AnswerTally.None;

    /// <summary>Whole run only: the answers of all generations so far.</summary>
    public RunAnswers? RunAnswers { get; init; }
}

/// <summary>A proposal that the validator refused.</summary>
/// <param name="Text">What was proposed, cut to 200 characters. Untrusted text.</param>
/// <param name="Reason">
/// One of the codes <c>illegal</c>, <c>duplicate</c>, <c>infeasible</c>, <c>outside-partition</c>, <c>over-constraint</c>.
/// </param>
/// <param name="Detail">One sentence for people and for the proposer's next turn.</param>
public sealed record RejectedProposal(string Text, string Reason, string Detail);
