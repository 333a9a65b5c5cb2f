using PelNas.Shared.Reports;
using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Storage;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Pareto;

public sealed class FrontPublisherTests : IDisposable
{
    private readonly StepHarness _steps = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_generation_tells_how_well_its_predictor_did_on_the_labels_from_before_it()
    {
        await _steps.SearchAsync(1, new SearchRequest { Dataset = "cifar10", Device = "fpga" });

        RoundRow seeds = (await _steps.Store.GetRoundAsync(StepHarness.RunId, RoundRow.WholeRun, 0, Token))!;
        RoundRow first = (await _steps.Store.GetRoundAsync(StepHarness.RunId, RoundRow.WholeRun, 1, Token))!;
        seeds.Predictor.ShouldBe(AccuracyPredictor.None);
        seeds.CrossValidation.ShouldBeNull();
        first.Predictor.ShouldBe(AccuracyPredictor.ShortName);
        first.CrossValidation.ShouldNotBeNull().Labels.ShouldBeInRange(AccuracyPredictor.MinLabels, seeds.Labels);
    }

    [Fact]
    public async Task A_search_with_too_few_labels_says_that_it_had_no_predictor()
    {
        await _steps.SearchAsync(2, new SearchRequest { Dataset = "cifar10", Device = "fpga", Generations = 2, MaxLabels = 7 });

        RunContent content = (await RunContent.LoadAsync(_steps.Store, StepHarness.RunId, Token))!;
        SearchResult result = SearchResultBuilder.Build(content, quality: null);
        result.Predictor.ShouldBe(AccuracyPredictor.None);
        result.Generations.ShouldAllBe(generation => generation.Predictor == AccuracyPredictor.None && generation.CrossValidation == null);
    }

    public void Dispose() => _steps.Dispose();
}
