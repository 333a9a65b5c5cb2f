using Microsoft.Extensions.AI;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Cli.Tests.Searching;

/// <summary>Searches of the real program that are told something before their first label.</summary>
public sealed class PriorTests : PelnasTest
{
    private static readonly string[] Small = ["--dataset", "cifar10", "--device", "fpga", "--max-labels", "20"];

    [Fact]
    public async Task A_language_models_prior_comes_over_the_wire_into_the_front()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(Answer, isOpen: true);

        (await Pelnas.SearchAsync("llm", [.. Small, .. Proposers.OpenAI(model)])).ShouldSucceed();
        JsonElement result = Pelnas.Result("llm");
        JsonElement prior = result.GetProperty("prior");
        prior.GetProperty("source").GetString().ShouldBe("llm");
        prior.GetProperty("name").GetString().ShouldBe($"openai/{LoopbackModel.Model}");
        prior.GetProperty("ranked").GetInt32().ShouldBe(24);
        prior.GetProperty("rankCorrelation").GetDouble().ShouldBeGreaterThan(0.5);
        result.GetProperty("labelsByOrigin").GetProperty("prior").GetInt32().ShouldBeGreaterThanOrEqualTo(12);
        model.Requests.Count(request => RecordedPrior.Answer(request.Messages[1]) is not null).ShouldBe(1);

        // The row of bench/results/Benchmark-prior.md, less three standard deviations of a run.
        JsonElement metrics = result.GetProperty("metrics");
        metrics.GetProperty("hypervolumeRatio").GetDouble().ShouldBeGreaterThan(0.99);
        metrics.GetProperty("liveHypervolumeRatio").GetDouble().ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public async Task A_file_is_a_prior_on_any_scale()
    {
        string file = Pelnas.In("prior.csv");
        NasBench201 space = NasBench201.Instance;
        CellTraits traits = CellTraits.For(space);
        File.WriteAllLines(file, ["index,accuracy", .. Enumerable.Range(0, space.Size)
            .Select(index => $"{index},{traits.Of(index, "depth") + traits.Of(index, "convolutions")}")]);

        (await Pelnas.SearchAsync("file", [.. Small, "--prior", file])).ShouldSucceed();
        JsonElement prior = Pelnas.Result("file").GetProperty("prior");
        prior.GetProperty("source").GetString().ShouldBe("file");
        prior.GetProperty("name").GetString().ShouldBe("prior.csv");
        prior.GetProperty("expectations").GetInt32().ShouldBe(20);
    }

    [Fact]
    public async Task A_result_says_what_the_search_would_have_come_to_without_its_proposer()
    {
        Finished search = (await Pelnas.SearchAsync("without", [.. Small, "--generations", "3", "--counterfactual"])).ShouldSucceed();
        search.Output.ShouldContain("without its proposer: ");
        JsonElement without = Pelnas.Result("without").GetProperty("counterfactual");
        without.GetProperty("labels").GetInt32().ShouldBe(20);
        without.GetProperty("paidAlready").GetInt32().ShouldBeInRange(1, 19);
        without.GetProperty("metrics").GetProperty("hypervolumeRatio").GetDouble().ShouldBeInRange(0.9, 1);
    }

    [Theory]
    [InlineData("no-such-file.csv", "--prior: 'no-such-file.csv' is unknown; allowed are none, llm, transfer, or the path of a CSV file.")]
    [InlineData(
        "llm",
        "--prior: 'llm' needs a language model, and the offline proposer knows nothing in advance; configure a proposer, or give 'none'.")]
    public async Task What_is_no_prior_is_refused(string prior, string message)
        => (await Pelnas.SearchAsync("none", [.. Small, "--prior", prior])).ShouldFail(2, message);

    /// <summary>The recorded prior, and the rule-based proposer for all that is asked after it.</summary>
    private static ModelTurn Answer(ReceivedRequest request)
    {
        using RecordedPriorChatClient recorded = new(NasBench201.Instance);
        return new Answer(recorded.GetResponseAsync([new(ChatRole.User, request.Messages[1])], new ChatOptions { Seed = 1 }).GetAwaiter()
            .GetResult().Text);
    }
}
