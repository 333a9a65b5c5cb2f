using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PelNas.Local.Tests.Host.Http;

public sealed class HttpFunctionTests(HostOf<HttpFunctionTests.Functions> shared) : IClassFixture<HostOf<HttpFunctionTests.Functions>>
{
    private TestHost Host => shared.Host;

    [Theory]
    [InlineData("api/searches/abc/partitions/3", "abc:3")]
    [InlineData("api/pages/7", "7")]
    [InlineData("api/pages", "none")]
    public async Task A_route_value_reaches_the_parameter_of_its_name_and_may_be_absent_where_it_is_optional(
        string path, string expected) =>
        (await Host.TextAsync(path)).ShouldBe(expected);

    [Theory]
    [InlineData("api/nowhere")]
    [InlineData("api/searches/abc/partitions/three")]
    public async Task A_path_that_nothing_serves_or_that_breaks_a_routes_constraint_is_a_problem(string path) =>
        await (await Host.GetAsync(path)).ProblemAsync(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_method_that_nothing_serves_is_a_problem_that_says_which_are()
    {
        HttpResponseMessage response = await Host.SendAsync(HttpMethod.Delete, "api/echo");

        await response.ProblemAsync(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task A_function_without_a_route_is_served_under_its_name_for_any_method()
    {
        (await Host.TextAsync("api/Anything")).ShouldBe("GET");
        (await (await Host.SendAsync(HttpMethod.Put, "api/anything")).TextAsync()).ShouldBe("PUT");
    }

    [Fact]
    public async Task A_function_that_returns_nothing_writes_the_response_itself()
    {
        HttpResponseMessage response = await EchoAsync(Host, "hello");

        response.StatusCode.ShouldBe((HttpStatusCode)299);
        (await response.TextAsync()).ShouldBe("hello");
    }

    [Fact]
    public async Task A_functions_class_gets_services_of_the_requests_scope()
    {
        await using TestHost host = await TestHost.StartAsync<ScopedFunctions>(builder => builder.Services.AddScoped<Counter>());

        (await host.TextAsync("api/count")).ShouldBe("1");
        (await host.TextAsync("api/count")).ShouldBe("1");
    }

    [Fact]
    public async Task A_function_sees_its_context()
    {
        (await Host.TextAsync("api/context")).ShouldBe("Context True");
        Host.Log.Lines.ShouldContain(line => line.Category == "mine" && line.Message == "seen");
    }

    [Fact]
    public async Task A_functions_own_error_answer_passes_untouched()
    {
        HttpResponseMessage response = await Host.GetAsync("api/gone");

        response.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await response.TextAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("api/fail/now")]
    [InlineData("api/fail/later")]
    public async Task An_exception_is_a_500_that_shows_nothing_of_it_and_is_logged_under_the_trace_id(string path)
    {
        HttpResponseMessage response = await Host.GetAsync(path);

        JsonElement problem = await response.ProblemAsync(HttpStatusCode.InternalServerError);
        string text = await response.TextAsync();
        text.ShouldNotContain("secret reason");
        text.ShouldNotContain(nameof(Functions));
        string traceId = problem.GetProperty("traceId").GetString()!;
        LogLine line = Host.Log.Lines.Where(line => line.Level == LogLevel.Error && line.Message.Contains(traceId)).ShouldHaveSingleItem();
        line.Exception.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("secret reason");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using TestHost host = await TestHost.StartAsync<Functions>(builder =>
            builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = 10));

        (await EchoAsync(host, "0123456789")).StatusCode.ShouldBe((HttpStatusCode)299);
        (await EchoAsync(host, "0123456789+")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("v1", "v1/context")]
    [InlineData("", "context")]
    public async Task The_route_prefix_is_the_one_of_host_json(string prefix, string path)
    {
        string json = $$"""{ "extensions": { "http": { "routePrefix": "{{prefix}}" } } }""";
        await using TestHost host = await TestHost.StartAsync<Functions>(hostJson: json);

        (await host.StatusAsync(path)).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync("api/context")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<HttpResponseMessage> EchoAsync(TestHost host, string text) =>
        host.SendAsync(HttpMethod.Post, "api/echo", content: new StringContent(text, Encoding.UTF8, "text/plain"));

    public sealed class Functions
    {
        [Function("Partition")]
        public static IResult Partition(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "searches/{id}/partitions/{k:int}")] HttpRequest request,
            string id, string k) =>
            Results.Text($"{id}:{k}");

        [Function("Page")]
        public static Task<IResult> PageAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pages/{page?}")] HttpRequest request, string? page) =>
            Task.FromResult(Results.Text(page ?? "none"));

        [Function("Anything")]
        public static IResult Anything([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(request.Method);

        [Function("Echo")]
        public static async Task EchoAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "echo")] HttpRequest request, CancellationToken cancellationToken)
        {
            using var reader = new StreamReader(request.Body);
            var text = await reader.ReadToEndAsync(cancellationToken);
            request.HttpContext.Response.StatusCode = 299;
            await request.HttpContext.Response.WriteAsync(text, cancellationToken);
        }

        [Function("Context")]
        public static IResult Context(
            [HttpTrigger(AuthorizationLevel.Anonymous, Route = "context")] HttpRequest request, FunctionContext context)
        {
            context.GetLogger("mine").LogInformation("seen");
            return Results.Text($"{context.FunctionId} {context.CancellationToken == request.HttpContext.RequestAborted}");
        }

        [Function("Gone")]
        public static IResult Gone([HttpTrigger(AuthorizationLevel.Anonymous, Route = "gone")] HttpRequest request)
            => Results.StatusCode(StatusCodes.Status410Gone);

        [Function("FailNow")]
        public static IResult FailNow([HttpTrigger(AuthorizationLevel.Anonymous, Route = "fail/now")] HttpRequest request) =>
            throw new InvalidOperationException("secret reason");

        [Function("FailLater")]
        public static async Task<IResult> FailLaterAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, Route = "fail/later")] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidOperationException("secret reason");
        }
    }

    internal sealed class Counter
    {
        public int Count { get; set; }
    }

    internal sealed class ScopedFunctions(Counter counter, IServiceProvider services)
    {
        [Function("Count")]
        public IResult Count([HttpTrigger(AuthorizationLevel.Anonymous, Route = "count")] HttpRequest request)
        {
            counter.Count++;
            return Results.Text($"{services.GetRequiredService<Counter>().Count}");
        }
    }
}
