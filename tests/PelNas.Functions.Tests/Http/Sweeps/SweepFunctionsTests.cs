using System.Net.Mime;

namespace PelNas.Functions.Tests.Http.Sweeps;

public sealed class SweepFunctionsTests : FolderTest
{
    // With six labels a search ends after its seed population.
    private const string Quick = """{ "contexts": ["cifar10:fpga"], "maxLabels": 6, "generations": 1 }""";

    [Fact]
    public async Task A_sweep_that_was_started_can_be_watched_at_its_location_and_is_listed()
    {
        await using SearchApp app = await StartAsync();

        using HttpResponseMessage started = await PostAsync(app, Quick);
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        started.Headers.Location!.OriginalString.ShouldBe("/api/sweeps/sweep-20260301-120000");
        JsonElement answer = await JsonAsync(started);
        answer.GetProperty("id").GetString().ShouldBe("sweep-20260301-120000");
        answer.GetProperty("statusUrl").GetString().ShouldBe("/api/sweeps/sweep-20260301-120000");
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);

        JsonElement sweep = await app.GetJsonAsync(started.Headers.Location.OriginalString);
        sweep.GetProperty("status").GetString().ShouldBe("completed");
        sweep.GetProperty("contexts")[0].GetProperty("device").GetString().ShouldBe("fpga");
        sweep.GetProperty("contexts")[0].GetProperty("comparison").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement list = await app.GetJsonAsync("sweeps");
        list.GetProperty("sweeps").GetArrayLength().ShouldBe(1);
        list.GetProperty("sweeps")[0].GetRawText().ShouldBe(sweep.GetRawText());
    }

    [Fact]
    public async Task A_sweep_that_has_not_changed_is_not_sent_again()
    {
        await using SearchApp app = await StartAsync();
        await ScheduleForLaterAsync(app, "sweep-20260101");
        string tag = (await app.GetAsync("sweeps/sweep-20260101")).Headers.ETag.ShouldNotBeNull().ToString();

        (await app.GetAsync("sweeps/sweep-20260101", tag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        await app.Durable.TerminateInstanceAsync("sweep-20260101", Cancellation);
        await app.FinishAsync("sweep-20260101");
        (await (await app.GetAsync("sweeps/sweep-20260101", tag)).ShouldBeJsonAsync(HttpStatusCode.OK))
            .GetProperty("status").GetString().ShouldBe("terminated");
    }

    [Fact]
    public async Task A_sweep_is_seen_before_its_first_step_and_while_it_runs()
    {
        await using SearchApp app = await StartAsync(settings => settings with { Oracle = CountingOracle.Gated() });
        await ScheduleForLaterAsync(app, "sweep-20260101");

        (await app.GetJsonAsync("sweeps/sweep-20260101")).GetProperty("status").GetString().ShouldBe("pending");
        await app.Durable.TerminateInstanceAsync("sweep-20260101", Cancellation);
        await app.FinishAsync("sweep-20260101");
        (await app.GetJsonAsync("sweeps/sweep-20260101")).GetProperty("status").GetString().ShouldBe("terminated");

        (await PostAsync(app, Quick)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.Settings.Oracle.AskedAsync();
        JsonElement running = await app.GetJsonAsync("sweeps/sweep-20260301-120000");
        running.GetProperty("status").GetString().ShouldBe("running");
        running.GetProperty("progress").GetProperty("running")[0].GetString().ShouldBe("20260301-120000-sweep-cifar10-fpga");

        app.Settings.Oracle.Open();
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
    }

    [Fact]
    public async Task While_a_sweep_has_not_ended_another_is_refused()
    {
        await using SearchApp app = await StartAsync();
        ActiveSweepInput due = new("sweep-20260101", new SweepInput(new SweepRequest(), Night: null, IsLate: false));
        await app.ScheduleForLaterAsync(nameof(ActiveSweepOrchestrator), ActiveSweepOrchestrator.InstanceId, due);
        (await app.GetJsonAsync("sweeps/sweep-20260101")).GetProperty("status").GetString().ShouldBe("pending");

        using HttpResponseMessage refused = await PostAsync(app, Quick);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe(MediaTypeNames.Application.ProblemJson);
        (await JsonAsync(refused)).GetProperty("detail").GetString().ShouldStartWith("The sweep sweep-20260101 has not ended");
    }

    [Fact]
    public async Task A_sweep_that_runs_can_be_ended_with_its_searches_and_makes_room_for_the_next()
    {
        await using SearchApp app = await StartAsync(settings => settings with { Oracle = CountingOracle.Gated() });
        (await PostAsync(app, Quick)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.Settings.Oracle.AskedAsync();
        using HttpResponseMessage refused = await PostAsync(app, Quick);
        string advice = (await JsonAsync(refused)).GetProperty("detail").GetString()!;
        string route = advice[(advice.IndexOf("POST /", StringComparison.Ordinal) + "POST /".Length)..].TrimEnd('.');

        (await app.PostAsync(route)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
        app.Settings.Oracle.Open();
        await app.FinishAsync("sweep-20260301-120000");
        await app.FinishAsync("20260301-120000-sweep-cifar10-fpga");

        (await app.GetJsonAsync("sweeps/sweep-20260301-120000")).GetProperty("status").GetString().ShouldBe("terminated");
        (await app.GetJsonAsync("searches/20260301-120000-sweep-cifar10-fpga")).GetProperty("status").GetString().ShouldBe("terminated");
        using HttpResponseMessage again = await app.PostAsync(route);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await JsonAsync(again)).GetProperty("detail").GetString()
            .ShouldBe("The sweep sweep-20260301-120000 does not run: it is terminated.");
        app.Settings.Time.Advance(TimeSpan.FromMinutes(1));
        (await PostAsync(app, Quick)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
    }

    [Fact]
    public async Task A_sweep_whose_end_was_cut_short_can_be_ended_again()
    {
        await using SearchApp app = await StartAsync();
        await ScheduleForLaterAsync(app, "sweep-20260101");
        ActiveSweepInput another = new("sweep-20260102", new SweepInput(new SweepRequest(), Night: null, IsLate: false));
        await app.ScheduleForLaterAsync(nameof(ActiveSweepOrchestrator), ActiveSweepOrchestrator.InstanceId, another);

        (await app.PostAsync("sweeps/sweep-20260101/terminate")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await app.GetJsonAsync("sweeps/sweep-20260101")).GetProperty("status").GetString().ShouldBe("terminated");
        (await app.GetJsonAsync("sweeps/sweep-20260102")).GetProperty("status").GetString().ShouldBe("pending", "it is another's");
    }

    [Fact]
    public async Task Searches_that_an_end_was_cut_short_before_can_be_ended_again()
    {
        await using SearchApp app = await StartAsync(settings => settings with { Oracle = CountingOracle.Gated() });
        (await PostAsync(app, Quick)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.Settings.Oracle.AskedAsync();
        foreach (string ended in new[] { ActiveSweepOrchestrator.InstanceId, "sweep-20260301-120000" })
        {
            await app.Durable.TerminateInstanceAsync(ended, Cancellation);
            await app.FinishAsync(ended);
        }

        (await app.PostAsync("sweeps/sweep-20260301-120000/terminate")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        app.Settings.Oracle.Open();
        (await app.FinishAsync("20260301-120000-sweep-cifar10-fpga")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        (await app.PostAsync("sweeps/sweep-20260301-120000/terminate")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Of_ten_requests_at_the_same_time_one_starts_a_sweep_and_the_others_are_refused()
    {
        // The sweep must not have ended when the last of them comes.
        await using SearchApp app = await StartAsync(settings => settings with { Oracle = CountingOracle.Gated() });

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(app, Quick)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(9);
        app.Settings.Oracle.Open();
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
    }

    [Fact]
    public async Task Requests_with_one_key_start_one_sweep_and_are_all_answered_with_it_also_later()
    {
        await using SearchApp app = await StartAsync();

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(app, Quick, "one key")));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Accepted);
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
        app.Settings.Time.Advance(TimeSpan.FromMinutes(1));
        using HttpResponseMessage late = await PostAsync(app, Quick, "one key");
        using HttpResponseMessage other = await PostAsync(app, Quick.Replace(": 6", ": 7", StringComparison.Ordinal), "one key");
        using HttpResponseMessage next = await PostAsync(app, Quick, "another key");

        (await JsonAsync(late)).GetProperty("id").GetString().ShouldBe("sweep-20260301-120000");
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await JsonAsync(other)).GetProperty("type").GetString()!.ShouldEndWith(ProblemCodes.KeyReused);
        (await JsonAsync(next)).GetProperty("id").GetString().ShouldBe("sweep-20260301-120100");
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
    }

    [Fact]
    public async Task The_list_has_pages_the_latest_date_first_and_shows_what_was_skipped()
    {
        await using SearchApp app = await StartAsync();
        for (int day = 1; day <= 3; day++)
        {
            DateTimeOffset start = new(2026, 2, day, 2, 0, 0, TimeSpan.Zero);
            SweepRow row = new()
            {
                SweepId = $"sweep-2026020{day}",
                Request = new SweepRequest(),
                StartedAt = start,
                FinishedAt = start.AddHours(1),
            };
            row = day == 2 ? row with { FinishedAt = null, SkippedBecause = "The sweep sweep-20260201 had not ended." } : row;
            await app.Sweeps.ChangeAsync(row.SweepId, _ => row, Cancellation);
        }

        JsonElement first = await app.GetJsonAsync("sweeps?top=2");
        JsonElement second = await app.GetJsonAsync($"sweeps?top=2&continuation={first.GetProperty("continuation").GetString()}");

        JsonElement[] sweeps = [.. first.GetProperty("sweeps").EnumerateArray(), .. second.GetProperty("sweeps").EnumerateArray()];
        sweeps.Select(sweep => sweep.GetProperty("id").GetString()).ShouldBe(["sweep-20260203", "sweep-20260202", "sweep-20260201"]);
        sweeps.Select(sweep => sweep.GetProperty("status").GetString()).ShouldBe(["completed", "skipped", "completed"]);
        second.GetProperty("continuation").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private Task<SearchApp> StartAsync(Func<SearchAppSettings, SearchAppSettings>? configure = null)
    {
        SearchAppSettings settings = new(Folder.Path) { EnableHttp = true };
        return SearchApp.StartAsync(configure?.Invoke(settings) ?? settings);
    }

    /// <summary>A sweep that is due some day and until then pending.</summary>
    private static Task<string> ScheduleForLaterAsync(SearchApp app, string sweepId) =>
        app.ScheduleForLaterAsync(nameof(SweepOrchestrator), sweepId, new SweepInput(new SweepRequest(), Night: null, IsLate: false));

    private static Task<HttpResponseMessage> PostAsync(SearchApp app, string json, string? key = null)
        => app.PostAsync("sweeps", HttpAnswers.Json(json), key);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
        => JsonSerializer.Deserialize<JsonElement>(await answer.TextAsync());
}
