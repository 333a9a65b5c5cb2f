using PelNas.Shared.Tests.Proposer.Offline;

namespace PelNas.Shared.Tests.Proposer;

/// <summary>
/// The prompts of a small search, word for word. A change of a prompt is a change of what every search asks and of every stored
/// answer's key, so it has to be meant. With PELNAS_WRITE_GOLDEN=1 in the environment the test writes the files again.
/// </summary>
public sealed class PromptGoldenTests
{
    private static readonly JsonSerializerOptions Indented = new(PelNasJson.Indented);

    [Fact]
    public async Task Prompts_are_those_on_file()
    {
        List<string> prompts = [];
        using CountingOffline chat = new((messages, options) => prompts.Add(Render(messages, options)));
        StepHarness search = new(chat);
        await search.SearchAsync(generations: 2, StepHarness.Fpga with { ProposalsPerPartition = 3, MaxLabels = 18, MaxLatencyMs = 6 });

        // Of the last partition but one: within the limit, nothing in the last has anything left to ask for.
        ShouldBeOnFile("reasoner", prompts[^2]);
        ShouldBeOnFile("architect", prompts[^1]);
    }

    [Fact]
    public void The_repair_turn_is_that_on_file()
    {
        RepairPayload payload = RepairPayload.Create(
            "the answer breaks off after 1 items",
            [new RejectedProposal("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
                "outside-partition", "It has 6 edges with none; the partition allows 2.")],
            count: 3);

        ShouldBeOnFile("repair", JsonSerializer.Serialize(payload, Indented) + "\n");
    }

    private static void ShouldBeOnFile(string name, string prompt)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Proposer", "Golden", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("PELNAS_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, prompt);
        }

        prompt.ShouldBe(File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string Render(IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        string payload = JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(messages[1].Text), Indented);
        string schema = JsonSerializer.Serialize(((ChatResponseFormatJson)options.ResponseFormat!).Schema, Indented);
        return $"--- system ---\n{messages[0].Text}\n--- user ---\n{payload}\n--- schema ---\n{schema}\n--- seed {options.Seed}, at most "
            + $"{options.MaxOutputTokens} tokens ---\n";
    }
}
