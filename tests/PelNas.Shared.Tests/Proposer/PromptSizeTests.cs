using Microsoft.ML.Tokenizers;

namespace PelNas.Shared.Tests.Proposer;

/// <summary>No prompt grows beyond what docs/prompts.md states, whatever the settings and whatever a model has written.</summary>
public sealed class PromptSizeTests
{
    private const int LargestWithPlainText = 18_000;
    private const int LargestWithAnyText = 42_000;
    private const int LargestRepairWithPlainText = 3_000;
    private const int LargestRepairWithAnyText = 13_000;

    // Characters of many bytes that no tokenizer has as a token: the most tokens for a byte.
    private static readonly string Worst = string.Concat(Enumerable.Repeat("\U00013080\U0001F9EC\u0D9E", 200));

    private static readonly TiktokenTokenizer Tokenizer = TiktokenTokenizer.CreateForModel("gpt-4o");

    [Theory]
    [InlineData(null, LargestWithPlainText)]
    [InlineData("worst", LargestWithAnyText)]
    public async Task The_largest_prompts_keep_to_the_stated_size(string? text, int largest)
    {
        StepHarness search = new();
        RunContext context = await LargestAsync(search);
        string? filler = text is null ? null : Worst;

        Tokens(ProposerClient.Render<ReasonerPayload, ReasonerAnswer>(PromptBounds.Reasoner(context, filler)))
            .ShouldBeInRange(1000, largest);
        Tokens(ProposerClient.Render<ArchitectPayload, ArchitectAnswer>(PromptBounds.Architect(context, filler)))
            .ShouldBeInRange(1000, largest);
        Tokens(ProposerClient.Render<PriorPayload, PriorAnswer>(PriorPayloads.Ask(context))).ShouldBeInRange(1000, largest);
    }

    [Theory]
    [InlineData(null, LargestRepairWithPlainText)]
    [InlineData("worst", LargestRepairWithAnyText)]
    public async Task A_repair_turn_adds_no_more_than_the_stated_size(string? text, int largest)
    {
        StepHarness search = new();
        Question<ArchitectPayload> question = PromptBounds.Architect(await LargestAsync(search));

        IReadOnlyList<ChatMessage> repair = PromptBounds.Repair(question, text is null ? null : Worst);

        repair.Count.ShouldBe(4);
        repair.Skip(2).Sum(message => Tokenizer.CountTokens(message.Text)).ShouldBeInRange(500, largest);
    }

    [Fact]
    public async Task The_lists_of_the_largest_prompts_are_full()
    {
        StepHarness search = new();
        RunContext context = await LargestAsync(search);

        ReasonerPayload reasoner = PromptBounds.Reasoner(context).Payload;
        ArchitectPayload architect = PromptBounds.Architect(context).Payload;

        (reasoner.Candidates.Count, reasoner.Predicted!.Count, reasoner.Heuristics.Count, reasoner.MaxRules).ShouldBe((40, 12, 12, 12));
        (architect.Parents.Count, architect.Gaps.Count, architect.Heuristics.Count, architect.Promising.Count, architect.Count).ShouldBe(
            (16, 4, 12, 24, 64));
        (architect.SharedHeuristics.Count, architect.Search.Front.Count, architect.Search.LastProposals.Count).ShouldBe((12, 24, 64));
    }

    [Fact]
    public async Task No_prompt_of_a_real_search_is_larger_than_the_bound_or_its_estimate()
    {
        List<(int Tokens, int Estimate)> sizes = [];
        using Offline.CountingOffline chat =
            new((messages, options) => sizes.Add((Tokens((messages, options)), TokenEstimate.Of(messages, options).Input)));
        StepHarness search = new(chat);
        await search.SearchAsync(
            generations: 3, StepHarness.Fpga with { ProposalsPerPartition = 64, MaxLabels = 400 });

        // Two a partition and generation, but for the first partition, whose functions are all seeds, and others that are used up or
        // dominated.
        sizes.Count.ShouldBe(24);
        sizes.ShouldAllBe(size => size.Tokens <= LargestWithPlainText && size.Tokens <= size.Estimate);
    }

    private static async Task<RunContext> LargestAsync(StepHarness search)
    {
        await search.PlanAsync(new SearchRequest
        {
            Dataset = "imagenet16-120",
            Device = "eyeriss",
            Generations = RequestLimits.MaxGenerations,
            MaxLabels = RequestLimits.MaxLabels,
            ProposalsPerPartition = RequestLimits.MaxProposals,
            MaxLatencyMs = 12.3456789,
            MaxParamsM = 1.23456789,
        });
        return await search.ContextAsync();
    }

    private static int Tokens((IReadOnlyList<ChatMessage> Messages, ChatOptions Options) prompt)
        => prompt.Messages.Sum(message => Tokenizer.CountTokens(message.Text))
            + Tokenizer.CountTokens(((ChatResponseFormatJson)prompt.Options.ResponseFormat!).Schema!.Value.GetRawText());
}
