using PelNas.Shared.Tests.Proposer;

namespace PelNas.Shared.Tests.Llm.Faults;

/// <summary>
/// What each fault of a provider becomes when the real SDK client meets it: its kind, how often it is tried, what it costs and what is
/// said.
/// </summary>
public sealed class ProviderFaultTests
{
    private const string Azure = ChatProviders.AzureOpenAI;
    private const string OpenAI = ChatProviders.OpenAI;
    private const string Ollama = ChatProviders.Ollama;

    private const string EmptyChoices =
        """{"id":"1","object":"chat.completion","created":1,"model":"gpt-4.1-mini","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":0,"total_tokens":5}}""";

    /// <summary>
    /// Name, provider, what the server always does, kind, requests that arrive, calls charged at their most, and what the message tells.
    /// </summary>
    public static TheoryData<string, string, ModelTurn, FaultKind, int, int, string> Cases => new()
    {
        { "429 with retry-after-ms", Azure, Known.TooManyRequests(("retry-after-ms", "20")),
            FaultKind.RateLimited, 4, 0, "TokensPerMinute" },
        { "429 with retry-after", OpenAI, Known.TooManyRequests(("retry-after", "1")), FaultKind.RateLimited, 4, 0, "TokensPerMinute" },
        { "429 with nothing", OpenAI, Known.TooManyRequests(), FaultKind.RateLimited, 4, 0, "quota" },
        { "429 with a long wait", Azure, Known.TooManyRequests(("retry-after-ms", "86000")), FaultKind.RateLimited, 1, 0, "quota" },
        { "429 without credit", OpenAI, Known.NoCredit, FaultKind.OutOfQuota, 1, 0, "credit" },
        { "400 too long", OpenAI, Known.PromptTooLong, FaultKind.BadRequest, 1, 0, "larger context" },
        { "500 with the key for a code", Azure, new Refused(500, LoopbackModel.Key, ""), FaultKind.ServerError, 4, 0, "HTTP 500" },
        { "401 with the key for a code", OpenAI, new Refused(401, LoopbackModel.Key, ""), FaultKind.Unauthorised, 1, 0, "(HTTP 401)" },
        { "401 azure", Azure, Known.WrongKey(Dialect.AzureOpenAI), FaultKind.Unauthorised, 1, 0, "PelNas:Chat:ApiKey" },
        { "401 openai", OpenAI, Known.WrongKey(Dialect.OpenAI), FaultKind.Unauthorised, 1, 0, "PelNas:Chat:ApiKey" },
        { "403", Azure, new Refused(403, "403", "Public access is disabled."),
            FaultKind.Forbidden, 1, 0, "Cognitive Services OpenAI User" },
        { "404 azure", Azure, Known.WrongModel(Dialect.AzureOpenAI), FaultKind.NotFound, 1, 0, "deployment's name" },
        { "404 openai", OpenAI, Known.WrongModel(Dialect.OpenAI), FaultKind.NotFound, 1, 0, "/v1" },
        { "404 ollama", Ollama, Known.WrongModel(Dialect.Ollama), FaultKind.NotFound, 1, 0, "ollama pull" },
        { "400", OpenAI, Known.NoSchema, FaultKind.BadRequest, 1, 0, "StructuredOutput" },
        { "408", Azure, new Refused(408, "Timeout", "The operation was timeout."), FaultKind.ServerError, 4, 4, "gave up" },
        { "500 azure", Azure, new Refused(500, "InternalServerError", "Oops"), FaultKind.ServerError, 4, 0, "HTTP 500" },
        { "500 ollama", Ollama, new Refused(500, "", "out of memory"), FaultKind.ServerError, 4, 0, "HTTP 500" },
        { "502", OpenAI, new Refused(502, "BadGateway", ""), FaultKind.ServerError, 4, 4, "gave up" },
        { "504", Azure, new Refused(504, "GatewayTimeout", ""), FaultKind.ServerError, 4, 4, "gave up" },
        { "500 that counts tokens", OpenAI, new Refused(500, "", "") { Claim = new("2000", "300", "2300") },
            FaultKind.ServerError, 4, 4, "HTTP 500" },
        { "500 that counts less than no tokens", Azure, new Refused(500, "", "") { Claim = new("-1", "0") },
            FaultKind.ServerError, 4, 4, "HTTP 500" },
        { "500 that counts tokens ollama", Ollama, new Refused(500, "", "") { Claim = new("2000", "0") },
            FaultKind.ServerError, 4, 4, "HTTP 500" },
        { "429 that counts tokens", OpenAI, new Refused(429, "", "") { Claim = new("2000", "300") }, FaultKind.RateLimited, 4, 4, "quota" },
        { "400 that counts tokens", Azure, new Refused(400, "", "") { Claim = new("2000", "300") },
            FaultKind.BadRequest, 1, 1, "does not take" },
        { "500 that counts no tokens", OpenAI, new Refused(500, "", "") { Claim = new("0", "0", "0", Cached: "0") },
            FaultKind.ServerError, 4, 0, "HTTP 500" },
        { "500 with a name that is no text", OpenAI, new Refused(500, "", "") { Body = """{"\ud800":1,"usage":{"\ud800":0}}""" },
            FaultKind.ServerError, 4, 0, "HTTP 500" },
        { "503", OpenAI, new Refused(503, "", "Service unavailable"), FaultKind.ServerError, 4, 0, "HTTP 503" },
        { "307", OpenAI, Known.Redirect("https://elsewhere.example/v1/chat/completions"), FaultKind.Redirected, 1, 0, "not followed" },
        { "connection reset openai", OpenAI, new Reset(), FaultKind.ConnectionLost, 4, 4, "broke" },
        { "connection reset ollama", Ollama, new Reset(), FaultKind.ConnectionLost, 4, 4, "broke" },
        { "half a body azure", Azure, new CutShort("a whole answer that never comes"), FaultKind.ConnectionLost, 4, 4, "broke" },
        { "half a body ollama", Ollama, new CutShort("a whole answer that never comes"), FaultKind.ConnectionLost, 4, 4, "broke" },
        { "content filter", Azure, Known.Filtered, FaultKind.ContentFilter, 1, 1, "content filter" },
        { "10 MB of prose", OpenAI, new Answer(new string('x', 10_000_000)), FaultKind.TooLong, 1, 1, "longer than" },
        { "10 MB of prose ollama", Ollama, new Answer(new string('x', 10_000_000)), FaultKind.TooLong, 1, 1, "longer than" },
        { "empty choice list", OpenAI, new Raw(EmptyChoices), FaultKind.Malformed, 1, 1, "not in the format" },
        { "no JSON", Azure, new Raw("<html>Welcome to the proxy</html>"), FaultKind.Malformed, 1, 1, "not in the format" },
        { "no JSON ollama", Ollama, new Raw("<html>Welcome to the proxy</html>"), FaultKind.Malformed, 1, 1, "not in the format" },
        { "wrong types", OpenAI, new Raw("""{"id":5,"choices":"none","usage":[]}"""), FaultKind.Malformed, 1, 1, "not in the format" },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public async Task Each_fault_has_its_kind_its_attempts_its_cost_and_its_mending(
        string name, string provider, ModelTurn turn, FaultKind kind, int requests, int lost, string mending)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(provider, _ => turn);

        ProposerException exception = await Should.ThrowAsync<ProposerException>(() => harness.AskAsync(), name);

        exception.Fault.Kind.ShouldBe(kind, name);
        exception.Message.ShouldContain(mending, customMessage: name);
        exception.Message.ShouldContain("127.0.0.1", customMessage: name);
        harness.Model.Requests.Count.ShouldBe(requests, name);
        SpendingRow budget = harness.Spending;
        budget.Unconfirmed.Calls.ShouldBe(lost, name);
        budget.Refused.ShouldBe(requests - lost, name);
        (exception as BadAnswerException)?.Charged.ShouldBe(budget.Spent, name);
        budget.Spent.ShouldBe(budget.Unconfirmed, name);
        budget.InFlight.ShouldBeNull(name);
        exception.ToString().ShouldNotContain(LoopbackModel.Key);
    }

    // Only Azure has identities with roles.
    [Theory]
    [InlineData(OpenAI)]
    [InlineData(Ollama)]
    public async Task Without_a_key_a_service_that_wants_one_is_told_apart_from_a_wrong_key(string provider)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            provider, _ => Known.WrongKey(Dialect.OpenAI), options => options.ApiKey = "");

        ProposerException exception = await Should.ThrowAsync<ProposerException>(() => harness.AskAsync());

        exception.Fault.Kind.ShouldBe(FaultKind.Unauthorised);
        exception.Message.ShouldContain("No key is set, and this service wants one: set PelNas:Chat:ApiKey.");
        exception.Message.ShouldNotContain("role");
    }

    [Theory]
    [InlineData(Azure)]
    [InlineData(Ollama)]
    public async Task A_silent_server_is_timed_out_and_charged_at_the_most(string provider)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            provider, _ => new Silence("late"), options => options.Timeout = TimeSpan.FromSeconds(60));

        ProposerUnavailableException exception = await Should.ThrowAsync<ProposerUnavailableException>(() => harness.AskAsync());

        exception.Fault.Kind.ShouldBe(FaultKind.TimedOut);
        exception.Message.ShouldContain("PelNas:Chat:Timeout");
        harness.Spending.Unconfirmed.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task A_slow_drip_is_timed_out_as_a_whole()
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            OpenAI, _ => new Drip("drop by drop"), options => options.Timeout = TimeSpan.FromSeconds(60));

        (await Should.ThrowAsync<ProposerUnavailableException>(() => harness.AskAsync())).Fault.Kind.ShouldBe(FaultKind.TimedOut);
    }

    [Theory]
    [InlineData(Azure)]
    [InlineData(Ollama)]
    public async Task A_certificate_that_is_not_trusted_ends_it_before_anything_is_sent(string provider)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(provider, _ => new Answer("stolen"), tls: true);

        ProposerRefusedException exception = await Should.ThrowAsync<ProposerRefusedException>(() => harness.AskAsync());

        exception.Fault.Kind.ShouldBe(FaultKind.Tls);
        exception.Message.ShouldContain("certificate");
        harness.Model.Requests.ShouldBeEmpty();
        harness.Spending.Spent.ShouldBe(ChatUsage.None);
    }

    [Theory]
    [InlineData(Azure)]
    [InlineData(OpenAI)]
    [InlineData(Ollama)]
    public async Task Nobody_listening_costs_nothing(string provider)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(provider, _ => new Answer("never"));
        await harness.Model.DisposeAsync();

        ProposerUnavailableException exception = await Should.ThrowAsync<ProposerUnavailableException>(() => harness.AskAsync());

        exception.Fault.Kind.ShouldBe(FaultKind.Unreachable);
        exception.Message.ShouldContain("PelNas:Chat:Endpoint");
        harness.Spending.Spent.ShouldBe(ChatUsage.None);
    }

    [Theory]
    [InlineData("stop", null)]
    [InlineData("length", null)]
    [InlineData("content_filter", null)]
    [InlineData("stop", "I cannot help with that.")]
    public async Task What_the_model_itself_cuts_or_declines_is_an_answer_and_charged_exactly(string finish, string? refusal)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            Azure, _ => new Answer("{\"architectures\":[", finish, refusal));

        ChatResponse response = await harness.AskAsync();

        response.FinishReason.ShouldBe(new ChatFinishReason(finish));
        SpendingRow budget = harness.Spending;
        new Bill(budget.Spent.Calls, budget.Spent.InputTokens, budget.Spent.OutputTokens).ShouldBe(harness.Model.Bill);
        budget.Unconfirmed.ShouldBe(ChatUsage.None);
    }
}
