namespace PelNas.Cli.Tests.Searching;

/// <summary>What the real program says of money.</summary>
public sealed class SpendingLimitTests : PelnasTest
{
    private const string HowToSet = "set PelNas:Chat:PriceModel, or InputUsdPerMillion and OutputUsdPerMillion";
    private static readonly string[] Context = ["--dataset", "cifar10", "--device", "fpga"];
    private static readonly string[] Small = [.. Context, "--generations", "1", "--max-labels", "8", "--proposals", "4"];

    [Fact]
    public async Task A_provider_that_counts_nothing_spends_the_limit_and_no_more()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            _ => new Answer("I would rather talk about cooking.", Claim: new("0", "0", "0")), isOpen: true);

        Finished search = await Pelnas.SearchAsync("counted", [.. Small, .. Proposers.OpenAI(model), "--max-usd", "0.03"]);
        search.ShouldSucceed();
        JsonObject result = ResultDocument.Read(Pelnas.In("counted"));
        int calls = model.Requests.Count;
        calls.ShouldBeGreaterThan(0);
        result.Count("llmCalls").ShouldBe(calls);
        result.Count("unconfirmedCalls").ShouldBe(calls);
        result["counts"]!["usd"]!.GetValue<double>().ShouldBeInRange(0.001, 0.03);
        search.Output.ShouldMatch(
            $@"LLM calls {calls}, tokens \d+\+\d+, (USD 0\.0\d\d\d) \({calls} calls unconfirmed and counted at the most, \1\)");
    }

    [Fact]
    public async Task A_model_without_a_price_is_unpriced_in_terminal_report_and_JSON()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("I would rather cook."), isOpen: true);
        Pelnas.Environment["PelNas__Chat__PriceModel"] = "unheard-of";

        Finished search = (await Pelnas.SearchAsync("unpriced", [.. Small, .. Proposers.OpenAI(model)])).ShouldSucceed();
        search.Output.ShouldContain(", unpriced\n");
        search.Output.ShouldNotContain("USD");
        JsonObject counts = ResultDocument.Read(Pelnas.In("unpriced"))["counts"]!.AsObject();
        counts.ShouldContainKey("usd");
        counts["usd"].ShouldBeNull();
        counts.ShouldContainKey("unconfirmedUsd");
        counts["unconfirmedUsd"].ShouldBeNull();
        (await File.ReadAllTextAsync(Pelnas.In("unpriced", "report.html"), Cancellation)).ShouldContain("\"usd\":null");
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    public async Task A_limit_of_dollars_without_a_price_is_refused_up_front(params string[] more)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("never asked"), isOpen: true);
        Pelnas.Environment["PelNas__Chat__PriceModel"] = "unheard-of";
        string recording = Pelnas.In("recording.jsonl");

        Finished refused = await Pelnas.SearchAsync(
            "refused", [.. Small, .. Proposers.OpenAI(model), "--max-usd", "1", "--record", recording, .. more]);

        refused.ShouldFail(
            2,
            $"--max-usd: the price of openai/{LoopbackModel.Model} is not known, so no limit of dollars can be kept; {HowToSet}, or "
                + "leave it out.");
        model.Requests.ShouldBeEmpty();
        Directory.Exists(Pelnas.In("refused")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_with_a_limit_of_dollars_is_not_resumed_without_a_price()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("I would rather cook."), isOpen: true);
        string[] proposer = Proposers.OpenAI(model);
        string output = await Pelnas.KillAfterAsync(
            "gen  1/", ["search", "--data", Pelnas.Data, "--output", Pelnas.In("killed"), .. Context, .. proposer, "--max-usd", "100"]);
        string run = output.Split('\n')[0]["run ".Length..];
        Pelnas.Environment["PelNas__Chat__PriceModel"] = "unheard-of";

        Finished resumed = await Pelnas.SearchAsync("resumed", ["--resume", run, .. proposer]);

        resumed.ShouldFail(
            2,
            $"--resume: {run} has a limit of dollars, and the price of openai/{LoopbackModel.Model} is not known any more; {HowToSet}.");
    }

    [Fact]
    public async Task A_dry_run_tells_what_costs_nothing_from_what_has_no_price()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("never asked"), isOpen: true);

        (await DryRunAsync()).ShouldContain("no cost: offline, no LLM is asked");
        (await DryRunAsync("--proposer", "ollama", "--model", "m", "--endpoint", $"{model.BaseUri}")).ShouldContain("\nno cost\n");
        (await DryRunAsync([.. Proposers.OpenAI(model), "--max-usd", "1"])).ShouldMatch(
            @"at most USD \d\.\d\d \(0\.4 and 1\.6 .*\n.* 1 US dollars; a call is sure to be made while USD 0\.0\d{3} are left");
        Pelnas.Environment["PelNas__Chat__PriceModel"] = "unheard-of";
        (await DryRunAsync(Proposers.OpenAI(model))).ShouldContain($"unpriced: {HowToSet}");
    }

    private async Task<string> DryRunAsync(params string[] more)
        => (await Pelnas.SearchAsync("none", [.. Context, .. more, "--dry-run"])).ShouldSucceed().Output;
}
