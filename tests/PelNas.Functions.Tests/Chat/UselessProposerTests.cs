using PelNas.Shared.Reports.Html;

namespace PelNas.Functions.Tests.Chat;

/// <summary>A model that talks and proposes nothing: that is the first thing that the search says.</summary>
public sealed class UselessProposerTests : FolderTest
{
    private const string Chatter = "Cooking is <b>nicer</b> than search.\u001b[31m\r\nFAKE LOG LINE";
    private const string Sample = "Cooking is <b>nicer</b> than search. [31m  FAKE LOG LINE";

    [Fact]
    public async Task It_is_announced_in_status_result_report_and_log()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer(Chatter));
        using LogLines log = new();
        SearchAppSettings settings = ChatSettings.For(Folder.Path, "openai", model) with { Log = log, EnableHttp = true };
        await using SearchApp app = await SearchApp.StartAsync(settings);

        await app.RunAsync(SearchApp.SmallSearch(generations: 2));

        int answers = model.Requests.Count;
        string warning = $"{answers} of {answers} answers of the proposer could not be used ({answers} unreadable), for example: {Sample}";
        SearchResult result = await app.ResultAsync();
        result.ProposerWarning.ShouldBe(warning);

        JsonElement status = await StatusAsync(app);
        status.GetProperty("proposerWarning").GetString().ShouldBe(warning);
        JsonElement unusable = status.GetProperty("proposerAnswers").GetProperty("unusable")[0];
        unusable.GetProperty("kind").GetString().ShouldBe("unreadable");
        unusable.GetProperty("count").GetInt32().ShouldBe(answers);

        RunContent content = (await RunContent.LoadAsync(app.Runs, SearchApp.RunId, Cancellation))!;
        string report = HtmlReport.Render(RunReport.Of(content, result, exactFront: []));
        report.ShouldContain("Cooking is \\u003Cb\\u003Enicer");
        report.ShouldNotContain("<b>nicer");

        // One line a generation, however many calls, the question for a prior in the first, and no line of its own for what the model
        // wrote.
        string[] warned = [.. log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Message).Where(IsAnnouncement)];
        warned.Length.ShouldBe(3);
        warned[0].ShouldBe(
            $"{SearchApp.RunId}, generation 0: 2 of 2 answers of the proposer could not be used (2 unreadable), for example: {Sample}");
        warned[2].ShouldStartWith($"{SearchApp.RunId}, generation 2: ");
        warned.ShouldAllBe(line => !line.Any(char.IsControl));
    }

    [Fact]
    public async Task A_search_with_good_answers_has_nothing_to_announce()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        using LogLines log = new();
        SearchAppSettings settings = ChatSettings.For(Folder.Path, "openai", model) with { Log = log, EnableHttp = true };
        await using SearchApp app = await SearchApp.StartAsync(settings);

        await app.RunAsync(SearchApp.SmallSearch(generations: 1));

        (await app.ResultAsync()).ProposerWarning.ShouldBeNull();
        JsonElement status = await StatusAsync(app);
        status.GetProperty("proposerWarning").ValueKind.ShouldBe(JsonValueKind.Null);
        status.GetProperty("proposerAnswers").GetProperty("answers").GetInt32().ShouldBe(model.Requests.Count);
        log.Lines.ShouldAllBe(line => !IsAnnouncement(line.Message));
    }

    private static bool IsAnnouncement(string line) => line.Contains("could not be used", StringComparison.Ordinal);

    private static Task<JsonElement> StatusAsync(SearchApp app) => app.GetJsonAsync($"searches/{SearchApp.RunId}");
}
