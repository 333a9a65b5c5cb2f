namespace PelNas.Functions.Tests.Support;

/// <summary>What the user of a search does that asks for labels or latencies.</summary>
internal static class AskAndTell
{
    public static async Task<string> StartSearchAsync(this SearchApp app, string body)
        => (await (await app.PostAsync("searches", HttpAnswers.Json(body))).ShouldBeAsync<StartedSearch>(HttpStatusCode.Accepted)).Id;

    public static async Task CompletesAsync(this SearchApp app, string id)
    {
        OrchestrationMetadata ended = await app.FinishAsync(id);
        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
    }

    public static async Task<SearchFront> FrontAsync(this SearchApp app, string id)
        => await app.GetAsync<SearchFront>($"searches/{id}/front");

    public static async Task<LabelView[]> LabelsAsync(this SearchApp app, string id, string query)
        => [.. (await app.GetAsync<LabelList>($"searches/{id}/labels{query}")).Labels];

    public static Task<HttpResponseMessage> TellAsync(this SearchApp app, string id, int index, string body, string what = "labels")
        => app.PutAsync($"searches/{id}/{what}/{index}", HttpAnswers.Json(body));

    public static Task<HttpResponseMessage> ReopenAsync(this SearchApp app, string id, int index)
        => app.DeleteAsync($"searches/{id}/labels/{index}");

    /// <summary>Waits until a search waits for labels, which it does with a timer that reminds of them, and returns those.</summary>
    public static async Task<LabelView[]> WantedAsync(this SearchApp app, string id)
    {
        await app.UntilAsync(
            async () => await app.Durable.GetInstanceAsync(id, Cancellation) is not null
                && (await app.Durable.GetOrchestrationHistoryAsync(id, Cancellation)).Any(e => e.EventType == EventType.TimerCreated),
            "labels are wanted");
        return await app.LabelsAsync(id, "?status=open");
    }

    /// <summary>Tells whatever is requested until the search has ended.</summary>
    public static Task AnswerAllAsync(this SearchApp app, string id, Func<int, string> answer)
        => app.AnswerAllAsync(id, (LabelView label) => answer(label.Index));

    /// <summary>The same by more than the index.</summary>
    public static Task AnswerAllAsync(this SearchApp app, string id, Func<LabelView, string> answer) => app.UntilAsync(
        async () =>
        {
            if (await app.Runs.GetAsync(id, Cancellation) is null)
            {
                return false;
            }

            foreach (LabelView label in await app.LabelsAsync(id, "?status=open"))
            {
                (await app.TellAsync(id, label.Index, answer(label))).StatusCode.ShouldBe(HttpStatusCode.OK);
            }

            return (await app.Durable.GetInstanceAsync(id, Cancellation))!.IsCompleted;
        },
        "the search has ended");
}
