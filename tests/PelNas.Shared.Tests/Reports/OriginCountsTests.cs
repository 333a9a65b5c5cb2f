namespace PelNas.Shared.Tests.Reports;

public sealed class OriginCountsTests
{
    [Fact]
    public void Every_candidate_is_counted_once()
    {
        RunContent content = ReportSamples.Content();
        string?[] origins = ["seed", "crossover", "mutation", "operator", "predictor", "predictor"];
        PartitionContent first = content.Partitions[0];
        content = content with
        {
            Partitions =
            [
                first with { Candidates = [.. origins.Select((origin, place) => new CandidateRow { Index = place, Origin = origin })] },
                .. content.Partitions.Skip(6),
            ],
        };

        OriginCounts.OfCandidates(content).ShouldBe(new OriginCounts(Prior: 0, Proposal: 2, Predictor: 2, Operator: 1, Seed: 1));
    }

    [Fact]
    public void They_are_told_in_words() => new OriginCounts(0, 555, 1331, 617, 144).Describe()
        .ShouldBe("2,647: 144 seeds, 555 by the proposer, 617 by plain operators, 1,331 by the predictor");
}
