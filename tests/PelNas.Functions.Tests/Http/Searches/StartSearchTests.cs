using System.Net.Http.Headers;

namespace PelNas.Functions.Tests.Http.Searches;

public sealed class StartSearchTests(SharedApp shared)
{
    private SearchApp App => shared.App;

    [Fact]
    public async Task A_search_is_accepted_with_its_address_and_no_other()
    {
        HttpResponseMessage answer = await App.PostAsync("searches", SmallSearches.Body());
        JsonElement started = await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted);
        string id = started.GetProperty("id").GetString()!;
        RunIds.IsValid(id).ShouldBeTrue();
        answer.Headers.Location!.OriginalString.ShouldBe($"/api/searches/{id}");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        started.GetProperty("statusUrl").GetString().ShouldBe($"/api/searches/{id}");
        // Those of the orchestration's management hold the key of the whole app.
        started.EnumerateObject().Select(property => property.Name).ShouldBe(["id", "statusUrl"], ignoreOrder: true);
        (await App.Client.GetAsync(answer.Headers.Location, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await App.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_started()
        => (await App.Anonymous.PostAsync("searches", SmallSearches.Body(), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("""{"dataset":"cifar10","device":"fpga","maxLabel":3}""", "maxLabel", "is not a field")]
    [InlineData(
        """{"dataset":"cifar10","device":"fpga","seed":"1"}""", "seed", "must be a whole number of up to 9 digits, not the text \"1\"")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","seed":1.5}""", "seed", "not the number 1.5")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","seed":99999999999}""", "seed", "not the number 99999999999")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","seed":null}""", "seed", "not null")]
    [InlineData("""{"dataset":null,"device":"fpga"}""", "dataset", "must be a text, not null")]
    [InlineData("""{"dataset":7,"device":"fpga"}""", "dataset", "must be a text, not the number 7")]
    [InlineData("""{"dataset":"cifar10","device":["fpga"]}""", "device", "not an array")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","useHeuristics":"yes"}""", "useHeuristics", "must be true or false")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","maxUsd":true}""", "maxUsd", "must be a number, not true")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","generations":0}""", "generations", "from 1 to 1000")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","maxLabels":2001}""", "maxLabels", "from 1 to 2000")]
    [InlineData("""{"dataset":"mnist","device":"fpga"}""", "dataset", "cifar10")]
    [InlineData("""{"dataset":"cifar10","device":"toaster"}""", "device", "upload a latency table")]
    [InlineData("""{"dataset":"cifar10","device":"abacus"}""", "device", "is unknown")]
    [InlineData("""{"dataset":"cifar100","device":"pixel2"}""", "device", "no latency table for cifar100")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labelsFrom":"train"}""", "labelsFrom", "validation, test")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","prior":"/etc/hostname"}""", "prior", "allowed are none, llm, transfer")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","prior":"llm"}""", "prior", "needs a language model")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"by":5}}""", "labels.by", "must be a text, not the number 5")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"bye":"you"}}""",
        "labels.bye", "is not a field of this request; its fields are labels.by,")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"training":{"epochs":"3"}}}""", "labels.training.epochs",
        "must be a whole number of up to 9 digits, not the text")]
    [InlineData("""{"device":"fpga"}""", "dataset", "allowed are")]
    public async Task A_field_that_is_wrong_is_named(string body, string field, string message)
        => (await (await App.PostAsync("searches", HttpAnswers.Json(body))).ShouldBlameAsync(field)).ShouldContain(message);

    [Theory]
    [InlineData("""{"dataset":"tools","device":"flops","labels":{"by":"you"}}""", "labels")]
    [InlineData("""{"dataset":"tools","device":"fpga","labels":{"by":"you","imageSize":32,"classes":5}}""", "device")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"by":"me"}}""", "labels.by")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"by":"you","deadlineHours":0}}""", "labels.deadlineHours")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"by":"table","classes":3}}""", "labels")]
    [InlineData("""{"dataset":"cifar10","device":"told"}""", "device")]
    [InlineData("""{"dataset":"cifar10","device":"told","maxLatencyMs":5,"labels":{"by":"you"}}""", "maxLatencyMs")]
    [InlineData("""{"dataset":"cifar10","device":"told","verifyFront":true,"labels":{"by":"you"}}""", "verifyFront")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","verifyFront":true}""", "verifyFront")]
    public async Task A_field_that_does_not_go_with_the_others_is_named(string body, string field)
        => await (await App.PostAsync("searches", HttpAnswers.Json(body))).ShouldBlameAsync(field);

    [Fact]
    public async Task Everything_that_is_wrong_is_reported_at_once()
    {
        HttpResponseMessage answer = await App.PostAsync("searches", HttpAnswers.Json("""{"dataset":1,"device":false,"colour":"red"}"""));
        Problem problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        problem.Errors!.Keys.Order().ShouldBe(["colour", "dataset", "device"]);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{\n  \"dataset\": cifar10}", "at line 2, byte 14")]
    [InlineData("[1]", "must be a JSON object, not an array")]
    [InlineData("null", "must be a JSON object, not null")]
    [InlineData("""{"seed":1,"seed":2}""", "seed")]
    [InlineData("{} {}", "at line 1, byte 4")]
    [InlineData("""{"dataset":"\ud800"}""", "at byte 12 has half of a surrogate pair")]
    [InlineData("""{"dataset":"\udc00\ud800"}""", "half of a surrogate pair")]
    [InlineData("""{"\ud800\n":1}""", "at byte 2 has half of a surrogate pair")]
    public async Task A_body_that_is_no_JSON_object_is_refused_with_the_place(string body, string detail)
    {
        HttpResponseMessage answer = await App.PostAsync("searches", HttpAnswers.Json(body));
        (await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.MalformedJson)).Detail.ShouldContain(detail);
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_refused_with_the_place()
    {
        ByteArrayContent body = new([.. "{\"dataset\":\"\u00e9"u8, 0xFF, .. "\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        HttpResponseMessage answer = await App.PostAsync("searches", body);
        (await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.MalformedJson)).Detail.ShouldContain("byte 15");
    }

    [Fact]
    public async Task A_whole_surrogate_pair_and_an_escaped_backslash_are_texts_like_any_other()
        => (await (await App.PostAsync("searches", HttpAnswers.Json("""{"dataset":"\ud83d\ude00\\ud800","device":"fpga"}""")))
            .ShouldBlameAsync("dataset"))
            .ShouldContain("\ud83d\ude00\\ud800");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_64_KiB_is_refused_whether_or_not_its_length_is_told(bool tellLength)
    {
        byte[] body = Encoding.UTF8.GetBytes("{\"dataset\":\"" + new string('x', 64 * 1024) + "\"}");
        using HttpRequestMessage request = new(HttpMethod.Post, "searches") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = !tellLength;
        HttpResponseMessage answer = await App.Client.SendAsync(request, Cancellation);
        (await answer.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, ProblemCodes.BodyTooLarge)).Detail.ShouldContain("64 KiB");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task A_body_of_another_content_type_is_refused(string? contentType)
    {
        ByteArrayContent content = new("{}"u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        HttpResponseMessage answer = await App.PostAsync("searches", content);
        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, ProblemCodes.UnsupportedMediaType))
            .Detail.ShouldContain("application/json");
    }

    [Theory]
    [InlineData("")]
    [InlineData("t\u00e9l\u00e9phone")]
    [InlineData("129")]
    public async Task An_idempotency_key_that_is_none_is_refused(string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "searches") { Content = SmallSearches.Body() };
        request.Headers.TryAddWithoutValidation(IdempotencyKeys.Header, key == "129" ? new string('k', 129) : key);
        using SocketsHttpHandler handler = new() { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using HttpClient client = new(handler);
        request.RequestUri = new Uri(App.Client.BaseAddress!, "searches");
        request.Headers.Add("x-functions-key", App.Client.DefaultRequestHeaders.GetValues("x-functions-key"));
        HttpResponseMessage answer = await client.SendAsync(request, Cancellation);
        (await answer.ShouldBlameAsync(IdempotencyKeys.Header)).ShouldContain("1 to 128 printable ASCII");
    }

    [Fact]
    public async Task Ten_requests_with_one_key_at_the_same_time_start_one_search()
    {
        string key = "ten at once";
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(key, SmallSearches.Request)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Accepted);
        string address = answers.Select(answer => answer.Headers.Location!.OriginalString).Distinct().ShouldHaveSingleItem();
        string id = address.Split('/')[^1];
        DateTimeOffset created = (await App.Durable.GetInstanceAsync(id, Cancellation)).ShouldNotBeNull().CreatedAt;

        (await App.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        HttpResponseMessage late = await PostAsync(key, SmallSearches.Request);
        late.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        late.Headers.Location!.OriginalString.ShouldBe(address);
        (await App.Durable.GetInstanceAsync(id, Cancellation))
            .ShouldNotBeNull().CreatedAt.ShouldBe(created, "a search that has ended is not started again");
    }

    [Fact]
    public async Task A_key_of_a_search_whose_history_was_purged_still_answers_with_it()
    {
        HttpResponseMessage first = await PostAsync("purged", SmallSearches.Request);
        string id = (await first.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        await App.FinishAsync(id);
        await App.Durable.PurgeInstanceAsync(id, Cancellation);

        HttpResponseMessage again = await PostAsync("purged", SmallSearches.Request);

        (await again.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString().ShouldBe(id);
        (await App.Durable.GetInstanceAsync(id, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_with_another_request_is_a_conflict_and_the_layout_of_the_JSON_does_not_count()
    {
        HttpResponseMessage first = await PostAsync("another", SmallSearches.Request);
        string layout =
            "\n {\"seed\": 1, \"proposalsPerPartition\":4, \"maxLabels\":12,\"generations\":2,  \"device\":\"fpga\", "
                + "\"dataset\":\"cifar10\"}";
        HttpResponseMessage second = await App.PostAsync("searches", HttpAnswers.Json(layout), "another");
        second.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        second.Headers.Location.ShouldBe(first.Headers.Location);
        await (await PostAsync("another", SmallSearches.Request with { Seed = 2 }))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.KeyReused);
    }

    [Fact]
    public async Task A_key_that_was_claimed_before_a_crash_starts_the_search_under_the_claimed_id()
    {
        const string Claimed = "20260102-030405-claimed";
        IdempotencyKeys keys = App.Services.GetRequiredService<IdempotencyKeys>();
        (await keys.AddAsync("searches", "crash", Claimed, SmallSearches.Request, Cancellation)).ShouldBe(Claimed);
        (await App.GetAsync($"searches/{Claimed}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        HttpResponseMessage answer = await PostAsync("crash", SmallSearches.Request);
        (await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString().ShouldBe(Claimed);
        (await App.FinishAsync(Claimed)).Name.ShouldBe(nameof(SearchOrchestrator));
        (await App.SearchAsync(Claimed)).Status.ShouldBe(SearchStatus.Completed);
    }

    private Task<HttpResponseMessage> PostAsync(string key, SearchRequest search)
        => App.PostAsync("searches", SmallSearches.Body(search), key);
}
