using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace PelNas.Local.Tests.Host.Http;

public sealed class KeyAuthorizationTests
{
    [Theory]
    [InlineData("anonymous", "none", HttpStatusCode.OK)]
    [InlineData("function", "none", HttpStatusCode.Unauthorized)]
    [InlineData("function", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("function", "default", HttpStatusCode.OK)]
    public async Task A_function_asks_for_the_key_of_its_level(string function, string key, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync<Functions>();
        var value = key switch
        {
            "default" => host.Keys.Default,
            "wrong" => host.Keys.Default[..^1],
            _ => null,
        };

        (await host.GetAsync($"api/{function}", value)).StatusCode.ShouldBe(expected);
        (await host.GetAsync($"api/{function}" + (value is null ? string.Empty : $"?code={value}"))).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task An_empty_header_does_not_hide_the_key_in_the_query()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        (await host.GetAsync($"api/function?code={host.Keys.Default}", string.Empty)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync("api/function", string.Empty)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.GetAsync($"api/function?code={host.Keys.Default}", "wrong")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_that_says_where_the_key_goes()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        var response = await host.GetAsync("api/function");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe(
            "Send a key that opens this in the header 'x-functions-key' or the query parameter 'code'.");
    }

    [Fact]
    public async Task No_key_is_ever_logged_whatever_the_log_is_set_to()
    {
        await using var host = await TestHost.StartAsync<Functions>(builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Logging.AddFilter<TestLog>(null, LogLevel.Trace);
            builder.Logging.AddFilter<TestLog>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Trace);
        });

        (await host.GetAsync($"api/function?code={host.Keys.Default}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync($"api/function?code={host.Keys.Default}x")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.GetAsync($"api/broken?code={host.Keys.Default}")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        host.Log.Lines.Count.ShouldBeGreaterThan(5);
        host.Log.Lines.ShouldAllBe(line => !line.Message.Contains(host.Keys.Default, StringComparison.Ordinal));
    }

    internal sealed class Functions
    {
        [Function("Anonymous")]
        public static IResult Anonymous([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();

        [Function("Function")]
        public static IResult Function([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Ok();

        [Function("Broken")]
        public static IResult Broken([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => throw new InvalidOperationException("broken");
    }
}
