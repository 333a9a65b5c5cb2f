using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PelNas.Local.Host;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Tests.Host;

public sealed class LocalHostTests : FolderTest
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task An_app_has_http_and_orchestrations_at_an_address_that_works_here(string address)
    {
        await using TestHost host =
            await StartAsync(builder => builder.Services.Configure<LocalHostOptions>(options => options.Address = address));

        host.Client.BaseAddress!.Host.ShouldBe("127.0.0.1");
        (await host.TextAsync("api/run/5")).ShouldBe("10");
    }

    [Fact]
    public async Task Without_http_orchestrations_run_but_no_port_is_opened_and_no_keys_are_made()
    {
        using IHost host = Build([typeof(App)], withHttp: false);
        await host.StartAsync(Cancellation);

        (await App.DoubleAsync(host.Services.GetRequiredService<DurableTaskClient>(), 4)).ShouldBe(8);
        host.Services.GetService<IServer>().ShouldBeNull();
        File.Exists(Folder.File("keys.json")).ShouldBeFalse();

        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_apps_middleware_runs_around_http_and_activity_functions_in_the_order_of_its_registration()
    {
        await using TestHost host = await StartAsync(builder =>
            builder.Use(next => context => RecordAsync("outer", context, next))
                .Use(next => context => RecordAsync("inner", context, next)));

        await host.GetAsync("api/run/5");

        host.Services.GetRequiredService<Calls>().ShouldBe(
            ["outer Run httpTrigger True", "inner Run httpTrigger True", "outer Twice activityTrigger False",
                "inner Twice activityTrigger False"]);
    }

    [Fact]
    public async Task Without_timers_no_timer_runs_not_even_at_the_start()
    {
        using IHost host = Build([typeof(App)], options => options.EnableTimers = false);
        await host.StartAsync(Cancellation);
        await host.StopAsync(Cancellation);

        host.Services.GetRequiredService<Calls>().ShouldBeEmpty();
        File.Exists(Folder.File("timers.json")).ShouldBeFalse();
    }

    [Fact]
    public void A_wrong_function_stops_the_build() =>
        Should.Throw<FunctionDefinitionException>(() => Build([typeof(Wrong)])).Message.ShouldContain("function 'Wrong'");

    [Theory]
    [InlineData("somewhere", 0)]
    [InlineData("127.0.0.1", 70000)]
    public void An_address_that_is_none_is_refused(string address, int port) =>
        Should.Throw<OptionsValidationException>(() => Build([typeof(App)], options => (options.Address, options.Port) = (address, port)))
            .Message.ShouldContain("LocalHost:Address must be an IP address and LocalHost:Port a number from 0 to 65535.");

    [Fact]
    public void The_command_line_holds_settings()
    {
        LocalHostBuilder builder = LocalHost.CreateBuilder(["--LocalHost:Port", "7123", "--LocalHost:EnableTimers=false", "--Mine", "x"]);
        builder.Services.Configure<LocalHostOptions>(options => (options.FunctionTypes, options.DataDirectory) = ([], Folder.Path));
        using IHost host = builder.Build();

        LocalHostOptions options = host.Services.GetRequiredService<IOptions<LocalHostOptions>>().Value;
        (options.Port, options.EnableTimers).ShouldBe((7123, false));
        builder.Configuration["Mine"].ShouldBe("x");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Information", true)]
    public async Task The_web_server_logs_its_steps_only_if_a_setting_asks_for_them(string? level, bool expected)
    {
        await using TestHost host = await StartAsync(builder => builder.Configuration.AddInMemoryCollection(
            level is null ? [] : new Dictionary<string, string?> { ["Logging:LogLevel:Microsoft.AspNetCore"] = level }));
        await host.GetAsync("api/run/1");

        host.Log.Lines.Any(line => line.Category.StartsWith("Microsoft.AspNetCore.Routing", StringComparison.Ordinal)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_request_under_way_is_answered_before_the_host_stops()
    {
        await using TestHost host = await TestHost.StartAsync<Waiting>(builder => builder.Services.AddSingleton<Gate>());
        Gate gate = host.Services.GetRequiredService<Gate>();
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        Task<HttpResponseMessage> response = host.GetAsync("api/wait");
        await Awaiting.For(gate.Entered.Task, "the request to reach the function");

        using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(() => gate.Opened.TrySetResult());
        Task stopped = host.StopAsync();

        (await response).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Awaiting.For(stopped, "the host to stop");
    }

    private static Task<TestHost> StartAsync(Action<LocalHostBuilder> configure) => TestHost.StartAsync<App>(builder =>
    {
        builder.Services.AddSingleton<Calls>();
        configure(builder);
    });

    private static Task RecordAsync(string name, FunctionContext context, FunctionExecutionDelegate next)
    {
        string trigger = context.FunctionDefinition.InputBindings.Values.Single().Type;
        context.InstanceServices.GetRequiredService<Calls>().Enqueue(
            $"{name} {context.FunctionDefinition.Name} {trigger} {context.GetHttpContext() is not null}");
        return next(context);
    }

    private IHost Build(IReadOnlyList<Type> functions, Action<LocalHostOptions>? configure = null, bool withHttp = true)
    {
        LocalHostBuilder builder = TestHost.CreateBuilder(functions, Folder.Path, withHttp);
        builder.Services.AddSingleton<Calls>();
        builder.Services.Configure<LocalHostOptions>(options => configure?.Invoke(options));
        return builder.Build();
    }

    internal sealed class Calls : ConcurrentQueue<string>;

    internal sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal sealed class App(Calls calls)
    {
        [Function("Run")]
        public static async Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "run/{n:int}")] HttpRequest request,
            [DurableClient] DurableTaskClient client,
            string n) => Results.Text($"{await DoubleAsync(client, int.Parse(n, CultureInfo.InvariantCulture))}");

        [Function("Double")]
        public static Task<int> Double([OrchestrationTrigger] TaskOrchestrationContext context)
            => context.CallActivityAsync<int>("Twice", context.GetInput<int>());

        [Function("Twice")]
        public static int Twice([ActivityTrigger] int input) => 2 * input;

        [Function("Tick")]
        public void Tick([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer) => calls.Enqueue("timer");

        internal static async Task<int> DoubleAsync(DurableTaskClient client, int n)
            => (await client.RunAsync("Double", n)).ReadOutputAs<int>();
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
        public void Run([TimerTrigger("never")] TimerInfo timer) => throw new NotSupportedException();
    }
}
