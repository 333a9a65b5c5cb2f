namespace PelNas.Shared.Tests.Search;

public class PriorAskerTests
{
    private static readonly SearchRequest Request = StepHarness.Fpga with { MaxLabels = 20 };

    [Fact]
    public async Task The_offline_proposer_is_not_asked()
    {
        StepHarness search = new();
        await search.PlanAsync(Request);

        ProposalCounts counts = await search.AskPriorAsync();

        counts.LlmCalls.ShouldBe(0);
        (await PriorAsync(search)).Source.ShouldBe(PriorSources.None);
    }

    [Fact]
    public async Task A_language_model_is_asked_once_and_told_of_the_device_and_the_partitions()
    {
        using ScriptedChatClient model = new(Recorded);
        StepHarness search = new(model);
        await search.PlanAsync(Request);

        (await search.AskPriorAsync()).LlmCalls.ShouldBe(1);
        (await search.AskPriorAsync()).LlmCalls.ShouldBe(1);

        JsonElement payload = JsonDocument.Parse(model.Calls.ShouldHaveSingleItem().Messages[1].Text).RootElement;
        payload.GetProperty("labels").GetInt32().ShouldBe(20);
        payload.GetProperty("partitions").EnumerateArray().Sum(partition => partition.GetProperty("cells").GetInt32()).ShouldBe(15_625);

        // The fpga's published latencies are linear in the operations of all edges, dead ones included.
        JsonElement device = payload.GetProperty("device");
        device.GetProperty("deadEdges").GetBoolean().ShouldBeTrue();
        device.GetProperty("error").GetDouble().ShouldBe(0, 0.001);
        device.GetProperty("operationMs").GetProperty("nor_conv_3x3").GetDouble().ShouldBe(1.258, 0.001);
        device.GetProperty("fastest").GetProperty("latencyMs").GetDouble().ShouldBe(1.133, 0.001);
        PriorRow prior = await PriorAsync(search);
        (prior.Source, prior.Name, prior.Content.Ranked.Count).ShouldBe((PriorSources.Llm, "scripted/test", 24));
    }

    [Fact]
    public async Task An_answer_that_was_lost_with_its_process_counts_against_the_limits()
    {
        using ScriptedChatClient model = new(Recorded);
        using BudgetChatClient charged = new(model, new ChatProviderOptions { Provider = ChatProviders.OpenAI, Model = "m" });
        StepHarness search = new(charged);
        await search.PlanAsync(Request);
        RunRow run = (await search.Runs.GetAsync(StepHarness.RunId, Cancellation))!;
        ChatCall killed = await new Spending(search.Runs).OpenAsync(run, Spending.WholeRun, 0, Allowance.Unlimited, Cancellation);
        await killed.Account!.ReserveAsync(new TokenBounds(LeastInput: 1, MostInput: 1000, MostOutput: 900), price: null);

        ProposalCounts counts = await search.AskPriorAsync();

        (counts.LlmCalls, counts.LostCalls).ShouldBe((1, 1));
    }

    [Fact]
    public async Task The_first_labels_are_the_cells_that_it_ranks()
    {
        using ScriptedChatClient model = new(Recorded);
        StepHarness search = new(model);
        await search.SearchAsync(generations: 0, Request with { Prior = PriorSources.Llm });

        CandidateRow[] labelled = await search.LabelledAsync();
        labelled.ShouldAllBe(row => row.Origin == CandidateOrigin.Prior);
        labelled.Select(row => row.Index)
            .ShouldBe((await search.ContextAsync()).FastestOf((await search.ContextAsync()).Prior!.Ranked).Take(12), ignoreOrder: true);
    }

    [Fact]
    public async Task A_model_that_has_nothing_to_say_is_asked_again_and_then_left_alone()
    {
        using ScriptedChatClient model = new(_ => "I would rather talk about cooking.");
        StepHarness search = new(model);
        await search.PlanAsync(Request);

        (await search.AskPriorAsync()).LlmCalls.ShouldBe(2);

        PriorRow prior = await PriorAsync(search);
        prior.Content.Ranked.ShouldBeEmpty();
        prior.Answers.Unusable.Sum(answers => answers.Count).ShouldBe(2);
    }

    [Fact]
    public async Task Labels_of_searches_on_another_data_set_are_a_prior()
    {
        StepHarness search = new();
        await search.SearchAsync(2, new SearchRequest { Dataset = "cifar100", Device = "fpga", Generations = 2, MaxLabels = 40 });
        RunRow earlier = (await search.Runs.GetAsync(StepHarness.RunId, Cancellation))!;

        PriorRow prior = await new TransferLabels(search.Runs).GetAsync(
            earlier with { RunId = "20260102-030405-next", Request = Request }, Cancellation);

        prior.Content.Believed.Count.ShouldBe(40);
        prior.Name.ShouldBe("40 cells of cifar100 from 1 searches");
        prior.Content.Believed.ShouldAllBe(
            cell => cell.Accuracy == StepHarness.Tables.GetContext("cifar100", "fpga").ValidationAccuracy[cell.Index]);
        (await new TransferLabels(search.Runs).GetAsync(earlier, Cancellation)).Content.Believed.ShouldBeEmpty();

        await search.Runs.ChangeAsync(
            StepHarness.RunId, run => run with { Request = run.Request with { Space = "transnas" } }, Cancellation);
        (await new TransferLabels(search.Runs).GetAsync(earlier with { Request = Request }, Cancellation))
            .Content.Believed.ShouldBeEmpty("indices of another space are of other cells");
    }

    private static string Recorded(IReadOnlyList<ChatMessage> messages) => RecordedPrior.Answer(messages[1].Text)!;

    private static async Task<PriorRow> PriorAsync(StepHarness search)
        => (await search.Runs.GetPriorAsync(StepHarness.RunId, Cancellation)).ShouldNotBeNull();
}
