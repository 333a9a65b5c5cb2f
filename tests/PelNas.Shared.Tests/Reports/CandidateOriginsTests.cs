namespace PelNas.Shared.Tests.Reports;

public sealed class CandidateOriginsTests
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

        CandidateOrigins counted = CandidateOrigins.Of(content);

        counted.ShouldBe(new CandidateOrigins(Seeds: 1, Proposer: 2, Operators: 1, Predictor: 2));
        counted.All.ShouldBe(6);
    }

    [Fact]
    public void They_are_told_in_words() => new CandidateOrigins(144, 555, 617, 1331).Describe()
        .ShouldBe("144 seeds, 555 by the proposer, 617 by plain operators, 1,331 by the predictor");
}
