using Microsoft.AspNetCore.Http;

namespace PelNas.Local.Tests.Host.Http;

public sealed class KeyAuthorizationTests(HostOf<KeyAuthorizationTests.Functions> shared)
    : IClassFixture<HostOf<KeyAuthorizationTests.Functions>>
{
    private TestHost Host => shared.Host;

    private string Key => Host.Keys.Default;

    [Theory]
    [InlineData("anonymous", "none", HttpStatusCode.OK)]
    [InlineData("function", "none", HttpStatusCode.Unauthorized)]
    [InlineData("function", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("function", "default", HttpStatusCode.OK)]
    public async Task A_function_asks_for_the_key_of_its_level(string function, string key, HttpStatusCode expected)
    {
        string? value = key == "none" ? null : key == "wrong" ? Key[..^1] : Key;

        (await Host.StatusAsync($"api/{function}", value)).ShouldBe(expected);
        (await Host.StatusAsync($"api/{function}" + (value is null ? string.Empty : $"?code={value}"))).ShouldBe(expected);
    }

    [Fact]
    public async Task An_empty_header_does_not_hide_the_key_in_the_query()
    {
        (await Host.StatusAsync($"api/function?code={Key}", string.Empty)).ShouldBe(HttpStatusCode.OK);
        (await Host.StatusAsync("api/function", string.Empty)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Host.StatusAsync($"api/function?code={Key}", "wrong")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_that_says_where_the_key_goes() =>
        (await (await Host.GetAsync("api/function")).ProblemAsync(HttpStatusCode.Unauthorized)).GetProperty("detail").GetString().ShouldBe(
            "Send a key that opens this in the header 'x-functions-key' or the query parameter 'code'.");

    [Fact]
    public async Task No_key_is_ever_logged_whatever_the_log_is_set_to()
    {
        await using TestHost host = await TestHost.StartAsync<Functions>(builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Logging.AddFilter<LogLines>(null, LogLevel.Trace);
            builder.Logging.AddFilter<LogLines>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Trace);
        });
        string key = host.Keys.Default;

        (await host.StatusAsync($"api/function?code={key}")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync($"api/function?code={key}x")).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync($"api/broken?code={key}")).ShouldBe(HttpStatusCode.InternalServerError);

        host.Log.Lines.Count.ShouldBeGreaterThan(5);
        host.Log.Lines.ShouldAllBe(line => !line.Message.Contains(key, StringComparison.Ordinal));
    }

    public sealed class Functions
    {
        [Function("Anonymous")]
        public static IResult Anonymous([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();

        [Function("Function")]
        public static IResult Function([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Ok();

        [Function("Broken")]
        public static IResult Broken([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request)
            => throw new InvalidOperationException("broken");
    }
}
