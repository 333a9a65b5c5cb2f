namespace PelNas.Shared.Tests.Reports;

public sealed class SearchResultBuilderTests
{
    [Fact]
    public void The_JSON_has_the_names_of_the_contract_in_their_order()
    {
        JsonElement root = Json(Result());
        Names(root).ShouldBe(
            "runId dataset device labelsFrom labelsBy sawTestAccuracy seed proposer proposerWarning proposerAnswers predictor strategy "
                + "partitionScheme limits startedAt finishedAt stopReason front latencyWarning latencyBoundMs hypervolumeNote metrics "
                + "referenceHypervolume ceiling budgets counts labels labelsByOrigin frontByOrigin prior heuristicChanges counterfactual "
                + "generations partitions");
        Names(root.GetProperty("front")[0]).ShouldBe(
            "index architecture hasPath accuracy validationAccuracy testAccuracy predictedAccuracy latencyMs latencyFrom latencyLowMs "
                + "latencyHighMs energyMj paramsM flopsM partition generation");
        Names(root.GetProperty("metrics")).ShouldBe(
            "hypervolume hypervolumeRatio igd frontHitRate trueFrontSize liveHypervolumeRatio liveIgd liveFrontHitRate");
        Names(root.GetProperty("counts")).ShouldBe(
            "labels failedLabels scored llmCalls inputTokens outputTokens usd unconfirmedCalls unconfirmedUsd invalid duplicates filledIn");
        Names(root.GetProperty("generations")[0])
            .ShouldBe("generation evaluated hypervolume perPartition predictor crossValidation answers igd frontHitRate");
        Names(root.GetProperty("generations")[0].GetProperty("perPartition")[0]).ShouldBe("partition archive invalid");
        Names(root.GetProperty("partitions")[0]).ShouldBe("id rule size evaluated archive heuristics");
    }

    [Fact]
    public void Heads_and_times_are_those_of_the_run()
    {
        JsonElement root = Json(Result());
        root.GetProperty("runId").GetString().ShouldBe(ReportSamples.RunId);
        root.GetProperty("dataset").GetString().ShouldBe("cifar10");
        root.GetProperty("device").GetString().ShouldBe("fpga");
        root.GetProperty("seed").GetInt32().ShouldBe(1);
        root.GetProperty("proposer").GetString().ShouldBe("azure-openai/gpt-4.1-mini");
        root.GetProperty("strategy").GetString().ShouldBe("pel-nas");
        root.GetProperty("partitionScheme").GetString().ShouldBe("conv3x3");
        root.GetProperty("startedAt").GetString().ShouldBe("2026-03-01T12:00:00Z");
        root.GetProperty("finishedAt").GetString().ShouldBe("2026-03-01T12:03:12Z");
        root.GetProperty("stopReason").GetString().ShouldBe("labels");
    }

    [Theory]
    [InlineData(AccuracyPredictor.ShortName, "gaussian-process on paths")]
    [InlineData(AccuracyPredictor.None, AccuracyPredictor.None)]
    public void The_predictor_is_none_where_no_generation_had_one(string last, string expected)
    {
        RunContent content = ReportSamples.Content();
        RoundRow[] rounds = [.. content.Rounds.Select(round => round.Partition != RoundRow.WholeRun ? round : round.Generation == 10
            ? round with { Predictor = last, CrossValidation = new CrossValidation(20, 0.9, 1.5) }
            : round with { Predictor = AccuracyPredictor.None })];

        SearchResult result = SearchResultBuilder.Build(content with { Rounds = rounds }, ReportSamples.Quality);

        result.Predictor.ShouldBe(expected);
        result.Generations[0].Predictor.ShouldBe(AccuracyPredictor.None);
        result.Generations[^1].CrossValidation.ShouldBe(new CrossValidation(20, 0.9, 1.5));
    }

    [Fact]
    public void Counts_add_up_over_partitions_and_leave_out_the_rounds_of_the_whole_run()
    {
        SearchResult result = Result();
        result.Counts.ShouldBe(new SearchCounts
        {
            Labels = 120,
            Scored = 300,
            LlmCalls = 6 * 10 * 2,
            InputTokens = 6 * 10 * 2_100,
            OutputTokens = 6 * 10 * 640,
            Usd = result.Counts.Usd,
            UnconfirmedUsd = 0,
            Invalid = 6 * 10 * 3,
            Duplicates = 6 * 10 * 3,
            FilledIn = 6 * 3 * 2,
        });
        result.Counts.Usd!.Value.ShouldBe(60 * 0.0019, 1e-12);
        result.Generations.Sum(generation => generation.Evaluated).ShouldBe(result.Counts.Labels);
        result.Partitions.Sum(partition => partition.Evaluated).ShouldBe(result.Counts.Labels);
        result.Generations.Sum(generation => generation.PerPartition.Sum(partition => partition.Invalid)).ShouldBe(result.Counts.Invalid);
    }

    [Fact]
    public void Every_label_is_there_with_what_it_was_bought_on_and_so_are_the_budgets()
    {
        RunContent content = ReportSamples.Content();
        SearchResult result = SearchResultBuilder.Build(content, ReportSamples.Quality);

        result.Labels.Count.ShouldBe(result.Counts.Labels);
        CandidateRow bought = content.Partitions[2].Labelled.First();
        result.Labels.ShouldContain(new PaidLabel(
            bought.Index, bought.Accuracy!.Value, bought.PredictedAccuracy, bought.LatencyMs,
            bought.LabelledGeneration ?? bought.Generation!.Value, bought.Origin!, 2));
        result.Labels.Select(label => label.Generation).ShouldBeInOrder();
        result.Budgets.ShouldBe(SearchBudgets.Of(content.Run.Request));
    }

    [Fact]
    public void A_hypervolume_of_0_says_why()
    {
        FrontQuality none = ReportSamples.Quality with { Hypervolume = 0, HypervolumeRatio = 0 };
        RunContent content = ReportSamples.Content();
        int dead = Enumerable.Range(0, 15_625).First(index => !NasBench201.Instance.IsConnected(index));
        FrontPoint point = content.Front!.Points[0];

        SearchResultBuilder.Build(content with { Front = null }, none).HypervolumeNote.ShouldBe("no label was paid for");
        SearchResultBuilder.Build(content with { Front = new Front(0, [point with { Index = dead }]) }, none).HypervolumeNote
            .ShouldBe("no labelled cell has a path from its input to its output");
        SearchResultBuilder.Build(content, ReportSamples.Quality).HypervolumeNote.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(26)]
    public void Without_a_price_dollars_are_null_and_not_0(int calls)
    {
        RunContent content = ReportSamples.Content();
        ChatUsage spent = new(calls, 100 * calls, 10 * calls, Usd: calls == 0 ? 0 : null);
        RunRow run = content.Run with { Price = null, Spent = spent, Unconfirmed = ChatUsage.None };

        JsonElement counts = Json(SearchResultBuilder.Build(content with { Run = run }, quality: null)).GetProperty("counts");

        counts.GetProperty("llmCalls").GetInt32().ShouldBe(calls);
        counts.GetProperty("usd").ValueKind.ShouldBe(JsonValueKind.Null);
        counts.GetProperty("unconfirmedUsd").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void What_costs_nothing_has_a_price_of_0()
    {
        RunContent content = ReportSamples.Content();
        RunRow run = content.Run with { Price = ModelPrice.Free("offline"), Spent = null };
        RoundRow[] rounds = [.. content.Rounds.Select(round => round with { Usage = round.Usage with { Usd = 0 } })];

        SearchResultBuilder.Build(content with { Run = run, Rounds = rounds }, quality: null).Counts.Usd.ShouldBe(0);
    }

    [Fact]
    public void Generations_run_from_the_seed_population_and_carry_the_hypervolume_of_the_whole_run()
    {
        SearchResult result = Result();
        result.Generations.Select(generation => generation.Generation).ShouldBe(Enumerable.Range(0, 11));
        result.Generations[0].Hypervolume!.Value.ShouldBe(0.96, 1e-9);
        result.Generations[10].PerPartition.ShouldBe(Enumerable.Range(0, 6).Select(partition => new PartitionGeneration(partition, 6, 3)));
    }

    [Fact]
    public void Partitions_carry_their_last_archive_and_heuristics_that_say_what_to_do()
    {
        PartitionSummary partition = Result().Partitions[5];
        partition.Id.ShouldBe(5);
        partition.Rule.ShouldBe("four or more nor_conv_3x3");
        partition.Size.ShouldBe(265);
        partition.Archive.ShouldBe(6);
        partition.Heuristics.Count.ShouldBe(3);
        partition.Heuristics[0].ShouldStartWith("positive: Keep skip_connect");
        partition.Heuristics[2].ShouldBe("negative: Do not leave node 3 with a single live path.");
    }

    [Fact]
    public async Task A_run_that_is_read_from_a_store_gives_the_same_bytes()
    {
        RunRepository runs = new(new MemoryRowStore());
        (await RunContent.LoadAsync(runs, ReportSamples.RunId, Cancellation)).ShouldBeNull();
        await ReportSamples.WriteAsync(runs, Cancellation);
        RunContent? content = await RunContent.LoadAsync(runs, ReportSamples.RunId, Cancellation);
        SearchResultBuilder.Build(content!, ReportSamples.Quality).ToJson().ShouldBe(Result().ToJson());
    }

    [Fact]
    public void The_metrics_are_those_of_the_labelled_architectures()
    {
        BenchmarkContext context = StepHarness.Tables.GetContext("cifar10", "fpga");
        RunContent content = ReportSamples.Content();
        FrontQuality quality = context.Metrics.Evaluate(content.Labelled, LabelSources.Validation);
        FrontQuality ceiling = context.Metrics.Ceiling(LabelSources.Validation)!;
        JsonElement root = Json(SearchResultBuilder.Build(content, quality, ceiling));
        JsonElement metrics = root.GetProperty("metrics");
        metrics.GetProperty("hypervolume").GetDouble().ShouldBe(quality.Hypervolume);
        metrics.GetProperty("hypervolumeRatio").GetDouble().ShouldBe(quality.HypervolumeRatio);
        metrics.GetProperty("igd").GetDouble().ShouldBe(quality.Igd);
        metrics.GetProperty("frontHitRate").GetDouble().ShouldBe(quality.FrontHitRate);
        metrics.GetProperty("trueFrontSize").GetInt32().ShouldBe(context.Metrics.ExactFront.Length);
        metrics.GetProperty("liveHypervolumeRatio").GetDouble().ShouldBe(quality.LiveHypervolumeRatio);
        metrics.GetProperty("liveIgd").GetDouble().ShouldBe(quality.LiveIgd);
        metrics.GetProperty("liveFrontHitRate").GetDouble().ShouldBe(quality.LiveFrontHitRate);
        root.GetProperty("ceiling").GetProperty("hypervolumeRatio").GetDouble().ShouldBe(ceiling.HypervolumeRatio);
    }

    [Fact]
    public void A_run_that_has_only_begun_gives_nulls_and_empty_lists()
    {
        JsonElement root = Json(SearchResultBuilder.Build(ReportSamples.Begun(), quality: null));
        root.GetProperty("finishedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        root.GetProperty("stopReason").ValueKind.ShouldBe(JsonValueKind.Null);
        root.GetProperty("metrics").ValueKind.ShouldBe(JsonValueKind.Null);
        root.GetProperty("front").GetArrayLength().ShouldBe(0);
        root.GetProperty("generations").GetArrayLength().ShouldBe(0);
        root.GetProperty("partitions").GetArrayLength().ShouldBe(6);
        root.GetProperty("counts").GetProperty("labels").GetInt32().ShouldBe(0);
    }

    [Fact]
    public void The_JSON_is_read_back_as_the_same_result()
    {
        string json = Result().ToJson();
        PelNasJson.Deserialize<SearchResult>(json).ToJson().ShouldBe(json);
    }

    [Fact]
    public void Text_of_the_proposer_survives_in_the_JSON()
    {
        RunContent content = ReportSamples.Content();
        PartitionContent first = content.Partitions[0];
        first = first with
        {
            HeuristicsByGeneration = [first.Heuristics! with { Rules = [new Heuristic("positive", "\"<b>\" \u202E 漢 🧠", "", 0.5)] }],
        };
        string json = SearchResultBuilder.Build(content with { Partitions = [first] }, ReportSamples.Quality).ToJson();
        PelNasJson.Deserialize<SearchResult>(json).Partitions[0].Heuristics.ShouldBe(["positive: \"<b>\" \u202E 漢 🧠"]);
    }

    private static SearchResult Result() => SearchResultBuilder.Build(ReportSamples.Content(), ReportSamples.Quality);

    private static JsonElement Json(SearchResult result) => JsonDocument.Parse(result.ToJson()).RootElement;

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(property => property.Name));
}
