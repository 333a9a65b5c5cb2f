using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PelNas.Local.Host;

namespace PelNas.Local.Tests.Host.Http;

public sealed class HttpFunctionTests
{
    [Fact]
    public async Task A_route_value_reaches_the_parameter_of_its_name()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        (await (await host.GetAsync("api/searches/abc/partitions/3")).TextAsync()).ShouldBe("abc:3");
    }

    [Theory]
    [InlineData("api/pages/7", "7")]
    [InlineData("api/pages", "none")]
    public async Task An_optional_route_value_may_be_absent(string path, string expected)
    {
        await using var host = await TestHost.StartAsync<Functions>();

        (await (await host.GetAsync(path)).TextAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task A_route_value_that_is_not_of_the_parameters_type_is_a_bad_request_that_names_it()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        var response = await host.GetAsync("api/pages/seven");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe("The route value 'page' is 'seven', which is not a valid Int32.");
    }

    [Fact]
    public async Task A_route_value_that_breaks_the_routes_constraint_is_not_found()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        (await host.GetAsync("api/searches/abc/partitions/three")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_function_without_a_route_is_served_under_its_name_for_any_method()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        (await (await host.GetAsync("api/Anything")).TextAsync()).ShouldBe("GET");
        (await (await host.SendAsync(HttpMethod.Put, "api/anything")).TextAsync()).ShouldBe("PUT");
    }

    [Fact]
    public async Task A_function_that_returns_nothing_writes_the_response_itself()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        var response = await host.SendAsync(HttpMethod.Post, "api/echo", content: new StringContent("hello", Encoding.UTF8, "text/plain"));

        response.StatusCode.ShouldBe((HttpStatusCode)299);
        (await response.TextAsync()).ShouldBe("hello");
    }

    [Fact]
    public async Task A_functions_class_gets_services_of_the_requests_scope()
    {
        await using var host = await TestHost.StartAsync<ScopedFunctions>(builder => builder.Services.AddScoped<Counter>());

        (await (await host.GetAsync("api/count")).TextAsync()).ShouldBe("1");
        (await (await host.GetAsync("api/count")).TextAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task A_function_sees_its_context()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        (await (await host.GetAsync("api/context")).TextAsync()).ShouldBe("Context True");
        host.Log.Lines.ShouldContain(line => line.Category == "mine" && line.Message == "seen");
    }

    [Fact]
    public async Task A_path_that_nothing_serves_is_a_problem()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        var response = await host.GetAsync("api/nowhere");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.JsonAsync()).GetProperty("status").GetInt32().ShouldBe(404);
    }

    [Fact]
    public async Task A_method_that_nothing_serves_is_a_problem_that_says_which_are()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        var response = await host.SendAsync(HttpMethod.Delete, "api/echo");

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_functions_own_error_answer_passes_untouched()
    {
        await using var host = await TestHost.StartAsync<Functions>();

        var response = await host.GetAsync("api/gone");

        response.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await response.TextAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("api/fail/now")]
    [InlineData("api/fail/later")]
    public async Task An_exception_is_a_500_that_shows_nothing_of_it_and_is_logged_under_the_trace_id(string path)
    {
        await using var host = await TestHost.StartAsync<Functions>();

        var response = await host.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var text = await response.TextAsync();
        text.ShouldNotContain("secret reason");
        text.ShouldNotContain(nameof(Functions));
        var traceId = (await response.JsonAsync()).GetProperty("traceId").GetString()!;
        var line = host.Log.Lines.Where(line => line.Level == LogLevel.Error).ShouldHaveSingleItem();
        line.Message.ShouldContain(traceId);
        line.Exception.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("secret reason");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var host = await TestHost.StartAsync<Functions>(builder =>
            builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = 10));

        (await host.SendAsync(HttpMethod.Post, "api/echo", content: new StringContent("0123456789"))).StatusCode.ShouldBe((HttpStatusCode)299);
        (await host.SendAsync(HttpMethod.Post, "api/echo", content: new StringContent("0123456789+"))).StatusCode
            .ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("v1", "v1/context")]
    [InlineData("", "context")]
    public async Task The_route_prefix_is_the_one_of_host_json(string prefix, string path)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.File("host.json"), $$"""{ "extensions": { "http": { "routePrefix": "{{prefix}}" } } }""", TestContext.Current.CancellationToken);
        await using var host = await TestHost.StartAsync<Functions>(builder =>
            builder.Services.Configure<LocalHostOptions>(options => options.HostJsonPath = folder.File("host.json")));

        (await host.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync("api/context")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    internal sealed class Functions
    {
        [Function("Partition")]
        public static IResult Partition(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "searches/{id}/partitions/{k:int}")] HttpRequest request, string id, int k) =>
            Results.Text($"{id}:{k}");

        [Function("Page")]
        public static Task<IResult> PageAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pages/{page?}")] HttpRequest request, int? page) =>
            Task.FromResult(Results.Text(page?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"));

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
        public static IResult Context([HttpTrigger(AuthorizationLevel.Anonymous, Route = "context")] HttpRequest request, FunctionContext context)
        {
            context.GetLogger("mine").LogInformation("seen");
            return Results.Text($"{context.FunctionId} {context.CancellationToken == request.HttpContext.RequestAborted}");
        }

        [Function("Gone")]
        public static IResult Gone([HttpTrigger(AuthorizationLevel.Anonymous, Route = "gone")] HttpRequest request) => Results.StatusCode(StatusCodes.Status410Gone);

        [Function("FailNow")]
        public static IResult FailNow([HttpTrigger(AuthorizationLevel.Anonymous, Route = "fail/now")] HttpRequest request) =>
            throw new InvalidOperationException("secret reason");

        [Function("FailLater")]
        public static async Task<IResult> FailLaterAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "fail/later")] HttpRequest request)
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
