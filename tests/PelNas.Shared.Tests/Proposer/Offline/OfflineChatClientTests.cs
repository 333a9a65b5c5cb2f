namespace PelNas.Shared.Tests.Proposer.Offline;

public sealed class OfflineChatClientTests
{
    private static readonly ChatCall Account = new("20260301-120000-test");
    private static readonly ISearchSpace Space = StepHarness.Tables.Space;
    private static readonly ProposerClient Proposer = new(new OfflineChatClient(Space));
    private static readonly SpacePayload SpacePayload = new(Space.Name, Space.DecisionNames, Space.Operations);
    private static readonly ObjectivePayload Objective = new("cifar10", "fpga", "validation");
    private static readonly SearchPayload Nothing = new(
        new DevicePayload(1, new Dictionary<string, double>(), false, 0, null, null), [], [], 100, null, []);
    private static readonly PartitionPayload TwoConvolutions = new(
        3, "exactly two nor_conv_3x3", new PartitionBounds(new Dictionary<string, CountRange> { ["nor_conv_3x3"] = new(2, 2) }));

    private static readonly string[] Parents =
    [
        "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|nor_conv_3x3~2|",
        "|skip_connect~0|+|nor_conv_3x3~0|none~1|+|nor_conv_3x3~0|none~1|skip_connect~2|",
    ];

    [Fact]
    public void Its_name_says_that_no_model_was_asked()
    {
        Proposer.Name.ShouldBe("offline");
        Proposer.IsOffline.ShouldBeTrue();
    }

    [Fact]
    public async Task Proposals_are_legal_distinct_new_functions_inside_the_partition()
    {
        IReadOnlyList<Proposal> proposals = await ProposeAsync([]);

        proposals.Count.ShouldBe(20);
        List<int> functions = [];
        foreach (Proposal proposal in proposals)
        {
            Space.TryParse(proposal.Architecture, out int index, out _).ShouldBeTrue();
            Space.Genotype(index).ToArray().Count(operation => Space.Operations[operation] == "nor_conv_3x3").ShouldBe(2);
            functions.Add(Space.FunctionId(index));
            proposal.Origin.ShouldBeOneOf("crossover", "mutation");
            proposal.Parents.ShouldAllBe(parent => Parents.Contains(parent));
            proposal.Rationale.ShouldNotBeNullOrWhiteSpace();
        }

        functions.Distinct().Count().ShouldBe(20);
        functions.ShouldNotContain(function => Parents.Any(parent => Function(parent) == function));
    }

    [Fact]
    public async Task A_trusted_rule_is_followed_and_a_negative_one_kept_away_from()
    {
        Heuristic put = new("positive", "Put avg_pool_3x3 on edge 0->3.", "", 0.95, "0->3", "avg_pool_3x3");
        Heuristic avoid = put with { Kind = "negative", Text = "Avoid avg_pool_3x3 on edge 0->3." };

        int with = await CountAsync([put]);
        int without = await CountAsync([]);
        int against = await CountAsync([avoid]);

        with.ShouldBeGreaterThan(without);
        against.ShouldBeLessThan(without);

        async Task<int> CountAsync(Heuristic[] rules)
            => (await ProposeAsync(rules))
                .Count(proposal => proposal.Architecture.Split('+')[2].StartsWith("|avg_pool_3x3~0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_payload_and_seed_give_the_same_answer_and_another_seed_another()
    {
        string[] first = [.. (await ProposeAsync([], seed: 1)).Select(proposal => proposal.Architecture)];

        (await ProposeAsync([], seed: 1)).Select(proposal => proposal.Architecture).ShouldBe(first);
        (await ProposeAsync([], seed: 2)).Select(proposal => proposal.Architecture).ShouldNotBe(first);
    }

    [Fact]
    public async Task Rules_are_derived_from_the_results_of_the_payload()
    {
        ReasonerAnswer answer = await ReasonAsync(ByConvolution(with: 93, without: 80), []);

        Heuristic best = answer.Rules[0];
        (best.Kind, best.Edge, best.Operation).ShouldBe(("positive", "2->3", "nor_conv_3x3"));
        best.Evidence.ShouldContain("93.00 %");
        best.Confidence.ShouldBeGreaterThan(0.9);
        answer.Rules.Count.ShouldBeLessThanOrEqualTo(12);
    }

    [Fact]
    public async Task Opposite_results_turn_an_old_rule_round()
    {
        Heuristic old = new("positive", "Put nor_conv_3x3 on edge 2->3.", "", 0.9, "2->3", "nor_conv_3x3");
        ReasonerAnswer answer = await ReasonAsync(ByConvolution(with: 70, without: 90), [old]);

        answer.Rules.Single(rule => rule is { Edge: "2->3", Operation: "nor_conv_3x3" }).Kind.ShouldBe("negative");
    }

    [Fact]
    public async Task An_old_rule_without_new_evidence_fades_and_then_goes()
    {
        Heuristic old = new("positive", "Put none on edge 0->1.", "", 0.5, "0->1", "none");

        IReadOnlyList<Heuristic> rules = (await ReasonAsync([], [old])).Rules;
        rules.ShouldHaveSingleItem().Confidence.ShouldBe(0.3, 1e-9);
        for (int round = 0; round < 3; round++)
        {
            rules = (await ReasonAsync([], rules)).Rules;
        }

        rules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_prompt_it_does_not_know_is_refused()
        => (await Should.ThrowAsync<ArgumentException>(() => new OfflineChatClient(Space).GetResponseAsync(
            [new ChatMessage(ChatRole.User, JsonSerializer.Serialize(new { prompt = "poet.v1" }))], cancellationToken: Cancellation)))
            .Message.ShouldContain("poet.v1");

    private static async Task<IReadOnlyList<Proposal>> ProposeAsync(Heuristic[] rules, int seed = 1)
    {
        ArchitectPayload payload = new(
            PromptTemplate.Architect.Name,
            SpacePayload,
            TwoConvolutions,
            new ConstraintsPayload(null, null),
            Objective,
            Nothing,
            [Candidate(Parents[0], 91), Candidate(Parents[1], 93) with { LatencyMs = 4 }],
            [new GapPayload(3, 4)],
            rules,
            [],
            [],
            Count: 20,
            CrossoverProbability: 0.5);
        ChatReply<ArchitectAnswer> reply = await Proposer.AskAsync(
            new Question<ArchitectPayload>(PromptTemplate.Architect, payload, seed, 8192, Account),
            new ArchitectAnswerReader(Space), Cancellation);
        reply.Problem.ShouldBeNull();
        reply.Usage.Calls.ShouldBe(1);
        return reply.Answer!.Architectures;
    }

    private static async Task<ReasonerAnswer> ReasonAsync(IReadOnlyList<CandidatePayload> candidates, IReadOnlyList<Heuristic> rules)
    {
        ReasonerPayload payload = new(
            PromptTemplate.Reasoner.Name, SpacePayload, TwoConvolutions, Objective, Nothing, candidates, rules, [], MaxRules: 12, []);
        Question<ReasonerPayload> question = new(PromptTemplate.Reasoner, payload, Seed: 1, 4096, Account);
        return (await Proposer.AskAsync(question, new ReasonerAnswerReader(Space), Cancellation)).Answer!;
    }

    /// <summary>Sixty cells whose accuracy depends on a 3x3 convolution on 2->3 alone.</summary>
    private static CandidatePayload[] ByConvolution(double with, double without)
        => [.. Enumerable.Range(0, Space.Size).Where(Space.IsConnected).Take(60).Select(index =>
            Candidate(Space.Format(index), Space.Operations[Space.Genotype(index)[5]] == "nor_conv_3x3" ? with : without))];

    private static CandidatePayload Candidate(string architecture, double accuracy)
        => new(architecture, accuracy, LatencyMs: 3, Generation: 1, "mutation", Rationale: null, OnFront: true);

    private static int Function(string architecture) => Space.TryParse(architecture, out int index, out _) ? Space.FunctionId(index) : -1;
}
