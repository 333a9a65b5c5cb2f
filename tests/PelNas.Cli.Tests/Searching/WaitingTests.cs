using PelNas.Shared.Partitioning;

namespace PelNas.Cli.Tests.Searching;

/// <summary>What a terminal shows while a generation is not finished.</summary>
public sealed class WaitingTests
{
    internal static readonly RunRow Run = new()
    {
        RunId = "20260301-120000-0123abcd",
        Request = new SearchRequest { Dataset = "cifar10", Device = "fpga", Generations = 10 },
        Partitions = [new PartitionPlan(0, "one", 8000), new PartitionPlan(1, "other", 7625)],
        Proposer = "ollama/llama3.1",
        Predictor = "none",
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    [Theory]
    [InlineData(0, 0, false, "gen  3/10  waiting 12 s for the proposer (0 of 2 partitions done), about 4 min left")]
    [InlineData(1, 0, false, "gen  3/10  waiting 12 s for the proposer (1 of 2 partitions done), about 4 min left")]
    [InlineData(2, 1, false, "gen  3/10  waiting 12 s for scores, about 4 min left")]
    [InlineData(2, 2, false, "gen  3/10  waiting 12 s for labels, about 4 min left")]
    [InlineData(2, 2, true, "gen  3/10  waiting 12 s for the front, about 4 min left")]
    public void It_names_the_step_that_has_not_written_its_row(int proposed, int scored, bool labelled, string line)
    {
        List<IGenerationRow> rows = [];
        rows.AddRange(Enumerable.Range(0, proposed)
            .Select(partition => new ProposalsRow(new RoundRow { Partition = partition, Generation = 3 }, [])));
        rows.AddRange(Enumerable.Range(0, scored).Select(partition => new ScoresRow(partition, 3, [])));
        rows.AddRange(labelled ? [new LabelsRow(3, [])] : Array.Empty<IGenerationRow>());

        Waiting.Line(Run, 3, rows, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(200)).ShouldBe(line);
    }

    [Fact]
    public void A_provider_that_gives_no_answer_is_told_in_the_place_of_the_step()
        => Waiting.Line(Run, 3, [], TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(200), "127.0.0.1 cannot be reached.")
            .ShouldBe("gen  3/10  trying again for 12 s: 127.0.0.1 cannot be reached.");

    [Fact]
    public void Before_a_generation_was_watched_nothing_is_said_of_the_rest()
        => Waiting.Line(Run, 0, [], TimeSpan.FromMinutes(3), null)
            .ShouldBe("gen  0/10  waiting 3 min for the seeds (0 of 2 partitions done)");
}
