namespace PelNas.Shared.Tests.Search;

public sealed class ArchitectureMutatorTests
{
    private const int Partition = 2;

    [Fact]
    public async Task Every_refused_proposal_is_kept_with_its_reason()
    {
        string[] proposals =
        [
            "|nor_conv_3x3~0|+|none~0|conv_7x7~1|+|skip_connect~0|none~1|none~2|",
            "not an architecture",
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|skip_connect~1|+|skip_connect~0|none~1|none~2|",
            "|skip_connect~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|avg_pool_3x3~0|nor_conv_1x1~1|avg_pool_3x3~2|",
            "|skip_connect~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|avg_pool_3x3~0|nor_conv_1x1~1|avg_pool_3x3~2|",
        ];
        StepHarness search = await SearchAsync(proposals);

        await search.MutateAsync(Partition, generation: 1);

        RoundRow round = await search.RoundAsync(Partition, 1);
        string[] first = ["illegal", "illegal", "outside-partition", "duplicate"];
        round.Rejected.Select(rejected => rejected.Reason).ShouldBe(first);

        // One was taken: a mere shortfall is no reason to ask again.
        round.Usage.Calls.ShouldBe(1);
        round.Rejected[2].Detail.ShouldContain("partition 3");
        round.Accepted.ShouldBe(30);
        round.FilledIn.ShouldBe(5);
    }

    [Fact]
    public async Task A_proposal_over_the_users_limit_is_refused()
    {
        StepHarness search = await SearchAsync(
            ["|skip_connect~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|avg_pool_3x3~0|nor_conv_1x1~1|avg_pool_3x3~2|"],
            StepHarness.Fpga with { MaxLatencyMs = 3 });

        await search.MutateAsync(Partition, generation: 1);

        RoundRow round = await search.RoundAsync(Partition, 1);
        RejectedProposal rejected = round.Rejected[0];
        rejected.Reason.ShouldBe("over-constraint");
        rejected.Detail.ShouldContain("3 ms");
        (await search.CandidatesAsync()).Where(candidate => candidate.Row.Generation == 1)
            .ShouldAllBe(candidate => StepHarness.Tables.GetContext("cifar10", "fpga").LatencyMs[candidate.Row.Index] <= 3);
    }

    [Fact]
    public async Task In_the_place_of_a_proposal_the_fastest_cell_of_its_function_is_taken_or_its_partition_named()
    {
        // Nothing leads on from node 2, so that the edge into it costs time and does nothing: a 1x1 convolution in the one, the only 3x3 in
        // the other.
        const string Slow = "|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|";
        const string Elsewhere = "|nor_conv_1x1~0|+|nor_conv_3x3~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|";
        StepHarness search = await SearchAsync([Slow, Elsewhere]);
        RunContext context = await search.ContextAsync();
        context.Space.TryParse(Slow, out int slow, out _).ShouldBeTrue();

        await search.MutateAsync(Partition, generation: 1);

        CandidateRow taken = (await search.CandidatesAsync())
            .Select(candidate => candidate.Row).Single(row => context.Space.FunctionId(row.Index) == context.Space.FunctionId(slow));
        taken.Generation.ShouldBe(1);
        taken.Index.ShouldBe(context.FastestOfFunctions()[context.Space.FunctionId(slow)]);
        context.Benchmark.LatencyMs[taken.Index].ShouldBeLessThan(context.Benchmark.LatencyMs[slow]);
        RejectedProposal rejected = (await search.RoundAsync(Partition, 1)).Rejected[0];
        rejected.Text.ShouldBe(Elsewhere);
        rejected.Reason.ShouldBe("outside-partition");
        rejected.Detail.ShouldStartWith("partition 1 has a faster architecture that computes the same function: |");
    }

    [Fact]
    public async Task A_proposal_of_odd_signs_is_refused_and_kept_as_text()
    {
        // The reason quotes its beginning, and must not tear a pair of surrogates apart there.
        const string OddSigns = "\U0001F9E0\U0001F9E0\u0000\u202e\n+|";
        StepHarness search = await SearchAsync([.. Enumerable.Range(36, 8).Select(length => new string('x', length) + OddSigns)]);

        await search.MutateAsync(Partition, generation: 1);

        RoundRow round = await search.RoundAsync(Partition, 1);
        round.Rejected.Count.ShouldBe(16);
        round.Rejected.SelectMany(rejected => rejected.Text + rejected.Detail).ShouldAllBe(c => !char.IsControl(c) && c != '\u202e');
    }

    [Theory]
    [InlineData("I would rather not.")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"architectures\": 5}")]
    [InlineData("")]
    public async Task An_unreadable_answer_is_data_and_the_operators_fill_in(string answer)
    {
        StepHarness search = new(new ScriptedChatClient(_ => answer));
        await PrepareAsync(search);

        ProposalCounts counts = await search.MutateAsync(Partition, generation: 1);

        counts.Accepted.ShouldBe(30);
        RoundRow round = await search.RoundAsync(Partition, 1);
        round.FilledIn.ShouldBe(6);
        round.Rejected.Select(rejected => rejected.Reason).ShouldBe(["illegal", "illegal"]);
        round.Usage.Calls.ShouldBe(2);
        (round.Answers.Answers, round.Answers.CountUnusable()).ShouldBe((2, 2));
        (await search.CandidatesAsync()).Where(candidate => candidate.Row.Generation == 1)
            .CountBy(candidate => candidate.Row.Origin!)
            .ShouldBe([new(CandidateOrigin.Operator, 6), new(CandidateOrigin.Predictor, 24)], ignoreOrder: true);
    }

    [Fact]
    public async Task An_answer_of_which_something_is_taken_counts_as_usable()
    {
        StepHarness search = await SearchAsync(
            ["|skip_connect~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|avg_pool_3x3~0|nor_conv_1x1~1|avg_pool_3x3~2|"]);
        await search.UpdateHeuristicsAsync(Partition, 1);

        await search.MutateAsync(Partition, 1);

        // The scripted answer states no rule, twice.
        RoundRow round = await search.RoundAsync(Partition, 1);
        round.Answers.Answers.ShouldBe(3);
        round.Answers.Unusable.Select(unusable => (unusable.Kind, unusable.Count)).ShouldBe([(UnusableKind.Unreadable, 2)]);
    }

    [Fact]
    public async Task An_answer_of_which_all_is_refused_counts_as_invalid_unless_all_was_tried()
    {
        StepHarness search = await SearchAsync(["|conv_9x9~0|"]);

        await search.MutateAsync(Partition, 1);

        RoundRow round = await search.RoundAsync(Partition, 1);
        round.Answers.Unusable.ShouldHaveSingleItem().ShouldBe(new UnusableAnswers(UnusableKind.Invalid, 2, "|conv_9x9~0|"));
    }

    [Fact]
    public async Task The_rationale_is_cut_and_an_unknown_origin_is_a_mutation()
    {
        string answer = JsonSerializer.Serialize(new
        {
            architectures = new[]
            {
                new
                {
                    architecture = "|skip_connect~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|avg_pool_3x3~0|nor_conv_1x1~1|avg_pool_3x3~2|",
                    origin = "dream",
                    parents = Array.Empty<string>(),
                    rationale = new string('x', 5000),
                },
            },
        });
        StepHarness search = new(new ScriptedChatClient(_ => answer));
        await PrepareAsync(search);

        await search.MutateAsync(Partition, 1);

        CandidateRow row = (await search.CandidatesAsync()).Select(candidate => candidate.Row)
            .Single(candidate => candidate.Rationale is { Length: > 0 });
        row.Rationale!.Length.ShouldBe(400);
        row.Origin.ShouldBe("mutation");
    }

    private static async Task<StepHarness> SearchAsync(string[] proposals, SearchRequest? request = null)
    {
        string answer = JsonSerializer.Serialize(new
        {
            architectures = proposals.Select(
                text => new { architecture = text, origin = "mutation", parents = Array.Empty<string>(), rationale = "because" }),
        });
        StepHarness search = new(new ScriptedChatClient(_ => answer));
        await PrepareAsync(search, request);
        return search;
    }

    private static async Task PrepareAsync(StepHarness search, SearchRequest? request = null)
    {
        await search.PlanAsync(request);
        await search.SeedAsync(Partition);
        await search.ScoreAsync(Partition, 0);
        await search.ChooseLabelsAsync(0);
    }
}
