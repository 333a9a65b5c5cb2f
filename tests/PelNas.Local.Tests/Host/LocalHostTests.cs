using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PelNas.Local.Host;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Tests.Host;

public sealed class LocalHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task An_app_has_http_timers_and_orchestrations()
    {
        await using var host = await TestHost.StartAsync<App>(builder => builder.Services.AddSingleton<Calls>());

        (await (await host.GetAsync("api/run/5")).TextAsync()).ShouldBe("10");
        host.Client.BaseAddress!.Host.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_host_on_all_addresses_hands_out_one_that_works_here()
    {
        await using var host = await TestHost.StartAsync<App>(builder =>
        {
            builder.Services.AddSingleton<Calls>();
            builder.Services.Configure<LocalHostOptions>(options => options.Address = "0.0.0.0");
        });

        LocalHost.AddressOf(host.Services).Host.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Without_http_orchestrations_run_but_no_port_is_opened_and_no_keys_are_made()
    {
        using var host = Build([typeof(App)], withHttp: false);
        await host.StartAsync(Token);

        (await App.DoubleAsync(Client(host), 4, Token)).ShouldBe(8);
        host.Services.GetService<IServer>().ShouldBeNull();
        File.Exists(_folder.File("keys.json")).ShouldBeFalse();

        await host.StopAsync(Token);
    }

    [Fact]
    public async Task The_apps_middleware_runs_around_http_and_activity_functions_in_the_order_of_its_registration()
    {
        await using var host = await TestHost.StartAsync<App>(builder =>
        {
            builder.Services.AddSingleton<Calls>().Configure<LocalHostOptions>(options => options.EnableTimers = false);
            builder.Use(next => context => RecordAsync("outer", context, next)).Use(next => context => RecordAsync("inner", context, next));
        });

        (await (await host.GetAsync("api/run/5")).TextAsync()).ShouldBe("10");

        var calls = host.Services.GetRequiredService<Calls>();
        string[] seen = [.. Enumerable.Range(0, calls.Count).Select(_ => calls.NextAsync().Result)];
        seen.ShouldBe(["outer Run httpTrigger True", "inner Run httpTrigger True", "outer Twice activityTrigger False", "inner Twice activityTrigger False"]);
    }

    [Fact]
    public async Task Without_timers_no_timer_runs_not_even_at_the_start()
    {
        using var host = Build([typeof(App)], options => options.EnableTimers = false);
        await host.StartAsync(Token);
        await host.StopAsync(Token);

        host.Services.GetRequiredService<Calls>().Count.ShouldBe(0);
        File.Exists(_folder.File("timers.json")).ShouldBeFalse();
    }

    [Fact]
    public void A_wrong_function_stops_the_build() =>
        Should.Throw<FunctionDefinitionException>(() => Build([typeof(Wrong)])).Message.ShouldContain("function 'Wrong'");

    [Theory]
    [InlineData("somewhere", 0)]
    [InlineData("127.0.0.1", 70000)]
    public void An_address_that_is_none_is_refused(string address, int port) =>
        Should.Throw<OptionsValidationException>(() => Build([typeof(App)], options =>
        {
            options.Address = address;
            options.Port = port;
        })).Message.ShouldContain("LocalHost:Address must be an IP address and LocalHost:Port a number from 0 to 65535.");

    [Fact]
    public void The_command_line_holds_settings()
    {
        LocalHostBuilder builder = LocalHost.CreateBuilder(["--LocalHost:Port", "7123", "--LocalHost:EnableTimers=false", "--Mine", "x"]);
        builder.Services.Configure<LocalHostOptions>(options =>
        {
            options.FunctionTypes = [];
            options.DataDirectory = _folder.Path;
        });
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptions<LocalHostOptions>>().Value;
        (options.Port, options.EnableTimers).ShouldBe((7123, false));
        builder.Configuration["Mine"].ShouldBe("x");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Information", true)]
    public async Task The_web_server_logs_its_steps_only_if_a_setting_asks_for_them(string? level, bool expected)
    {
        await using var host = await TestHost.StartAsync<App>(builder =>
        {
            builder.Services.AddSingleton<Calls>();
            builder.Configuration.AddInMemoryCollection(
                level is null ? [] : new Dictionary<string, string?> { ["Logging:LogLevel:Microsoft.AspNetCore"] = level });
        });
        await host.GetAsync("api/run/1");

        host.Log.Lines.Any(line => line.Category.StartsWith("Microsoft.AspNetCore.Routing", StringComparison.Ordinal)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_request_under_way_is_answered_before_the_host_stops()
    {
        var host = await TestHost.StartAsync<Waiting>(builder => builder.Services.AddSingleton<Gate>());
        var gate = host.Services.GetRequiredService<Gate>();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var response = host.GetAsync("api/wait");
        await Awaiting.For(gate.Entered.Task, "the request to reach the function");

        using var stopping = lifetime.ApplicationStopping.Register(() => gate.Opened.TrySetResult());
        var stopped = host.StopAsync();

        (await response).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Awaiting.For(stopped, "the host to stop");
        await host.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DurableTaskClient Client(IHost host) => host.Services.GetRequiredService<DurableTaskClient>();

    private IHost Build(IReadOnlyList<Type> functions, Action<LocalHostOptions>? configure = null, bool withHttp = true)
    {
        var builder = TestHost.CreateBuilder(functions, _folder.Path, withHttp);
        builder.Services.AddSingleton<Calls>();
        builder.Services.Configure<LocalHostOptions>(options => configure?.Invoke(options));
        return builder.Build();
    }

    internal sealed class Calls
    {
        private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();

        public int Count => _calls.Reader.Count;

        public void Add(string call) => _calls.Writer.TryWrite(call);

        public Task<string> NextAsync() => _calls.Reader.NextAsync("a function to be called");
    }

    internal sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static Task RecordAsync(string name, FunctionContext context, FunctionExecutionDelegate next)
    {
        context.InstanceServices.GetRequiredService<Calls>().Add(
            $"{name} {context.FunctionDefinition.Name} {context.FunctionDefinition.InputBindings.Values.Single().Type} {context.GetHttpContext() is not null}");
        return next(context);
    }

    internal sealed class App(Calls calls)
    {
        [Function("Run")]
        public static async Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "run/{n:int}")] HttpRequest request,
            [DurableClient] DurableTaskClient client,
            int n,
            CancellationToken cancellationToken) => Results.Text($"{await DoubleAsync(client, n, cancellationToken)}");

        [Function("Double")]
        public static Task<int> Double([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<int>("Twice", context.GetInput<int>());

        [Function("Twice")]
        public static int Twice([ActivityTrigger] int input) => 2 * input;

        [Function("Tick")]
        public void Tick([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer) => calls.Add("timer");

        internal static async Task<int> DoubleAsync(DurableTaskClient client, int n, CancellationToken cancellationToken)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync("Double", n, cancellationToken);
            var ended = await Awaiting.For(client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken), "the end of Double");
            return ended.ReadOutputAs<int>();
        }
    }

    internal sealed class Waiting(Gate gate)
    {
        [Function("Wait")]
        public async Task<IResult> WaitAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            gate.Entered.SetResult();
            await gate.Opened.Task;
            return Results.Ok();
        }
    }

    internal sealed class Wrong
    {
        [Function("Wrong")]
        public void Run() => throw new NotSupportedException();
    }
}
