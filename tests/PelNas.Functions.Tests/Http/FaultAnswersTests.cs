using Azure;
using PelNas.Tests.Azurite;

namespace PelNas.Functions.Tests.Http;

/// <summary>What callers get when the store fails the app, or the app itself does.</summary>
public sealed class FaultAnswersTests(AzuriteFixture azurite)
{
    private const string Id = "20260301-120000-any";

    [Theory]
    [InlineData(StoreFaultKind.Passing, HttpStatusCode.ServiceUnavailable, ProblemCodes.StoreUnavailable)]
    [InlineData(StoreFaultKind.NotPermitted, HttpStatusCode.InternalServerError, ProblemCodes.StoreNotPermitted)]
    [InlineData(StoreFaultKind.Lasting, HttpStatusCode.InternalServerError, ProblemCodes.StoreFault)]
    public async Task Every_route_says_that_the_store_is_at_fault_and_when_to_come_back(
        StoreFaultKind kind, HttpStatusCode status, string code)
    {
        StoreException fault = new("the test's store", "is out of order", "Mend it.", kind: kind);
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton(FaultyRows.OnceStarted(fault)));
        RouteSamples.All.Select(sample => sample.Operation).Distinct().ShouldBe(OpenApiDocument.Load().Stored, ignoreOrder: true);
        foreach (RouteSample sample in RouteSamples.All)
        {
            HttpResponseMessage answer = await app.SendAsync(sample, Id);
            Problem problem = await answer.ShouldBeProblemAsync(status, code);
            problem.Detail.ShouldBe(fault.Message, sample.ToString());
            answer.Headers.RetryAfter?.Delta.ShouldBe(kind == StoreFaultKind.Passing ? TimeSpan.FromSeconds(30) : null, sample.ToString());
            answer.Headers.Contains("Retry-After").ShouldBe(kind == StoreFaultKind.Passing, sample.ToString());
        }
    }

    [Theory]
    [InlineData(503, "ServerBusy", ProblemCodes.StoreUnavailable)]
    [InlineData(500, "OperationTimedOut", ProblemCodes.StoreUnavailable)]
    [InlineData(429, "TooManyRequests", ProblemCodes.StoreUnavailable)]
    [InlineData(0, null, ProblemCodes.StoreUnavailable)]
    [InlineData(403, "AuthorizationPermissionMismatch", ProblemCodes.StoreNotPermitted)]
    [InlineData(404, "TableNotFound", ProblemCodes.StoreFault)]
    public async Task An_answer_of_the_storage_account_reaches_the_caller_as_the_problem_it_is(int status, string? error, string code)
    {
        AzuriteStores stores = new(await azurite.Server);
        RequestHooks hooks = new();
        await using SearchApp app =
            await SearchApp.StartAsync(services => services.AddSingleton<IRowStore>(stores.OpenRows(configure: hooks.AddTo)));
        hooks.Before = _ => throw new RequestFailedException(status, "from the test", error, innerException: null);
        Problem problem = await (await app.GetAsync($"searches/{Id}")).ShouldBeProblemAsync(
            code == ProblemCodes.StoreUnavailable ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.InternalServerError, code);
        if (status == 403)
        {
            problem.Detail.ShouldContain("Storage Table Data Contributor");
        }

        hooks.Before = null;
        await app.ShouldNotFindAsync($"searches/{Id}");
    }

    [Fact]
    public async Task A_failure_that_is_not_foreseen_shows_nothing_but_the_id_under_which_the_log_has_it()
    {
        const string Secret = "the connection string is hunter2";
        using LogLines log = new();
        await using SearchApp app = await SearchApp.StartAsync(services =>
        {
            services.AddSingleton(FaultyRows.OnceStarted(new ArgumentException(Secret, "continuation")));
            services.AddSingleton<ILoggerProvider>(log);
        });
        HttpResponseMessage answer = await app.GetAsync($"searches/{Id}");
        (await answer.TextAsync()).ShouldNotContain("hunter2");
        Problem problem = await answer.ShouldBeProblemAsync(HttpStatusCode.InternalServerError, ProblemCodes.InternalError);
        log.Of(LogLevel.Error).ShouldContain($"GET /api/searches/{Id} failed, trace id {problem.TraceId.ShouldNotBeNull()}.");
        log.Exceptions.ShouldContain(exception => exception.Contains(Secret, StringComparison.Ordinal));
    }
}
