namespace PelNas.Shared.Tests.Search;

public sealed class FrontPublisherTests
{
    private readonly StepHarness _steps = new();

    [Fact]
    public async Task A_generation_tells_how_well_its_predictor_did_on_the_labels_from_before_it()
    {
        await _steps.SearchAsync(1);

        RoundRow seeds = await _steps.RoundAsync(RoundRow.WholeRun, 0);
        RoundRow first = await _steps.RoundAsync(RoundRow.WholeRun, 1);
        seeds.Predictor.ShouldBe(AccuracyPredictor.None);
        seeds.CrossValidation.ShouldBeNull();
        first.Predictor.ShouldBe(AccuracyPredictor.ShortName);
        first.CrossValidation.ShouldNotBeNull().Labels.ShouldBeInRange(AccuracyPredictor.MinLabels, seeds.Labels);
    }

    [Fact]
    public async Task A_search_with_too_few_labels_says_that_it_had_no_predictor()
    {
        await _steps.SearchAsync(2, StepHarness.Fpga with { Generations = 2, MaxLabels = 7 });

        RunContent content = (await RunContent.LoadAsync(_steps.Runs, StepHarness.RunId, Cancellation))!;
        SearchResult result = SearchResultBuilder.Build(content, quality: null);
        result.Predictor.ShouldBe(AccuracyPredictor.None);
        result.Generations.ShouldAllBe(generation => generation.Predictor == AccuracyPredictor.None && generation.CrossValidation == null);
    }

    [Fact]
    public async Task A_generation_adds_up_what_came_of_the_calls_in_all_partitions()
    {
        StepHarness prose = new(new ScriptedChatClient(_ => "Convolutions are nice."));
        await prose.SearchAsync(2, StepHarness.Fpga with { Generations = 2 });

        RoundRow first = await prose.RoundAsync(RoundRow.WholeRun, 1);
        RoundRow second = await prose.RoundAsync(RoundRow.WholeRun, 2);

        // Two calls in each of six partitions, each with its repair turn. In generation 2 the first partition has no function left to ask
        // for.
        first.Answers.Answers.ShouldBe(24);
        first.Answers.Unusable.ShouldHaveSingleItem().ShouldBe(new UnusableAnswers(UnusableKind.Unreadable, 24, "Convolutions are nice."));
        second.RunAnswers!.All.Answers.ShouldBe(44);
        second.RunAnswers.WorstGeneration.ShouldBe(1);
        RunContent content = (await RunContent.LoadAsync(prose.Runs, StepHarness.RunId, Cancellation))!;
        SearchResult result = SearchResultBuilder.Build(content, quality: null);
        result.ProposerWarning.ShouldBe(
            "44 of 44 answers of the proposer could not be used (44 unreadable), for example: Convolutions are nice.");
        result.Generations.Select(generation => generation.Answers!.Answers).ShouldBe([0, 24, 20]);
    }

    [Fact]
    public async Task A_search_whose_answers_are_good_has_nothing_to_announce()
    {
        await _steps.SearchAsync(3);

        RunContent content = (await RunContent.LoadAsync(_steps.Runs, StepHarness.RunId, Cancellation))!;

        // Two calls in each of six partitions, and in five once the first has no function left to ask for.
        content.Answers.All.Answers.ShouldBe(12 + 10 + 10);
        content.Answers.Warning().ShouldBeNull();
    }
}
