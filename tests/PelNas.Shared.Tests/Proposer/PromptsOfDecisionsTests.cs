using PelNas.Shared.Tests.Proposer.Offline;

namespace PelNas.Shared.Tests.Proposer;

public sealed class PromptsOfDecisionsTests
{
    [Theory]
    [InlineData("accel-nasbench-open")]
    [InlineData("accel-nasbench")]
    public async Task In_a_space_of_decisions_prompts_speak_of_decisions_and_their_choices(string space)
    {
        List<(string System, string Document)> prompts = [];
        using CountingOffline chat = new(
            (messages, _) => prompts.Add((messages[0].Text, messages[1].Text)), StepHarness.Tables.GetSpace(space).Space);
        StepHarness search = new(chat);
        await search.SearchAsync(1, new SearchRequest
        {
            Space = space,
            Dataset = "imagenet",
            Device = "zcu102-latency",
            MaxLabels = 24,
            ProposalsPerPartition = 3,
        });

        prompts.ShouldNotBeEmpty();
        prompts.ShouldAllBe(prompt =>
            !prompt.System.Contains("cell", StringComparison.Ordinal) && !prompt.System.Contains("node 0", StringComparison.Ordinal));
        foreach ((_, string document) in prompts)
        {
            using JsonDocument json = JsonDocument.Parse(document);
            JsonElement decisions = json.RootElement.GetProperty("space").GetProperty("decisions");
            decisions.EnumerateObject().Count().ShouldBe(28);
            decisions.GetProperty("block5_l").EnumerateArray().Select(choice => choice.GetString()).ShouldBe(["1", "2", "3", "4"]);
        }
    }
}
