namespace PelNas.Shared.Tests.Reports;

public class HeuristicChangesTests
{
    private static readonly Heuristic Skip = new("positive", "Keep a skip.", "", 0.5, "0->3", "skip_connect");
    private static readonly Heuristic Pool = new("negative", "No pooling at the end.", "", 0.6, "2->3", "avg_pool_3x3");
    private static readonly Heuristic Words = new("positive", "Go wide.", "", 0.4);

    [Fact]
    public void Rules_are_told_apart_by_what_they_say_and_followed_from_one_call_to_the_next()
    {
        RunContent content = ReportSamples.Content();
        PartitionContent first = content.Partitions[0] with
        {
            HeuristicsByGeneration =
            [
                Row(1, calls: 1, Skip, Pool, Words),
                // Nobody was asked: the rules in force stand here again, and nothing was confirmed.
                Row(2, calls: 0, Skip, Pool, Words),
                Row(3, calls: 2, Skip with
                {
                    Text = "Keep the residual.",
                    Confidence = 0.9,
                }, Pool with { Confidence = 0.2 }, Words with { Text = "Go deep." }),
            ],
        };

        HeuristicChanges.Of(content with { Partitions = [first] })
            .ShouldBe(new HeuristicChanges(Stated: 4, Confirmed: 1, Weakened: 1, Dropped: 1));
    }

    private static HeuristicsRow Row(int generation, int calls, params Heuristic[] rules)
        => new() { Partition = 0, Generation = generation, Rules = rules, Usage = ChatUsage.None with { Calls = calls } };
}
