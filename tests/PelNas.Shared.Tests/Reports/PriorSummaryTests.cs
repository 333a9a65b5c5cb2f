namespace PelNas.Shared.Tests.Reports;

public class PriorSummaryTests
{
    private static readonly ISearchSpace Space = NasBench201.Instance;

    [Fact]
    public void A_search_that_was_told_nothing_has_none()
    {
        PriorSummary.Of(ReportSamples.Content(), Space).ShouldBeNull();
        PriorSummary.Of(ReportSamples.Content() with { Prior = new PriorRow { Source = PriorSources.None } }, Space).ShouldBeNull();
    }

    [Fact]
    public void Expectations_are_compared_with_labels_and_vetoes_counted()
    {
        RunContent content = ReportSamples.Content();
        CandidateRow[] labelled = [.. content.Partitions.SelectMany(partition => partition.Labelled)];
        CandidateRow[] all = [.. content.Partitions.SelectMany(partition => partition.Candidates)];
        PriorContent told = new()
        {
            Ranked = [.. labelled.Take(10).Select(candidate => new Expectation(candidate.Index, -1 / candidate.Accuracy!.Value))],
            Vetoes = [new([new("paths", AtLeast: 0)], "every cell")],
        };

        PriorSummary summary =
            PriorSummary.Of(content with { Prior = new PriorRow { Source = PriorSources.File, Name = "prior.csv", Content = told } }, Space)
                .ShouldNotBeNull();

        (summary.Ranked, summary.Vetoes, summary.Expectations).ShouldBe((10, 1, 10));
        summary.RankCorrelation.ShouldNotBeNull().ShouldBe(1, 1e-9);
        summary.ByGeneration.Sum(generation => generation.Expectations).ShouldBe(10);
        summary.ByGeneration.Select(generation => generation.Generation).ShouldBe(
            labelled.Take(10).Select(candidate => candidate.LabelledGeneration!.Value).Distinct().Order());

        // Cells that the prior names are not meant by its vetoes.
        summary.VetoesOverruled.ShouldBe(labelled.Length - 10);
        summary.VetoesKept.ShouldBe(all.Length - labelled.Length);
    }

    [Fact]
    public void Labels_are_counted_by_origin()
    {
        RunContent content = ReportSamples.Content();
        PartitionContent first = content.Partitions[0] with
        {
            Candidates =
            [
                new CandidateRow { Index = 1, Origin = CandidateOrigin.Prior, Accuracy = 90 },
                new CandidateRow { Index = 2, Origin = "crossover", Accuracy = 90 },
                new CandidateRow { Index = 3, Origin = CandidateOrigin.Predictor, Accuracy = 90 },
                new CandidateRow { Index = 4, Origin = CandidateOrigin.Operator, Accuracy = 90 },
                new CandidateRow { Index = 5, Origin = CandidateOrigin.Seed, Accuracy = 90 },
                new CandidateRow { Index = 6, Origin = CandidateOrigin.Prior },
            ],
        };

        OriginCounts.OfLabels(content with { Partitions = [first] })
            .ShouldBe(new OriginCounts(Prior: 1, Proposal: 1, Predictor: 1, Operator: 1, Seed: 1));
    }
}
