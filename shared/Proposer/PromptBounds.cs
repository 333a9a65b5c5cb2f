using Microsoft.Extensions.AI;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer;

/// <summary>
/// The largest questions that a search can come to ask: every list of the payloads full, of the longest architectures and texts. The
/// estimate before a search and the test of the prompts' size are made of them.
/// </summary>
public static class PromptBounds
{
    private const int Lots = 400;

    private static readonly string Words = string.Concat(Enumerable.Repeat("a wider convolution near the output ", 40));

    /// <summary>The largest question to the reasoner.</summary>
    /// <param name="text">Fills every text that a proposer writes, before it is cut; by default plain words.</param>
    public static Question<ReasonerPayload> Reasoner(RunContext context, string? text = null)
    {
        (GenerationView view, Heuristic[] rules) = Full(context, text);
        return ReasonerPayloads.Ask(context, view, Predicted(context, view), rules);
    }

    /// <summary>The largest question to the architect.</summary>
    /// <param name="text">Fills every text that a proposer writes, before it is cut; by default plain words.</param>
    public static Question<ArchitectPayload> Architect(RunContext context, string? text = null)
    {
        (GenerationView view, Heuristic[] rules) = Full(context, text);
        Question<ArchitectPayload> question = ArchitectPayloads.Ask(context, view, [], rules, RequestLimits.MaxProposals);
        PromisingPayload promising = new(question.Payload.Parents[0].Architecture, 91.123, 11.123, 123.456);
        return question with
        {
            Payload = question.Payload with { Promising = [.. Enumerable.Repeat(promising, ArchitectPayloads.MaxPromising)] },
        };
    }

    /// <summary>The largest repair turn of a question.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="text">Fills the answer and every text quoted of it; by default plain words.</param>
    /// <typeparam name="TPayload">Type of the payload.</typeparam>
    internal static IReadOnlyList<ChatMessage> Repair<TPayload>(Question<TPayload> question, string? text = null)
    {
        string words = text ?? Words;
        string answer = string.Concat(Enumerable.Repeat(words, 1 + (ProposerClient.QuotedAnswerBytes / words.Length)));
        RejectedProposal refused = new(words, "outside-partition", words);
        RepairPayload request = RepairPayload.Create(words, Enumerable.Repeat(refused, Lots), RequestLimits.MaxProposals);
        return ProposerClient.RepairMessages(question, answer, request);
    }

    private static PredictedPayload[] Predicted(RunContext context, GenerationView view) =>
    [
        .. view.History.Labelled.Take(ReasonerPayloads.MaxPredicted).Select(candidate => new PredictedPayload(
            context.Space.Format(candidate.Row.Index),
            91.123,
            11.123,
            PromptText.Short(candidate.Row.LatencyMs!.Value),
            CandidateOrigin.Operator,
            PayloadParts.Rationale(candidate.Row, PromptText.PredictedRationaleBytes))),
    ];

    private static (GenerationView View, Heuristic[] Rules) Full(RunContext context, string? text)
    {
        string words = text ?? Words;
        int partition = context.Map.Plans.MaxBy(plan => plan.Rule.Length)!.Id;
        RunCandidate[] candidates =
        [
            .. Enumerable.Range(0, context.Space.Size)
                .OrderByDescending(index => context.Space.Format(index).Length)
                .Take(Lots)
                .Select((index, place) => new RunCandidate(place < context.Map.Plans.Count ? place : partition, new CandidateRow
                {
                    Index = index,
                    Generation = RequestLimits.MaxGenerations - 1,
                    LabelledGeneration = RequestLimits.MaxGenerations - 1,
                    Origin = CandidateOrigin.Operator,
                    Rationale = words,
                    Accuracy = 90.123456789 + (place * 1e-3),
                    LatencyMs = 123.456789012 + place,
                })),
        ];
        string sentence = PromptText.Cut(words, PromptText.RuleBytes);
        Heuristic rule = new(
            "negative", sentence, sentence, 0.123, context.Space.DecisionNames[^1], context.Space.Operations.MaxBy(name => name.Length));
        Heuristic[] rules = [.. Enumerable.Repeat(rule, ReasonerPayloads.MaxRules)];
        return (
            new GenerationView(
                partition,
                RequestLimits.MaxGenerations,
                RunCandidates.Of(candidates, RequestLimits.MaxGenerations),
                Predictor: null,
                [.. candidates.Take(RequestLimits.MaxProposals).Select(candidate => new Expectation(candidate.Row.Index, 91.123))],
                [.. rules.Take(GenerationView.MaxShared).Select(rule => rule with { Evidence = "" })]),
            rules);
    }
}
