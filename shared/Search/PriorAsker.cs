using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Proposer;
using PelNas.Shared.Proposer.Answers;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Search;

/// <summary>The step <c>AskPrior</c>: writes down what is believed before the first label, from wherever the request says.</summary>
public sealed class PriorAsker(
    RunRepository runs, RunContexts contexts, Spending spending, ProposerClient proposer, TransferLabels transfer)
{
    /// <summary>Runs the step. A step that runs again keeps to the first answer.</summary>
    /// <exception cref="PriorFileException">The request's file cannot be read or says nothing of the context.</exception>
    public async Task<ProposalCounts> AskAsync(string runId, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, generation: 0, cancellationToken);
        PriorRow? prior = await runs.GetPriorAsync(runId, cancellationToken);
        if (prior is null)
        {
            prior = SourceOf(context) switch
            {
                PriorSources.None => new PriorRow { Source = PriorSources.None },
                PriorSources.Llm => await AskProposerAsync(context, cancellationToken),
                PriorSources.Transfer => await transfer.GetAsync(context.Run, cancellationToken),
                string path => new PriorRow
                {
                    Source = PriorSources.File,
                    Name = Path.GetFileName(path),
                    Content = PriorFile.Read(path, context.Space, context.Request.Dataset, context.Request.Device),
                },
            };
            prior = await runs.AddPriorAsync(runId, prior, cancellationToken);
        }

        return ProposalCounts.Of(prior.Content.Ranked.Count, prior.Usage, prior.Spent);
    }

    /// <summary>
    /// A rule-based stand-in knows nothing that the predictor does not, and beliefs about all architectures are none about an open space.
    /// </summary>
    private string SourceOf(RunContext context)
        => context.Request.Prior ?? (proposer.IsOffline || context.Benchmark.Open is not null ? PriorSources.None : PriorSources.Llm);

    /// <summary>
    /// Asks, and once more where the answer cannot be read. A search whose proposer has nothing to say continues without a prior.
    /// </summary>
    private async Task<PriorRow> AskProposerAsync(RunContext context, CancellationToken cancellationToken)
    {
        ChatCall call = await spending.OpenAsync(
            context.Run, Spending.WholeRun, generation: 0, new Allowance(context.Request.MaxLlmCalls, context.Request.MaxUsd),
            cancellationToken);
        Question<PriorPayload> question = PriorPayloads.Ask(context) with { Call = call };
        PriorAnswer? answer = null;
        (ChatUsage usage, AnswerTally answers, _) = await proposer.AskTwiceAsync(
            question, new PriorAnswerReader(context.Space), question.Payload.MaxCells, refused: [], Take, cancellationToken);
        return new PriorRow
        {
            Source = PriorSources.Llm,
            Name = proposer.Name,
            Content = Content(context, answer),
            Usage = usage,
            Spent = call.Account?.Row.Spent,
            Answers = answers,
        };

        UnusableAnswers? Take(ChatReply<PriorAnswer> reply)
        {
            answer = reply.Answer;
            return reply.Unusable;
        }
    }

    private static PriorContent Content(RunContext context, PriorAnswer? answer)
    {
        ISearchSpace space = context.Space;
        HashSet<int> functions = [];
        return answer is null ? PriorContent.Empty : new PriorContent
        {
            Ranked =
            [
                .. answer.Cells
                    .Select(cell => new Expectation(IndexOf(space, cell.Architecture), cell.ExpectedAccuracy))
                    .Where(cell => cell.Index >= 0 && space.IsConnected(cell.Index) && context.Benchmark.IsFeasible(cell.Index)
                        && context.WhyOverConstraint(cell.Index) is null)
                    .Where(cell => functions.Add(space.FunctionId(cell.Index)))
                    .Take(AccuracyPrior.MaxRanked),
            ],
            Rules = [.. answer.Rules.Take(PriorPayloads.MaxRules)],
            Vetoes = [.. answer.Avoid.Take(PriorPayloads.MaxAvoid)],
        };
    }

    private static int IndexOf(ISearchSpace space, string architecture) => space.TryParse(architecture, out int index, out _) ? index : -1;
}
