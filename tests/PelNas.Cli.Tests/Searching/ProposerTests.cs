namespace PelNas.Cli.Tests.Searching;

/// <summary>Searches of the real program with a proposer over the wire.</summary>
public sealed class ProposerClientTests : PelnasTest
{
    private static readonly string[] Small =
        ["--dataset", "cifar10", "--device", "fpga", "--generations", "1", "--max-labels", "8", "--proposals", "4", "--prior", "none"];

    [Fact]
    public async Task A_recorded_search_replays_with_nobody_listening_to_the_same_front()
    {
        string recording = Pelnas.In("recording.jsonl");
        await using (LoopbackModel model = await LoopbackModel.StartAsync(
            _ => new Answer("I would rather talk about cooking."), isOpen: true))
        {
            Finished recorded = await Pelnas.SearchAsync("one", [.. Small, .. Proposers.OpenAI(model), "--record", recording]);
            recorded.ShouldSucceed();
            recorded.Output.ShouldContain($"proposer openai/{LoopbackModel.Model}");
            recorded.Output.ShouldNotContain("offline");

            // That nothing came of it stands before the result, and with the proposer's name.
            string warning =
                "24 of 24 answers of the proposer could not be used (24 unreadable), for example: I would rather talk about cooking.";
            string[] lines = recorded.Output.Split('\n');
            int warned = Array.FindIndex(lines, line => line.TrimEnd() == $"warning: {warning}");
            warned.ShouldBeInRange(1, Array.FindIndex(lines, line => line.Contains("test %")));
            lines.ShouldContain(line => line.TrimEnd() == $"proposer openai/{LoopbackModel.Model}, 24 of 24 answers not usable");
            lines.ShouldContain(line => line.StartsWith("gen  1/1") && line.TrimEnd().EndsWith("24 of 24 answers not usable"));
            recorded.Errors.ShouldContain($"generation 1: {warning}");
            Pelnas.Result("one").GetProperty("proposerWarning").GetString().ShouldBe(warning);
            File.ReadAllText(Pelnas.In("one", "report.html")).ShouldContain(warning);
        }

        Finished replayed = (await Pelnas.SearchAsync("two", [.. Small, "--replay", recording])).ShouldSucceed();
        replayed.Output.ShouldContain($"proposer replay of openai/{LoopbackModel.Model}");
        Front("two").ShouldBe(Front("one"));
    }

    [Fact]
    public async Task A_search_that_failed_of_a_wrong_key_goes_on_once_the_key_is_right_and_keeps_what_was_paid()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("I would rather talk about cooking."));
        Pelnas.Environment["PelNas__Chat__ApiKey"] = "00000000000000000000000000000000";
        Finished failed = await Pelnas.SearchAsync("out", [.. Small, .. Proposers.OpenAI(model)]);
        failed.ExitCode.ShouldBe(1);
        string hint = failed.Errors.Split("resume with: ")[1].TrimEnd('\n');
        hint.ShouldStartWith("pelnas search --resume 2");

        Pelnas.Environment["PelNas__Chat__ApiKey"] = LoopbackModel.Key;
        Finished again = (await Pelnas.RunAsync(hint.Split(' ')[1..])).ShouldSucceed();
        again.Output.ShouldContain("gen  1/1");
        JsonElement counts = Pelnas.Result("out").GetProperty("counts");
        counts.GetProperty("labels").GetInt32().ShouldBe(8);
        counts.GetProperty("llmCalls").GetInt32().ShouldBe(model.Requests.Count(request => request.Key == LoopbackModel.Key));
    }

    [Fact]
    public async Task A_provider_that_nobody_reaches_is_named_before_the_search()
    {
        using ClosedPort nobody = new();

        Finished failed = await Pelnas.SearchAsync(
            "out", [.. Small, "--proposer", "ollama", "--model", "m", "--endpoint", $"{nobody.Address}"]);

        failed.ShouldFail(1, "pelnas: ollama at 127.0.0.1 cannot be reached");
        failed.Output.ShouldBeEmpty();
        Directory.Exists(Pelnas.In("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_says_what_a_search_may_cost_and_asks_nobody()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("never asked"));
        Pelnas.Environment["PelNas__Chat__ApiKey"] = LoopbackModel.Key;

        Finished dry = await Pelnas.SearchAsync(
            "none", "--dataset", "cifar10", "--device", "fpga", "--proposer", "azure-openai", "--model", LoopbackModel.Model,
            "--endpoint", model.BaseUri.ToString(), "--dry-run", "--json");
        dry.ShouldSucceed();
        JsonElement estimate = JsonDocument.Parse(dry.Output).RootElement;
        estimate.GetProperty("calls").GetInt32().ShouldBe(121);
        estimate.GetProperty("usd").GetDouble().ShouldBe(
            ((estimate.GetProperty("inputTokens").GetInt64() * 0.4) + (estimate.GetProperty("outputTokens").GetInt64() * 1.6)) / 1e6, 1e-9);
        estimate.GetProperty("mostCalls").GetInt32().ShouldBe(242);
        estimate.GetProperty("outputTokens").GetInt64().ShouldBeGreaterThan(240 * 1024);
        model.Requests.ShouldBeEmpty();
        Directory.Exists(Pelnas.Data).ShouldBeFalse("a dry run writes nothing");
    }

    [Fact]
    public async Task A_search_that_fails_says_in_one_line_what_to_mend()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => Known.NoCredit, isOpen: true);

        Finished failed = await Pelnas.SearchAsync("failed", [.. Small, .. Proposers.OpenAI(model)]);

        failed.ExitCode.ShouldBe(1);
        string[] lines = failed.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[^1].ShouldMatch(
            @"^pelnas: The search \S+ failed: The account at openai at 127\.0\.0\.1:\d+ has no credit left \(HTTP 429 \(insufficient_quota\)\)\. Add credit or raise its monthly limit; waiting does not help\. When that is mended, resume with: pelnas search --resume \S+ .*$");
        lines.Length.ShouldBe(1);
        failed.Errors.ShouldNotContain("TaskFailedException");

        string run = failed.RunId;
        JsonNode listed =
            JsonNode.Parse((await Pelnas.RunAsync("runs", "list", "--json", "--data", Pelnas.Data)).Output)!.AsArray().Single()!;
        (listed["id"]!.GetValue<string>(), listed["status"]!.GetValue<string>()).ShouldBe((run, "failed"));
        (await Pelnas.RunAsync("runs", "list", "--data", Pelnas.Data)).Output.ShouldContain(" failed ");
        Finished shown = (await Pelnas.RunAsync("runs", "show", run, "--data", Pelnas.Data)).ShouldSucceed();
        shown.Output.ShouldContain("ended: failed\n");
        shown.Errors.ShouldMatch(@"^pelnas: the run failed: The account at openai at 127\.0\.0\.1:\d+ has no credit left ");
    }

    [Fact]
    public async Task A_run_is_resumed_only_with_the_proposer_it_was_started_with()
    {
        string output = await Pelnas.KillAfterAsync(
            "gen  1/", "search", "--data", Pelnas.Data, "--output", Pelnas.In("killed"), "--dataset", "cifar10", "--device", "fpga");
        string run = output.Split('\n')[0]["run ".Length..];

        Finished resumed = await Pelnas.SearchAsync("resumed", "--resume", run, "--proposer", "ollama", "--model", "m");

        resumed.ShouldFail(2, $"{run} was started with the proposer offline, and ollama/m is configured");
    }

    private string Front(string output) => File.ReadAllText(Pelnas.In(output, "front.csv"));
}
