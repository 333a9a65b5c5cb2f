namespace PelNas.Functions.Tests.Chat;

/// <summary>Traces and metrics by the OpenTelemetry conventions for generative AI.</summary>
public sealed class TelemetryTests : FolderTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_are_traced_with_their_tokens_and_with_their_text_only_when_asked(bool content)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        SearchAppSettings settings = ChatSettings.For(Folder.Path, "azure-openai", model);
        TelemetryDump telemetry = new();
        using (telemetry.Listen())
        {
            await using SearchApp app = await SearchApp.StartAsync(settings.With("PelNas:Chat:TelemetryContent", $"{content}"));
            await app.RunAsync(SearchApp.SmallSearch(generations: 1));
        }

        string text = telemetry.Text;
        text.ShouldContain("gen_ai.operation.name=chat");
        text.ShouldContain("gen_ai.provider.name=azure.ai.openai");
        text.ShouldContain("gen_ai.usage.input_tokens=");
        text.ShouldContain("gen_ai.usage.output_tokens=");
        text.ShouldContain("gen_ai.client.token.usage");
        text.ShouldContain("gen_ai.client.operation.duration");
        text.Contains("You are the architect", StringComparison.Ordinal).ShouldBe(content);
    }
}
